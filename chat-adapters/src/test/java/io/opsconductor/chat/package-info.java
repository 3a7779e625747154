/** The whole chatbot process, tested from outside: its HTTP API in front, a scripted runner behind. */
@NullMarked
package io.opsconductor.chat;

import org.jspecify.annotations.NullMarked;
