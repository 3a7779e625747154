package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.Quoted;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterCheck;
import io.opsconductor.tool.ParameterType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the grounds for what a model proposes: the words that a person wrote, the inventory, the tool's defaults. What has
 * none was made up, however sensible it looks.
 */
final class Grounds {
    private static final int SHORTEST_PART = 3;

    private final Index index;
    private final CatalogueEntry tool;
    private final ToolRequest own;
    private final Reading reading;
    private final Candidates candidates;
    private final List<String> elsewhere;

    /**
     * Grounds for one step.
     *
     * @param own the request that the step is for
     * @param all every request of the message
     */
    Grounds(Index index, CatalogueEntry tool, ToolRequest own, List<ToolRequest> all) {
        this.index = index;
        this.tool = tool;
        this.own = own;
        this.reading = index.read(own.text());
        this.candidates = new Candidates(tool, reading, own.entities(), index);
        this.elsewhere = all.stream()
                .map(ToolRequest::text)
                .filter(text -> !text.equals(own.text()))
                .toList();
    }

    /** Where a value of a parameter comes from; empty when it was made up. */
    Optional<Origin> of(Parameter parameter, Object value) {
        if (parameter.defaultValue() != null && same(parameter, parameter.defaultValue(), value)) {
            return Optional.of(Origin.DEFAULT);
        }
        Optional<String> known = candidates.of(parameter).keySet().stream()
                .filter(candidate -> same(parameter, candidate, value))
                .findFirst();
        if (known.isPresent()) {
            boolean here = new Candidates(tool, reading, reading.entities(), index)
                    .of(parameter)
                    .containsKey(known.get());
            return Optional.of(here ? Origin.USER : Origin.CONTEXT);
        }
        String text = value.toString();
        if (isWritten(parameter, own.text(), text)) {
            return Optional.of(Origin.USER);
        }
        boolean carried = own.entities().stream()
                .anyMatch(entity -> entity instanceof Entity.Value other && same(parameter, other.value(), value));
        return carried || elsewhere.stream().anyMatch(other -> isWritten(parameter, other, text))
                ? Optional.of(Origin.CONTEXT)
                : Optional.empty();
    }

    private static boolean same(Parameter parameter, Object a, Object b) {
        return ParameterCheck.check(parameter, a) instanceof ParameterCheck.Valid left
                && ParameterCheck.check(parameter, b) instanceof ParameterCheck.Valid right
                && left.value().equals(right.value());
    }

    /** Letter for letter, except where the case of letters means nothing. */
    private static boolean isWritten(Parameter parameter, String text, String value) {
        ParameterType type = Candidates.type(parameter);
        if (type == ParameterType.BOOLEAN || (value.length() < 2 && type != ParameterType.INTEGER)) {
            return false;
        }
        Optional<String> written = Quoted.in(text, value).filter(words -> standsAlone(text, words));
        boolean caseless = type == ParameterType.HOST
                || type == ParameterType.TARGET
                || !parameter.allowed().isEmpty();
        return written.map(words -> caseless || words.equals(value)).orElse(false);
    }

    /** "10" is not in "10.0.0.1", nor "web-01" in "web-01.example.com". */
    private static boolean standsAlone(String text, String words) {
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            boolean begins = at == 0 || !isPart(text, at - 1);
            int end = at + words.length();
            boolean ends = end == text.length() || !isPart(text, end);
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(String text, int at) {
        char c = text.charAt(at);
        boolean more = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
        return Character.isLetterOrDigit(c) || "_-/\\@".indexOf(c) >= 0 || ((c == '.' || c == ':') && more);
    }

    /** Where a target comes from; empty when nobody meant it. */
    Optional<Origin> of(String target) {
        Set<String> here = named(reading.entities());
        Set<String> all = named(own.entities());
        if (here.contains(target)) {
            return Optional.of(Origin.USER);
        }
        if (all.contains(target)) {
            return Optional.of(Origin.CONTEXT);
        }
        // A person who named targets meant those; who changes something must name them.
        boolean mayFollow = all.isEmpty()
                && tool.effect() == Effect.READ
                && own.entities().stream().noneMatch(Index::isTarget)
                && index.targets().contains(target);
        return mayFollow && sharesAWord(target) ? Optional.of(Origin.INVENTORY) : Optional.empty();
    }

    private static Set<String> named(List<Entity> entities) {
        Set<String> names = new LinkedHashSet<>();
        entities.forEach(entity -> {
            if (entity instanceof Entity.Targets targets) {
                names.addAll(targets.names());
            }
        });
        return names;
    }

    private boolean sharesAWord(String target) {
        Set<String> parts = java.util.Arrays.stream(
                        target.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1))
                .filter(part -> part.length() >= SHORTEST_PART)
                .collect(Collectors.toSet());
        return reading.words().stream().anyMatch(word -> parts.contains(word.lower()));
    }
}
