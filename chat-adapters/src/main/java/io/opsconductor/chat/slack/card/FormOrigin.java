package io.opsconductor.chat.slack.card;

/**
 * Where a form was opened from, and where its answer belongs.
 *
 * @param channel the channel's or direct talk's id
 * @param threadTs {@code ts} of the thread's first message; empty outside threads
 * @param messageTs {@code ts} of the message with the button or shortcut; empty when there is none
 */
public record FormOrigin(String team, String channel, String threadTs, String messageTs) {}
