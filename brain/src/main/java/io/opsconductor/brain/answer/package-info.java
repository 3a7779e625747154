/**
 * Answers that need no runner: what can be done, where, and what to say to small talk. Knowledge enters, words leave. It
 * must never promise something that is not in the catalogue.
 */
@NullMarked
package io.opsconductor.brain.answer;

import org.jspecify.annotations.NullMarked;
