package io.opsconductor.brain.selection;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Stems;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.selection.ToolChoice.Chosen;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether a message that was cut into several requests is one after all: "disk reads and writes on db-01", "who owns /etc/hosts on db-01
 * and when was it changed", "mute DiskFull on am-1 for 2h, planned work". Nothing that may be an order is ever left out by it.
 */
final class WholeMessage {
    private final Index index;
    private final List<ToolChoice> parts;
    private final List<Reading> readings;
    private final Verbs verbs;

    /** @param parts what each part is by itself */
    WholeMessage(Index index, List<ToolChoice> parts) {
        this.index = index;
        this.parts = parts;
        this.verbs = new Verbs(index.language());
        this.readings = parts.stream()
                .map(ToolChoice::request)
                .map(part -> index.read(part.text(), part.language()))
                .toList();
    }

    /**
     * The one request that it is; empty where it is several.
     *
     * @param whole all of it
     * @param byItself what that is, asked for only where it matters
     * @param isAmongBest whether a tool fits a part about as well as any
     */
    Optional<ToolChoice> asOne(
            ToolRequest whole,
            Supplier<ToolChoice> byItself,
            BiFunction<ToolRequest, CatalogueEntry, Boolean> isAmongBest) {
        // Two orders are two things to do, also in words of one meaning: "restart nginx; reboot on web-01".
        long orders =
                readings.stream().filter(part -> verbs.action(part).isPresent()).count();
        long places = readings.stream()
                .filter(part -> part.entities().stream().anyMatch(Index::isTarget))
                .count();
        if (places > 1 || orders > 1 || namesTwo() || ordersWithoutTool()) {
            return Optional.empty();
        }
        ToolChoice found = byItself.get();
        if (found instanceof Chosen one
                && parts.stream().anyMatch(part -> !(part instanceof Chosen))
                && parts.stream().allMatch(part -> mayBe(part, one.tool(), isAmongBest))
                && speaksOfAll(one.tool(), index.read(whole.text(), whole.language()))) {
            return Optional.of(one);
        }
        List<CatalogueEntry> tools = parts.stream()
                .filter(Chosen.class::isInstance)
                .map(part -> ((Chosen) part).tool())
                .distinct()
                .toList();
        if (tools.size() != 1 || saysTwo(tools.getFirst())) {
            return Optional.empty();
        }
        CatalogueEntry tool = tools.getFirst();
        for (int at = 0; at < parts.size(); at++) {
            boolean same = parts.get(at) instanceof Chosen
                    || (parts.get(at) instanceof ToolChoice.Unclear unclear
                            && unclear.candidates().contains(tool))
                    || isRemark(readings.get(at));
            if (!same) {
                return Optional.empty();
            }
        }
        return Optional.of(found instanceof Chosen one && one.tool().equals(tool) ? one : new Chosen(whole, tool));
    }

    /** "and if not restart it": whatever asks for a change and is no tool's must be refused, and not left out. */
    private boolean ordersWithoutTool() {
        for (int at = 0; at < parts.size(); at++) {
            boolean order = !(parts.get(at) instanceof Chosen)
                    && verbs.mentionsChange(readings.get(at))
                    && !isQuestion(readings.get(at));
            if (order) {
                return true;
            }
        }
        return false;
    }

    /** "did web-01 reboot": asks about a change. */
    private boolean isQuestion(Reading part) {
        return !part.words().isEmpty()
                && part.mentionAt(0).isEmpty()
                && (index.language().is("question-word", part.words().getFirst().term())
                        || index.language()
                                .is("done-before", part.words().getFirst().lower()));
    }

    private static boolean mayBe(
            ToolChoice part, CatalogueEntry tool, BiFunction<ToolRequest, CatalogueEntry, Boolean> isAmongBest) {
        return switch (part) {
            case Chosen chosen -> chosen.tool().equals(tool) || isAmongBest.apply(part.request(), tool);
            case ToolChoice.Unclear unclear -> unclear.candidates().contains(tool);
            case ToolChoice.NoTool _ -> true;
        };
    }

    private boolean speaksOfAll(CatalogueEntry tool, Reading reading) {
        Collection<Word> named = LooseValues.ofChosen(tool, reading, index).values();
        return index.tools().content(reading).stream()
                .allMatch(word -> LooseValues.hold(named, word) || index.tools().speaksOf(tool.name(), word.stem()));
    }

    /** Two things of one kind, in two parts: "the status of nginx, and of redis". */
    private boolean namesTwo() {
        Map<ParameterType, String> named = new HashMap<>();
        for (Reading part : readings) {
            for (Entity entity : part.entities()) {
                boolean other = entity instanceof Entity.Value value
                        && value.type() != ParameterType.INTEGER
                        && !named.getOrDefault(value.type(), value.value()).equals(value.value());
                if (other) {
                    return true;
                }
            }
            for (Entity entity : part.entities()) {
                if (entity instanceof Entity.Value value) {
                    named.put(value.type(), value.value());
                }
            }
        }
        return false;
    }

    /** Two of the values that one parameter may have, in two parts: "top cpu and top memory processes". */
    private boolean saysTwo(CatalogueEntry tool) {
        for (CatalogueEntry.Parameter parameter : tool.parameters()) {
            Set<String> said = readings.stream()
                    .flatMap(part -> parameter.allowed().stream().filter(value -> says(part, value)))
                    .collect(Collectors.toSet());
            if (said.size() > 1) {
                return true;
            }
        }
        return false;
    }

    private boolean says(Reading part, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return part.words().stream()
                .anyMatch(word -> word.lower().equals(lower)
                        || !Collections.disjoint(
                                index.language().concepts(word.stem()),
                                index.language().concepts(Stems.stem(lower))));
    }

    /** "planned work", "that was our own scanner": asks for nothing, orders nothing and says not to do nothing. */
    private boolean isRemark(Reading part) {
        String first = part.words().stream()
                .filter(Word::isWord)
                .map(Word::lower)
                .findFirst()
                .orElse("");
        boolean tells = index.language().is("preface", first)
                || index.language().is("back-reference", first)
                || first.equals("that")
                || first.endsWith("ed");
        boolean asks = part.words().stream()
                .anyMatch(word -> index.language().is("read-cue", word.term())
                        && !index.language().is("statement", word.term()));
        boolean negated = false;
        for (int at = 0; at < part.words().size(); at++) {
            negated |= index.language().match("not", part.words(), at) > 0;
        }
        return tells
                && !asks
                && !negated
                && verbs.action(part).isEmpty()
                && !verbs.mentionsChange(part)
                && part.entities().stream().noneMatch(Index::isTarget)
                && !verbs.ordersUnknown(part, word -> index.tools().knows(word.stem()));
    }
}
