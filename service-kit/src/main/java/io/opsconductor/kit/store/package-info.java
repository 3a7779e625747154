/**
 * The relational store, a file or a database of a server, and the way from the one to the other: SQL with bound values enters,
 * rows leave. It must never build SQL from values, let two processes write a store at once that do not know of each other, or let
 * one write that lost it.
 */
@NullMarked
package io.opsconductor.kit.store;

import org.jspecify.annotations.NullMarked;
