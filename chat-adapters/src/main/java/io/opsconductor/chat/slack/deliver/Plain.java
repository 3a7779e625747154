package io.opsconductor.chat.slack.deliver;

import com.google.gson.JsonElement;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.util.json.GsonFactory;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that Slack would not take, made plain: a short text, its buttons, and everything that it said in a file.
 *
 * @param withButtons a section and the rows of buttons
 * @param barest text alone, for when even that is refused
 */
record Plain(SlackMessage withButtons, SlackMessage barest, SlackFile whole) {
    private static final int MAX_TEXT = 2_500;
    private static final String REST = "\n_The whole message is in the file below._";

    static Plain of(SlackMessage message) {
        String text = shortened(message.text()) + REST;
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(SectionBlock.builder()
                .text(MarkdownTextObject.builder().text(text).build())
                .build());
        message.blocks().stream().filter(ActionsBlock.class::isInstance).forEach(blocks::add);
        List<String> said = new ArrayList<>();
        message.blocks().stream()
                .filter(block -> !(block instanceof ActionsBlock))
                .forEach(block -> texts(GsonFactory.createSnakeCase().toJsonTree(block), said));
        if (said.isEmpty()) {
            said.add(message.text());
        }
        return new Plain(
                new SlackMessage(message.text().isEmpty() ? "A message" : shortened(message.text()), blocks),
                new SlackMessage(text, List.of()),
                new SlackFile("message.txt", "The whole message", unescaped(String.join("\n", said)) + "\n"));
    }

    /** The lines of a text that fit, so that no markup or escape is cut in two. */
    private static String shortened(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = text.lastIndexOf('\n', MAX_TEXT);
        return (end > 0 ? text.substring(0, end) : "This message is long.") + "\n…";
    }

    private static void texts(JsonElement element, List<String> said) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(one -> texts(one, said));
        } else if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().forEach(field -> {
                if (field.getKey().equals("text") && field.getValue().isJsonPrimitive()) {
                    said.add(field.getValue().getAsString());
                } else {
                    texts(field.getValue(), said);
                }
            });
        }
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
