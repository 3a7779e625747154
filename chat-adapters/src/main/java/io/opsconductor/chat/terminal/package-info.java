/**
 * The terminal client of the chat: a person's sentences enter, the conversation's events leave as text. It is one more
 * caller of the public chat API and knows nothing else of the chatbot. Text from the server never reaches the terminal
 * unescaped.
 */
@NullMarked
package io.opsconductor.chat.terminal;

import org.jspecify.annotations.NullMarked;
