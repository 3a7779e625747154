/**
 * The relational store: SQL with bound values enters, rows leave. It must never build SQL from values.
 */
@NullMarked
package io.opsconductor.kit.store;

import org.jspecify.annotations.NullMarked;
