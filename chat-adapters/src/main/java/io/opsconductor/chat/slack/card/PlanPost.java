package io.opsconductor.chat.slack.card;

import java.util.List;
import java.util.Optional;

/**
 * A plan's messages. The card comes first and is the one that changes; what does not fit on it follows in the same thread,
 * whole, and the card says so and where.
 *
 * @param card with the buttons that the state allows
 * @param pages commands that did not fit, in order
 * @param file all commands, when even pages would be too many
 */
public record PlanPost(SlackMessage card, List<SlackMessage> pages, Optional<SlackFile> file) {
    public PlanPost {
        pages = List.copyOf(pages);
    }
}
