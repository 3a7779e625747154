package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.References;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.HandedOn.Part;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.brain.selection.ToolChoice.Chosen;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a step that only looks what all parts of the message are about: "nginx on web-01: status and journal", "pods, events and
 * deployments of namespace shop on k8s".
 */
final class SharedValues {
    /** Of a folder one looks at the disk, too, and at all of it. */
    private static final Set<ParameterType> SHARED =
            Set.of(ParameterType.STRING, ParameterType.SERVICE, ParameterType.SQL_IDENTIFIER);

    private final Index index;
    private final Language language;
    private final References references;
    private final List<ToolRequest> requests;

    SharedValues(Index index, List<ToolRequest> requests) {
        this.index = index;
        this.language = index.language();
        this.references = new References(language);
        this.requests = requests;
    }

    /** The part with what it has from what the message is about. */
    Part into(Part part, ToolRequest request, List<ToolChoice> later) {
        if (part.tool().effect() != Effect.READ || part.steps().size() != 1) {
            return part;
        }
        Step step = part.steps().getFirst();
        Map<String, Object> values = new LinkedHashMap<>(step.parameters());
        for (Parameter parameter : part.tool().parameters()) {
            boolean open = References.isThing(parameter)
                    && SHARED.contains(Candidates.type(parameter))
                    && !values.containsKey(parameter.name())
                    && !references.asksForAll(part.reading(), parameter);
            if (open) {
                subject(part.reading(), request, parameter)
                        .or(() -> listed(part, parameter, later))
                        .ifPresent(value -> values.put(parameter.name(), value));
            }
        }
        return new Part(part.reading(), part.tool(), List.of(step.of(values, step.targets())));
    }

    /** "nginx on web-01: the journal", "nginx hangs on web-01, show the journal"; in a thread about nginx, "its journal". */
    private Optional<Object> subject(Reading part, ToolRequest request, Parameter parameter) {
        List<Entity.Value> carried = request.entities().stream()
                .filter(entity -> entity instanceof Entity.Value value
                        && value.type() == ParameterType.SERVICE
                        && value.type() == Candidates.type(parameter))
                .map(Entity.Value.class::cast)
                .toList();
        boolean meant = carried.size() == 1
                && requests.stream().allMatch(other -> isSubject(carried.getFirst(), other))
                && (references.byPronoun(part) || !refersToPlace(part));
        return meant ? Optional.of(carried.getFirst().value()) : Optional.empty();
    }

    /** Whether a request does not name the value, or only before a colon, as what all is about. */
    private boolean isSubject(Entity.Value value, ToolRequest request) {
        if (!request.text().contains(value.text())) {
            return true;
        }
        Reading reading = index.read(request.text(), request.language());
        int colon = 0;
        while (colon < reading.words().size() && !reading.words().get(colon).isMark(":")) {
            colon++;
        }
        return colon < reading.words().size()
                && saysNothing(reading, colon)
                && reading.slice(0, colon).entities().contains(value)
                && !reading.slice(colon, reading.words().size()).entities().contains(value);
    }

    /** "nginx on web-01": a thing and its place. */
    private boolean saysNothing(Reading reading, int end) {
        for (int at = 0; at < end; at++) {
            Word word = reading.words().get(at);
            if (reading.mentionAt(at).isEmpty() && !language.isFiller(word.lower()) && word.isWord()) {
                return false;
            }
        }
        return true;
    }

    /** "the journal there": of what was said before, only the place. */
    private boolean refersToPlace(Reading part) {
        return part.words().stream().anyMatch(word -> language.is("back-reference", word.lower()));
    }

    /** "pods and deployments of namespace shop": what stands behind the last of them is said of all. */
    private Optional<Object> listed(Part part, Parameter parameter, List<ToolChoice> later) {
        if (!part.reading().entities().isEmpty() || references.byPronoun(part.reading())) {
            return Optional.empty();
        }
        for (ToolChoice choice : later) {
            ToolRequest request = BuiltinPlanningStage.request(choice);
            Reading reading = index.read(request.text(), request.language());
            if (!(choice instanceof Chosen chosen)
                    || chosen.tool().effect() != Effect.READ
                    || asksAnew(reading)
                    || references.byPronoun(reading)) {
                return Optional.empty();
            }
            if (!reading.entities().isEmpty()) {
                List<Step> steps = new Filling(index)
                        .fill(chosen.tool(), reading, reading.entities())
                        .steps();
                return HandedOn.value(parameter, new Part(reading, chosen.tool(), steps));
            }
        }
        return Optional.empty();
    }

    /** "pods, and show the deployments of namespace shop": begins with a verb of its own, and no noun as in "status of". */
    private boolean asksAnew(Reading reading) {
        List<Word> words = reading.words();
        boolean noun = words.size() > 1
                && language.is("maybe-host-preposition", words.get(1).lower());
        return !noun && language.is("read-cue", words.getFirst().term());
    }
}
