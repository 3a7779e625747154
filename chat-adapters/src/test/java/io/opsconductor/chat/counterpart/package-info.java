/**
 * A stand-in for the chatbot that speaks the chat API and plays scenes from memory, so that the page and the terminal
 * client can be tested on a real wire without the brain. Requests enter, scripted events leave; it never runs anything.
 */
@NullMarked
package io.opsconductor.chat.counterpart;

import org.jspecify.annotations.NullMarked;
