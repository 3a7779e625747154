/**
 * The audit journal: records enter, a hash-chained line is durable on disk before the call returns, or, where the caller
 * need not wait, with the next one that is. It must never lose, change or reorder a line, and never pretend that one was
 * written.
 */
@NullMarked
package io.opsconductor.kit.journal;

import org.jspecify.annotations.NullMarked;
