package io.opsconductor.chat.slack.card;

import java.util.List;

/**
 * A result's messages.
 *
 * @param summary replaces the progress message; says what the outputs say, and has the buttons to go on
 * @param targets one or more targets each, in order, with their output
 * @param files tables and output that are too long for messages
 */
public record ResultPost(SlackMessage summary, List<SlackMessage> targets, List<SlackFile> files) {
    public ResultPost {
        targets = List.copyOf(targets);
        files = List.copyOf(files);
    }
}
