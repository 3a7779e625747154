package io.opsconductor.chat.teams.http;

import java.time.Duration;

/**
 * What a call may take.
 *
 * @param deadline from connecting to the last byte of the answer
 * @param maxAnswerBytes a longer answer is none
 */
public record Bounds(Duration deadline, int maxAnswerBytes) {}
