/**
 * A chatbot that stands by while another one has the store. What chat platforms send enters, and leaves unread to the one that has
 * the store; health and metrics are answered. It must never answer the page or the chat API, and never send anything twice.
 */
@NullMarked
package io.opsconductor.chat.standby;

import org.jspecify.annotations.NullMarked;
