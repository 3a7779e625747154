package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Stems;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.Filling.Filled;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts what a message names in the place of what steps had: "same on web-02", "and 22?", "200 lines". */
public final class Substitution {
    private final Index index;
    private final Language language;

    public Substitution(Index index) {
        this.index = index;
        this.language = index.language();
    }

    /**
     * The steps with the message's targets and values; empty when it changes none of them, names something that has no
     * place in them, or has a word that says something else.
     *
     * @param last at least one step
     * @param rest the words of the message that are no names, no fillers, and do not refer to what was said
     * @param others whether the targets that it names are meant without those of {@code last}
     */
    public Optional<List<Step>> into(List<Step> last, Reading message, List<Word> rest, boolean others) {
        List<Step> steps = new ArrayList<>();
        Set<Step> changed = new LinkedHashSet<>();
        boolean number = message.entities().stream()
                .allMatch(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.INTEGER);
        for (Step step : last) {
            Optional<CatalogueEntry> tool = index.tools().tool(step.tool());
            boolean sorted = tool.isPresent() && namesChoice(tool.get(), message);
            if (tool.isEmpty()
                    || !rest.stream()
                            .allMatch(word -> (number && language.is("last", word.term()))
                                    || speaksOf(tool.get(), word, sorted))) {
                return Optional.empty();
            }
            Filled filled = new Filling(index).fill(tool.get(), message, message.entities());
            if (!filled.unused().isEmpty()) {
                return Optional.empty();
            }
            filled.steps().forEach(said -> changed.add(merged(step, said, unknown(filled), others, last)));
        }
        steps.addAll(changed);
        return steps.equals(last) || steps.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(steps));
    }

    /** A host that nobody knows stands where a target belongs, so that the question that follows can name it. */
    private static List<String> unknown(Filled filled) {
        return filled.unknown().map(Entity.UnknownTarget::text).stream().toList();
    }

    private static Step merged(Step before, Step said, List<String> unknown, boolean others, List<Step> last) {
        Map<String, Object> values = new LinkedHashMap<>(before.parameters());
        values.putAll(said.parameters());
        List<String> targets = new ArrayList<>(said.targets());
        targets.addAll(unknown);
        if (others) {
            last.forEach(step -> targets.removeAll(step.targets()));
        }
        return before.of(values, targets.isEmpty() ? before.targets() : targets);
    }

    /** "by memory", "sorted by memory": without such a word "and the memory?" asks for something else. */
    private boolean namesChoice(CatalogueEntry tool, Reading message) {
        return message.words().stream()
                .anyMatch(word -> language.is("by", word.lower())
                        || tool.parameters().stream()
                                .anyMatch(parameter -> !parameter.allowed().isEmpty()
                                        && Stems.stem(parameter.name()).equals(word.stem())));
    }

    /**
     * Whether a word speaks of a parameter of the tool: its name or its description, or, with {@code choice}, a value that
     * it allows.
     */
    private boolean speaksOf(CatalogueEntry tool, Word word, boolean choice) {
        for (Parameter parameter : tool.parameters()) {
            if (!parameter.allowed().isEmpty() && !choice) {
                continue;
            }
            String said = parameter.name().replace('_', ' ') + " " + parameter.description() + " "
                    + String.join(" ", parameter.allowed());
            for (String part : said.toLowerCase(java.util.Locale.ROOT).split("[^\\p{L}]+", -1)) {
                String stem = Stems.stem(part);
                boolean same = stem.equals(word.stem())
                        || (parameter.type() == ParameterType.ENUM
                                && language.concepts(stem).stream().anyMatch(language.concepts(word.stem())::contains));
                if (!part.isEmpty() && same) {
                    return true;
                }
            }
        }
        return false;
    }
}
