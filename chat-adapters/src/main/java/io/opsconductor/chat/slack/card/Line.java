package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.plan.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of rich text being written. Text in a rich text element is literal: unlike in {@code mrkdwn}, nothing in it becomes
 * bold, code, a link, an emoji or a mention, whatever it says. So everything that somebody else wrote is shown through
 * this class or {@link Code}. What cannot be seen, or would reorder what is seen, becomes an escape.
 */
final class Line {
    private static final Pattern MENTION = Pattern.compile("<@([A-Z0-9]{1,32})>");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    /** More than a text of ours has; each takes some of the message's size, and what is beyond stays as it is written. */
    private static final int CODE_SPANS = 12;

    private static final int NAME = 80;
    private static final String WHEN = "{date_short_pretty} at {time}";

    private final List<RichTextElement> elements = new ArrayList<>();
    private int spans;

    /** Literal text. */
    Line text(String text) {
        return styled(text, null);
    }

    Line bold(String text) {
        return styled(text, "bold");
    }

    Line italic(String text) {
        return styled(text, "italic");
    }

    /** Text in the look of code, literal as well. */
    Line code(String text) {
        return styled(text, "code");
    }

    /** A sentence of ours: {@code `code`} in it is shown as code, and all else is literal. */
    Line words(String text) {
        return words(text, null);
    }

    Line boldWords(String text) {
        return words(text, "bold");
    }

    private Line words(String text, @Nullable String style) {
        Matcher code = CODE.matcher(text);
        int from = 0;
        for (; spans < CODE_SPANS && code.find(); spans++) {
            styled(text.substring(from, code.start()), style);
            code(code.group(1));
            from = code.end();
        }
        return styled(text.substring(from), style);
    }

    /** Somebody, as {@link Mentions} names them: a mention stays one, a name is literal. */
    Line person(String mrkdwn) {
        Matcher mention = MENTION.matcher(mrkdwn);
        if (mention.matches()) {
            elements.add(RichTextSectionElement.User.builder()
                    .userId(mention.group(1))
                    .build());
            return this;
        }
        return bold(Cut.to(Mrkdwn.unescape(mrkdwn), NAME));
    }

    /** Whether {@link Mentions} named somebody so that Slack calls the person. */
    static boolean isMention(String mrkdwn) {
        return MENTION.matcher(mrkdwn).matches();
    }

    /** Several people: "a, b and c"; beyond the most, they are counted. */
    Line people(List<String> mrkdwn, int most, String lastJoint) {
        List<String> shown = mrkdwn.subList(0, Math.min(most, mrkdwn.size()));
        for (int i = 0; i < shown.size(); i++) {
            boolean last = i == mrkdwn.size() - 1;
            text(i == 0 ? "" : last ? " " + lastJoint + " " : ", ").person(shown.get(i));
        }
        return mrkdwn.size() > most ? text(" " + lastJoint + " " + (mrkdwn.size() - most) + " more") : this;
    }

    /** By its short code's name; it must never be all that says something. */
    Line emoji(String name) {
        elements.add(RichTextSectionElement.Emoji.builder().name(name).build());
        return text(" ");
    }

    /** A time of day with its date, in the reader's time zone. */
    Line when(Instant at) {
        elements.add(RichTextSectionElement.Date.builder()
                .timestamp((int) Math.min(at.getEpochSecond(), Integer.MAX_VALUE))
                .format(WHEN)
                .fallback(Amounts.utc(at))
                .build());
        return this;
    }

    /** @param url at most {@link Limits#URL} characters */
    Line link(String url, String text) {
        elements.add(RichTextSectionElement.Link.builder().url(url).text(text).build());
        return this;
    }

    Line end() {
        return text("\n");
    }

    /** What another line has, after this. */
    Line add(Line other) {
        elements.addAll(other.elements);
        return this;
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    /** As a part of a rich text block; it must not be empty. */
    RichTextSectionElement section() {
        return RichTextSectionElement.builder().elements(List.copyOf(elements)).build();
    }

    /** As elements of a list or quote. */
    List<RichTextElement> elements() {
        return List.copyOf(elements);
    }

    private Line styled(String text, @Nullable String style) {
        // Slack refuses an empty text.
        Cut.parts(Visible.escape(text), Limits.TEXT).stream()
                .map(part -> style == null ? StyledText.plain(part) : StyledText.of(part, style))
                .forEach(elements::add);
        return this;
    }

    static Line of(Line... lines) {
        Line all = new Line();
        Arrays.stream(lines).forEach(all::add);
        return all;
    }
}
