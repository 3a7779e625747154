/**
 * What commands wrote, read by rule: a sentence, a table, figures to go on from, and requests to make next. Results and the
 * catalogue enter; {@code ResultReading} and {@code Narrowed} leave. What a command wrote is untrusted: it may be shown, and
 * it may make a list of targets shorter, but it must never name a target, a tool or a value of a plan.
 */
@NullMarked
package io.opsconductor.brain.outputs;

import org.jspecify.annotations.NullMarked;
