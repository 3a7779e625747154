package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Visible;

/**
 * A line of text runs, which Teams shows as they are: nothing in them is mark-up. Signs that cannot be seen are shown as
 * escapes.
 */
final class Line {
    private final ArrayNode runs = Json.mapper().createArrayNode();

    Line text(String text) {
        return add(text, run -> {});
    }

    Line bold(String text) {
        return add(text, run -> run.put("weight", "Bolder"));
    }

    Line subtle(String text) {
        return add(text, run -> run.put("isSubtle", true));
    }

    Line code(String text) {
        return add(text, run -> run.put("fontType", "Monospace"));
    }

    private Line add(String text, java.util.function.Consumer<ObjectNode> look) {
        if (!text.isEmpty()) {
            ObjectNode run = runs.addObject().put("type", "TextRun").put("text", Visible.escape(text));
            look.accept(run);
        }
        return this;
    }

    /** An element without text would be dropped, and the line with it. */
    Line orBlank() {
        return runs.isEmpty() ? text(" ") : this;
    }

    ObjectNode element() {
        ObjectNode block = Json.mapper().createObjectNode().put("type", "RichTextBlock");
        block.set("inlines", runs);
        return block;
    }

    /** Close below the one before. */
    ObjectNode tight() {
        return element().put("spacing", "None");
    }
}
