package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
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

    private Targets() {}

    /** "3 targets (2 in production, 1 in staging)". */
    static String radius(Preview.BlastRadius radius) {
        if (radius.targets() == 0) {
            return "runs on the runner";
        }
        String places = places(radius.environments());
        return Amounts.count(radius.targets(), "target") + (places.isEmpty() ? "" : " (" + places + ")");
    }

    /** Of a step: "12 targets (12 in production)". */
    static String radius(List<CardCommand> where) {
        if (isRunner(where)) {
            return "the runner";
        }
        Map<String, Integer> environments =
                where.stream().collect(Collectors.toMap(CardCommand::environment, command -> 1, Integer::sum));
        String places = places(environments);
        return Amounts.count(where.size(), "target") + (places.isEmpty() ? "" : " (" + places + ")");
    }

    private static String places(Map<String, Integer> environments) {
        return Cut.to(
                new TreeMap<>(environments)
                        .entrySet().stream()
                                .filter(entry -> !entry.getKey().isEmpty())
                                .map(entry -> entry.getValue() + " in " + entry.getKey())
                                .collect(Collectors.joining(", ")),
                200);
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
