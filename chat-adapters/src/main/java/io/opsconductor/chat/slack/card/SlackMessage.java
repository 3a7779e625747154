package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * One message within Slack's limits.
 *
 * @param text what notifications and screen readers get; in {@code mrkdwn}, escaped
 * @param blocks what is shown; may be empty, then the text is shown
 */
public record SlackMessage(String text, List<LayoutBlock> blocks) {
    public SlackMessage {
        blocks = List.copyOf(blocks);
    }
}
