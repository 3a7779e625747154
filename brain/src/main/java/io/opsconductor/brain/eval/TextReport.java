package io.opsconductor.brain.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run in words, and what changed between two. */
public final class TextReport {
    private static final List<String> SHARES = List.of(
            "right", "top1", "top3", "planned", "planned_right", "parameters", "sequences", "out_of_scope_planned");

    private static final Map<String, String> MEANINGS = Map.of(
            "right", "of all requests: just what was expected",
            "top1", "of requests that mean one tool: it was chosen or offered first",
            "top3", "of those: it was chosen or offered",
            "planned", "of clear requests: planned without asking",
            "planned_right", "of the plans that were made: right in everything",
            "parameters", "of targets and values, where the tool was found",
            "sequences", "of requests with several steps: the plan was right",
            "out_of_scope_planned", "of requests that nothing fits: a plan was made");

    private TextReport() {}

    /** The figures, what is right by category, and, with {@code misses}, every request that went wrong. */
    public static String of(ObjectNode run, boolean misses) {
        StringBuilder text = new StringBuilder();
        text.append("%s, %d requests (%s)%n%n"
                .formatted(
                        run.path("brain").asText(),
                        run.path("requests").asInt(),
                        run.path("set").asText()));
        for (String share : SHARES) {
            text.append(line(share, percent(run.path(share)), MEANINGS.getOrDefault(share, "")));
        }
        text.append(line(
                "latency",
                millis(run, "p50_ms") + " ms",
                "half of the requests; 99 of 100 in " + millis(run, "p99_ms") + " ms"));
        text.append(line("tokens", run.path("tokens").asText(), "of a model, prompts and answers"));
        text.append(caution(run));
        text.append("%n%-32s %8s %8s%n".formatted("right by category", "requests", "right"));
        run.path("categories")
                .properties()
                .forEach(category -> text.append("%-32s %8d %8s%n"
                        .formatted(
                                category.getKey(),
                                category.getValue().path("requests").asInt(),
                                percent(category.getValue().path("right")))));
        if (misses) {
            text.append('\n');
            run.path("results")
                    .forEach(result -> text.append(result.path("right").asBoolean() ? "" : miss(result)));
        }
        return text.toString();
    }

    /** What keeps the figures from speaking of the model and of all requests; usually empty. */
    private static String caution(JsonNode run) {
        int without = run.path("without_model").asInt();
        int left = run.path("left").asInt();
        return (without == 0
                        ? ""
                        : "%n%d of %d requests were understood without the model, because it gave no answer.%n"
                                .formatted(without, run.path("requests").asInt()))
                + (left == 0
                        ? ""
                        : "%n%d requests were not said: the run had used up its time or tokens (--time, --tokens).%n"
                                .formatted(left));
    }

    private static String miss(JsonNode result) {
        return "%s: %s%n    expected %s%n    got      %s%n"
                .formatted(
                        result.path("category").asText(),
                        RunFile.key(result),
                        result.path("expected").asText(),
                        result.path("got").asText());
    }

    /** How {@code run} differs from an {@code earlier} one: figures, then requests that are right now or no more. */
    public static String compared(ObjectNode run, JsonNode earlier) {
        StringBuilder text = new StringBuilder();
        text.append("%n%-22s %10s %10s %10s%n".formatted("compared", "before", "now", "change"));
        for (String share : SHARES) {
            double before = earlier.path(share).asDouble();
            double now = run.path(share).asDouble();
            text.append("%-22s %10s %10s %+9.1f%%%n"
                    .formatted(share, percent(earlier.path(share)), percent(run.path(share)), 100 * (now - before)));
        }
        for (String figure : List.of("p50_ms", "p99_ms", "tokens")) {
            text.append("%-22s %10s %10s%n".formatted(figure, millis(earlier, figure), millis(run, figure)));
        }
        Map<String, Boolean> before = new LinkedHashMap<>();
        earlier.path("results")
                .forEach(result ->
                        before.put(RunFile.key(result), result.path("right").asBoolean()));
        List<String> better = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        for (JsonNode result : run.path("results")) {
            Boolean was = before.get(RunFile.key(result));
            boolean is = result.path("right").asBoolean();
            if (was != null && was != is) {
                (is ? better : worse)
                        .add(RunFile.key(result) + " -> " + result.path("got").asText());
            }
        }
        list(text, "right now", better);
        list(text, "wrong now", worse);
        return text.toString();
    }

    private static void list(StringBuilder text, String heading, List<String> requests) {
        text.append("%n%s: %d%n".formatted(heading, requests.size()));
        requests.forEach(request -> text.append("  ").append(request).append('\n'));
    }

    private static String line(String name, String value, String meaning) {
        return "%-22s %8s   %s%n".formatted(name, value, meaning);
    }

    static String percent(JsonNode share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share.asDouble());
    }

    private static String millis(JsonNode run, String figure) {
        return String.format(
                Locale.ROOT,
                figure.equals("tokens") ? "%.0f" : "%.1f",
                run.path(figure).asDouble());
    }
}
