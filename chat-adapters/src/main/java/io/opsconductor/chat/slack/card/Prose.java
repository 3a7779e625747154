package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import io.opsconductor.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our sentences as rich text: paragraphs, lists of lines that begin with {@code "- "}, and {@code `code`}. */
final class Prose {
    /** As much text as one part of a message holds; longer paragraphs are several. */
    static final int PART = 2_800;

    private static final int TOGETHER = 5_000;
    private static final int ITEMS = 25;
    private static final Pattern ITEM = Pattern.compile("\\s*- (.*)");

    private Prose() {}

    /** At least one element, each small enough for a message. */
    static List<BlockElement> of(String text) {
        List<BlockElement> elements = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        List<String> items = new ArrayList<>();
        for (String line : Visible.escape(text.replace("\r\n", "\n")).split("\n", -1)) {
            Matcher item = ITEM.matcher(line);
            if (item.matches() && !item.group(1).isBlank()) {
                paragraph(elements, paragraph);
                items.add(item.group(1));
                continue;
            }
            list(elements, items);
            paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line);
        }
        paragraph(elements, paragraph);
        list(elements, items);
        return elements.isEmpty() ? List.of(new Line().text(" ").section()) : elements;
    }

    /** What somebody else wrote: every character as it is. */
    static List<BlockElement> literal(String text) {
        List<BlockElement> elements = new ArrayList<>();
        Cut.partsBySize(Visible.escape(text), PART)
                .forEach(part -> elements.add(new Line().text(part).section()));
        return elements.isEmpty() ? List.of(new Line().text(" ").section()) : elements;
    }

    private static void paragraph(List<BlockElement> elements, StringBuilder paragraph) {
        String text = paragraph.toString();
        paragraph.setLength(0);
        if (!text.isBlank()) {
            Cut.partsBySize(text.strip(), PART).forEach(part -> elements.add(words(part)));
        }
    }

    private static BlockElement words(String part) {
        Line line = new Line();
        String[] lines = part.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line.text(i == 0 ? "" : "\n").words(lines[i]);
        }
        return line.section();
    }

    private static void list(List<BlockElement> elements, List<String> items) {
        for (int from = 0; from < items.size(); from += ITEMS) {
            List<String> some = items.subList(from, Math.min(items.size(), from + ITEMS));
            BlockElement together = bullets(some);
            if (BlockSize.of(together) <= TOGETHER) {
                elements.add(together);
            } else {
                some.stream()
                        .flatMap(item -> Cut.partsBySize(item, PART).stream())
                        .forEach(part -> elements.add(bullets(List.of(part))));
            }
        }
        items.clear();
    }

    private static BlockElement bullets(List<String> items) {
        List<RichTextElement> sections = items.stream()
                .<RichTextElement>map(item -> new Line().words(item).section())
                .toList();
        return RichTextListElement.builder().style("bullet").elements(sections).build();
    }
}
