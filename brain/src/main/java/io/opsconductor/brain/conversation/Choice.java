package io.opsconductor.brain.conversation;

/**
 * Something to click below a question or an answer.
 *
 * @param label what the button says
 * @param reply the text that is sent, as if typed, when it is clicked
 */
public record Choice(String label, String reply) {}
