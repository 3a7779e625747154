/**
 * {@code opsconductor model}: whether the language model that is set can be used. Settings enter, findings with remedies leave;
 * it must never print a key.
 */
@NullMarked
package io.opsconductor.chat.model;

import org.jspecify.annotations.NullMarked;
