/**
 * The relational store, a file or a database of a server, and the way from the one to the other: SQL with bound values enters,
 * rows leave. It must never build SQL from values, nor let two processes write one store at once.
 */
@NullMarked
package io.opsconductor.kit.store;

import org.jspecify.annotations.NullMarked;
