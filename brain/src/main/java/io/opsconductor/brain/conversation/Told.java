package io.opsconductor.brain.conversation;

import java.time.Instant;

/**
 * An event of a conversation, read back.
 *
 * @param seq its place; later events have higher numbers, gaps are allowed
 * @param at when it was appended
 */
public record Told(long seq, Instant at, ChatEvent event) {}
