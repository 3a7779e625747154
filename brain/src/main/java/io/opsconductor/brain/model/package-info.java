/**
 * Asking a language model: instructions and words enter, text or the reason why there is none leaves, within a budget. It
 * knows no vendor and no library; those are in {@code langchain}. It must never send a credential, an address or a command
 * template, and never trust what comes back.
 */
@NullMarked
package io.opsconductor.brain.model;

import org.jspecify.annotations.NullMarked;
