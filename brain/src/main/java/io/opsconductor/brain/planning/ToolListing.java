package io.opsconductor.brain.planning;

import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;

/** Says what there is to ask for, from the catalogue alone. */
public final class ToolListing {
    private final Language language;
    private final Wording wording;

    public ToolListing(Language language) {
        this.language = language;
        this.wording = new Wording(language);
    }

    /**
     * One line a tool with an example, those that only look first; lines are separated by {@code \n}.
     *
     * @param code the language to say it in; tools are described in that of their files
     */
    public String text(Catalogue catalogue, String code) {
        Speech speech = language.in(code);
        if (catalogue.tools().isEmpty()) {
            return speech.say("no-tools");
        }
        return speech.say("tools") + list(catalogue, code) + "\n\n" + speech.say("tools-hint");
    }

    /** The tools alone, below headings by what they do; it begins with an empty line. */
    public String list(Catalogue catalogue, String code) {
        StringBuilder text = new StringBuilder();
        for (Effect effect : Effect.values()) {
            List<CatalogueEntry> tools = catalogue.tools().stream()
                    .filter(tool -> tool.effect() == effect)
                    .toList();
            if (!tools.isEmpty()) {
                text.append("\n\n").append(heading(effect, language.in(code)));
                tools.forEach(tool -> text.append('\n').append(line(tool)));
            }
        }
        return text.toString();
    }

    private static String heading(Effect effect, Speech speech) {
        return switch (effect) {
            case READ -> speech.say("tools-read");
            case CHANGE -> speech.say("tools-change");
            case DESTROY -> speech.say("tools-destroy");
        };
    }

    /** A tool, what it does and an example, in a line of a list. */
    public String line(CatalogueEntry tool) {
        String description = tool.description().strip().replaceAll("\\s+", " ");
        String line = "- " + wording.tool(tool.name()) + (description.isEmpty() ? "" : ": " + description);
        String stop = line.endsWith(".") ? " " : ". ";
        return tool.examples().isEmpty()
                ? line
                : line + stop + "\"" + tool.examples().getFirst() + "\"";
    }
}
