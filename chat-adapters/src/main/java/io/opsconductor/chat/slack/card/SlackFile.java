package io.opsconductor.chat.slack.card;

/**
 * Text that is too long for messages.
 *
 * @param name with its ending, such as {@code web-server-01-stdout.txt}
 */
public record SlackFile(String name, String title, String content) {}
