package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Text in a code block, verbatim. It is {@code rich_text_preformatted} and not a section with {@code ```}: {@code mrkdwn} is
 * parsed, so three backticks in a command would end its block, {@code <...>} would become a link or a mention, and an escaped
 * {@code &} would no longer be the one character that was written. The elements of a preformatted text are literal, and are shown
 * without a seam, so a text of any length is one block.
 */
final class Code {
    private Code() {}

    /** One code block. Slack refuses an empty one, so nothing is shown as "(nothing)". */
    static RichTextPreformattedElement block(String text) {
        Stream<String> parts = text.isEmpty() ? Stream.of("(nothing)") : Cut.parts(text, Limits.TEXT).stream();
        List<RichTextElement> elements =
                parts.<RichTextElement>map(StyledText::plain).toList();
        return RichTextPreformattedElement.builder().elements(elements).build();
    }
}
