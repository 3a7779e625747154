package io.opsconductor.brain.selection;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.References;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The kinds of things that earlier parts of a message have named: in "start the container web on a, then show its logs" the logs are those
 * of a container.
 */
final class Handed {
    private final Index index;
    private final References references;
    private final Reading part;
    private final Set<String> kinds = new HashSet<>();

    /**
     * What is handed on to one part.
     *
     * @param before what the parts before it mean
     */
    Handed(Index index, Reading part, List<ToolChoice> before) {
        this.index = index;
        this.references = new References(index.language());
        this.part = part;
        boolean elsewhere = part.entities().stream().anyMatch(Entity.Targets.class::isInstance);
        for (ToolChoice choice : elsewhere ? List.<ToolChoice>of() : before) {
            if (choice instanceof ToolChoice.Chosen chosen) {
                chosen.tool().parameters().stream()
                        .filter(parameter -> parameter.required() && References.isThing(parameter))
                        .forEach(parameter -> kinds.add(parameter.name()));
            }
        }
    }

    /** Whether such a thing was named, and the part does not ask for all of them; a change is of it only when it says so. */
    boolean has(CatalogueEntry tool, Parameter parameter) {
        return kinds.contains(parameter.name())
                && References.isThing(parameter)
                && !references.asksForAll(part, parameter)
                && !references.toOther(
                        part,
                        parameter,
                        word -> tool.effect() == Effect.READ && index.tools().speaksOf(tool.name(), word.stem()))
                && (tool.effect() == Effect.READ || isMeant(parameter));
    }

    /** Whether the part refers back to it: "its logs", "show me the interface". */
    boolean refersTo(CatalogueEntry tool, Parameter parameter) {
        return has(tool, parameter) && isMeant(parameter);
    }

    /** Whether the part refers back to a thing, and the tool takes none of that kind. */
    boolean isOther(CatalogueEntry tool) {
        return !kinds.isEmpty()
                && references.byPronoun(part)
                && tool.parameters().stream().noneMatch(parameter -> kinds.contains(parameter.name()));
    }

    private boolean isMeant(Parameter parameter) {
        return references.byPronoun(part) || references.byNoun(part, parameter);
    }
}
