package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.plan.Preview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where something runs, in words. */
final class Targets {
    /** What a local command has for a target. */
    private static final String RUNNER = "runner";

    private static final int PLACES = 200;

    private Targets() {}

    /** "3 targets (2 in production, 1 in staging)", "3 targets in production". */
    static String radius(Preview.BlastRadius radius) {
        if (radius.targets() == 0) {
            return "runs on the runner";
        }
        Map<String, Integer> named = new TreeMap<>(radius.environments());
        named.remove("");
        String targets = Amounts.count(radius.targets(), "target");
        if (named.isEmpty()) {
            return targets;
        }
        if (named.containsValue(radius.targets())) {
            return targets + " in " + Cut.to(String.join(", ", named.keySet()), PLACES);
        }
        String places = named.entrySet().stream()
                .map(entry -> entry.getValue() + " in " + entry.getKey())
                .collect(Collectors.joining(", "));
        return targets + " (" + Cut.to(places, PLACES) + ")";
    }

    /** For a headline: "on 3 targets", without a name that somebody chose. */
    static String where(Preview.BlastRadius radius) {
        return radius.targets() == 0 ? "on the runner" : "on " + Amounts.count(radius.targets(), "target");
    }

    static boolean isRunner(List<CardCommand> where) {
        return where.size() == 1
                && where.getFirst().target().equals(RUNNER)
                && where.getFirst().environment().isEmpty();
    }

    /** Every name, by environment: "web-01, web-02 (production); web-03 (staging)". */
    static Line names(List<CardCommand> where) {
        if (isRunner(where)) {
            return new Line().bold("the runner");
        }
        Map<String, List<String>> byEnvironment = new LinkedHashMap<>();
        where.forEach(command -> byEnvironment
                .computeIfAbsent(command.environment(), key -> new ArrayList<>())
                .add(command.target()));
        Line line = new Line();
        byEnvironment.forEach((environment, names) -> {
            line.text(line.isEmpty() ? "" : "; ").bold(String.join(", ", names));
            if (!environment.isEmpty()) {
                line.text(" (" + environment + ")");
            }
        });
        return line;
    }

    /** "web-01, web-02 and 198 more", for a sentence. */
    static String some(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }
}
