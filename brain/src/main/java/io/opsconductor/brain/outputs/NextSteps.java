package io.opsconductor.brain.outputs;

import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.NextStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests to offer below a result, as the tools' files word them: with names of tools that there are, and with targets and
 * values of the plan. What a command wrote says only for which of the plan's targets they are offered.
 */
final class NextSteps {
    private static final int MOST = 5;
    /** More names than these make no sentence; then the one that is worst is offered. */
    private static final int MOST_NAMES = 4;

    private final Catalogue tools;
    private final Set<String> requests = new LinkedHashSet<>();

    NextSteps(Catalogue tools) {
        this.tools = tools;
    }

    void add(CatalogueEntry tool, List<OutputReader.Part> parts, Map<TargetResult, Seen> seen) {
        for (NextStep next : tool.next()) {
            List<OutputReader.Part> meant = meant(next.when(), parts, seen);
            if (!meant.isEmpty() && isThere(next.tool())) {
                next.said(values(meant)).ifPresent(requests::add);
            }
        }
    }

    List<Choice> choices() {
        return requests.stream()
                .limit(MOST)
                .map(request -> new Choice(request, request))
                .toList();
    }

    private boolean isThere(String tool) {
        return tools.tools().stream().anyMatch(known -> known.name().equals(tool));
    }

    private static List<OutputReader.Part> meant(
            NextStep.When when, List<OutputReader.Part> parts, Map<TargetResult, Seen> seen) {
        return switch (when) {
            case ALWAYS -> parts;
            case FAILED ->
                parts.stream()
                        .filter(part -> part.result().status() != TargetStatus.SUCCEEDED)
                        .toList();
            case ATTENTION -> {
                List<OutputReader.Part> bad = atLeast(Level.BAD, parts, seen);
                yield bad.isEmpty() ? atLeast(Level.WARN, parts, seen) : bad;
            }
        };
    }

    /** Worst first. */
    private static List<OutputReader.Part> atLeast(
            Level level, List<OutputReader.Part> parts, Map<TargetResult, Seen> seen) {
        record Ranked(OutputReader.Part part, Seen seen) {}
        List<Ranked> ranked = new ArrayList<>();
        for (OutputReader.Part part : parts) {
            Seen one = seen.get(part.result());
            if (one != null && one.level().compareTo(level) >= 0) {
                ranked.add(new Ranked(part, one));
            }
        }
        return ranked.stream()
                .sorted(Comparator.comparing((Ranked one) -> one.seen.level())
                        .thenComparingDouble(one -> highest(one.seen))
                        .reversed())
                .map(Ranked::part)
                .toList();
    }

    private static double highest(Seen seen) {
        return seen.facts().stream().mapToDouble(Fact::value).max().orElse(0);
    }

    /** The values of the plan, and the names of the targets. */
    private static Map<String, String> values(List<OutputReader.Part> meant) {
        List<String> names =
                meant.stream().map(OutputReader.Part::subject).distinct().toList();
        List<String> few = names.size() <= MOST_NAMES ? names : names.subList(0, 1);
        Map<String, String> values = new LinkedHashMap<>();
        meant.getFirst().step().parameters().forEach((name, value) -> values.put(name, value.toString()));
        values.put(NextStep.TARGET, Phrases.some(few, MOST_NAMES));
        return values;
    }
}
