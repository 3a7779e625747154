/**
 * Traces: which piece of work of which process belongs to which message, and how long each took. Names and outcomes of pieces
 * of work enter, the ids leave for logs and for calls of the other process, and the pieces for a collector, if one is set. No text of
 * people, command, output, value of a parameter or secret may ever be part of one, and nothing may wait for a collector.
 */
@NullMarked
package io.opsconductor.kit.trace;

import org.jspecify.annotations.NullMarked;
