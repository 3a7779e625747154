package io.opsconductor.brain.conversation;

/**
 * An event as it stands in a conversation.
 *
 * @param seq its place; later events have higher numbers, gaps are allowed
 * @param json one line, with {@code seq}, {@code type} and {@code at}
 */
public record PostedEvent(long seq, String json) {}
