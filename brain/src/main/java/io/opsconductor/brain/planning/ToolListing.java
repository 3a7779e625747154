package io.opsconductor.brain.planning;

import io.opsconductor.brain.language.Language;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;

/** Says what there is to ask for, from the catalogue alone. */
public final class ToolListing {
    private final Wording wording;

    public ToolListing(Language language) {
        this.wording = new Wording(language);
    }

    /** One line a tool with an example, those that only look first; lines are separated by {@code \n}. */
    public String text(Catalogue catalogue) {
        if (catalogue.tools().isEmpty()) {
            return "There are no tools yet: the runner offers none. Ask whoever runs it to add tool files.";
        }
        StringBuilder text =
                new StringBuilder("I can run these tools. Each run is shown exactly, and approved, first.");
        for (Effect effect : Effect.values()) {
            List<CatalogueEntry> tools = catalogue.tools().stream()
                    .filter(tool -> tool.effect() == effect)
                    .toList();
            if (!tools.isEmpty()) {
                text.append("\n\n").append(heading(effect));
                tools.forEach(tool -> text.append('\n').append(line(tool)));
            }
        }
        return text.append("\n\n\"which servers are there\" lists the targets; \"cancel\" drops a question.")
                .toString();
    }

    private static String heading(Effect effect) {
        return switch (effect) {
            case READ -> "Look, change nothing:";
            case CHANGE -> "Change something:";
            case DESTROY -> "Destroy something:";
        };
    }

    private String line(CatalogueEntry tool) {
        String description = tool.description().strip().replaceAll("\\s+", " ");
        String line = "- " + wording.tool(tool.name()) + (description.isEmpty() ? "" : ": " + description);
        String stop = line.endsWith(".") ? " " : ". ";
        return tool.examples().isEmpty()
                ? line
                : line + stop + "\"" + tool.examples().getFirst() + "\"";
    }
}
