/** Proves that the chatbot's front cannot execute anything, and that the guard which says so can fail. */
@NullMarked
package io.opsconductor.chat.separation;

import org.jspecify.annotations.NullMarked;
