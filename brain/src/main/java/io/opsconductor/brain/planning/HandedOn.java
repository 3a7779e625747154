package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.References;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a step what its part of the message leaves out and an earlier one names: "start the container web on a, then show its logs". What
 * changes something is given it only where the part refers back to it.
 */
final class HandedOn {
    private final Index index;
    private final References references;

    HandedOn(Index index) {
        this.index = index;
        this.references = new References(index.language());
    }

    /** A part of a message with its steps: one, or one per value where several are named. */
    record Part(Reading reading, CatalogueEntry tool, List<Step> steps) {}

    /** What is asked for, with those names alone from the parts {@code before} it that it can mean. */
    ToolRequest request(ToolChoice choice, List<Part> before) {
        ToolRequest request = BuiltinPlanningStage.request(choice);
        Reading reading = index.read(request.text(), request.language());
        List<Entity> meant = request.entities().stream()
                .filter(entity -> reading.entities().contains(entity)
                        || !(isNoTarget(entity, before)
                                || (choice instanceof ToolChoice.Chosen chosen
                                        && isOneOfSeveral(entity, request, reading, chosen.tool(), before))))
                .toList();
        return new ToolRequest(request.text(), request.language(), meant, request.about());
    }

    /** "cordon wrk-07 on k8s, then list the nodes": it turned out to be no machine. */
    private static boolean isNoTarget(Entity entity, List<Part> before) {
        return entity instanceof Entity.UnknownTarget unknown
                && before.stream()
                        .flatMap(part -> part.steps.stream())
                        .anyMatch(step -> step.parameters().containsValue(unknown.text()));
    }

    /** "copy /a to /b, then delete it": a change needs to be told which of them, unless they were alike and all are meant. */
    private boolean isOneOfSeveral(
            Entity entity, ToolRequest request, Reading reading, CatalogueEntry tool, List<Part> before) {
        if (tool.effect() == Effect.READ || !(entity instanceof Entity.Value value)) {
            return false;
        }
        List<Entity.Value> rivals = new ArrayList<>();
        for (Entity other : request.entities()) {
            if (other instanceof Entity.Value rival
                    && rival.type() == value.type()
                    && !reading.entities().contains(other)) {
                rivals.add(rival);
            }
        }
        boolean one = references.toOne(reading)
                || tool.parameters().stream().anyMatch(parameter -> references.byNoun(reading, parameter));
        return rivals.size() > 1 && (one || !areAlike(rivals, before));
    }

    /** Whether one parameter took them all. */
    private static boolean areAlike(List<Entity.Value> values, List<Part> before) {
        Set<String> taken = before.stream()
                .flatMap(part -> part.steps.stream())
                .flatMap(step -> step.parameters().entrySet().stream())
                .filter(given -> values.stream()
                        .anyMatch(value -> value.value().equals(given.getValue().toString())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return taken.size() <= 1;
    }

    /** {@code part} with what its step has from the parts {@code before} it. */
    Part into(Part part, List<Part> before) {
        if (part.steps.size() != 1 || namesOther(part)) {
            return part;
        }
        Step step = part.steps.getFirst();
        for (Part earlier : before.reversed()) {
            Map<Parameter, Object> open = open(part, earlier);
            if (!open.isEmpty()) {
                Map<String, Object> values = new LinkedHashMap<>(step.parameters());
                given(part, open).forEach((parameter, value) -> values.put(parameter.name(), value));
                return new Part(part.reading, part.tool, List.of(step.of(values, step.targets())));
            }
        }
        return part;
    }

    /** What the part leaves open and the earlier one has one value of, on the same targets. */
    private static Map<Parameter, Object> open(Part part, Part earlier) {
        Map<Parameter, Object> open = new LinkedHashMap<>();
        Step step = part.steps.getFirst();
        boolean same = earlier.steps.stream()
                .allMatch(other -> Set.copyOf(other.targets()).equals(Set.copyOf(step.targets())));
        for (Parameter parameter : same ? part.tool.parameters() : List.<Parameter>of()) {
            if (References.isThing(parameter) && !step.parameters().containsKey(parameter.name())) {
                value(parameter, earlier).ifPresent(value -> open.put(parameter, value));
            }
        }
        return open;
    }

    /** The one value that a part has for it. */
    static Optional<Object> value(Parameter parameter, Part earlier) {
        boolean alike = earlier.tool.parameters().stream()
                .anyMatch(other ->
                        other.name().equals(parameter.name()) && Candidates.type(other) == Candidates.type(parameter));
        Set<Object> values = earlier.steps.stream()
                .flatMap(step -> Optional.ofNullable(step.parameters().get(parameter.name())).stream())
                .collect(Collectors.toSet());
        return alike && values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
    }

    private Map<Parameter, Object> given(Part part, Map<Parameter, Object> open) {
        Map<Parameter, Object> given = new LinkedHashMap<>(open);
        given.keySet()
                .removeIf(parameter -> references.asksForAll(part.reading, parameter)
                        || references.toOther(part.reading, parameter, word -> isOwn(part.tool, word)));
        boolean meant = given.keySet().stream().anyMatch(parameter -> isMeant(part, parameter));
        given.keySet().removeIf(parameter -> !(parameter.required() ? mayHave(part, parameter) : meant));
        // "restart the deployment shop in namespace eu on k, then scale it": the same one, so that in the same
        // namespace.
        boolean thing = given.keySet().stream().anyMatch(Parameter::required);
        return thing || part.tool.effect() == Effect.READ ? given : Map.of();
    }

    private boolean isOwn(CatalogueEntry tool, Word word) {
        return tool.effect() == Effect.READ && index.tools().speaksOf(tool.name(), word.stem());
    }

    private boolean mayHave(Part part, Parameter parameter) {
        return isMeant(part, parameter) || (part.tool.effect() == Effect.READ && !saysOther(part.reading));
    }

    private boolean isMeant(Part part, Parameter parameter) {
        return references.byPronoun(part.reading) || references.byNoun(part.reading, parameter);
    }

    /** "then the logs of the worker": a word that nobody knows may be another one of them. */
    private boolean saysOther(Reading reading) {
        return index.tools().content(reading).stream()
                .anyMatch(word ->
                        !index.tools().knows(word.stem()) && !index.language().isOrdinary(word));
    }

    /** Whether the part names something itself that has no place in its step. */
    private static boolean namesOther(Part part) {
        Step step = part.steps.getFirst();
        return part.reading.entities().stream().anyMatch(entity -> switch (entity) {
            case Entity.Value value ->
                step.parameters().values().stream()
                        .noneMatch(taken -> taken.toString().equals(value.value()));
            case Entity.UnknownTarget unknown ->
                step.parameters().values().stream()
                        .noneMatch(taken -> taken.toString().equals(unknown.text()));
            case Entity.Targets _, Entity.AmbiguousTarget _, Entity.Unsafe _ -> false;
        });
    }
}
