package io.opsconductor.brain.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run as one HTML page without scripts: the figures, which tool was taken for which, and every request that went wrong. */
public final class HtmlReport {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>Evaluation</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { border: 1px solid #ccc; padding: .25rem .6rem; text-align: left; vertical-align: top; }
            td.figure { text-align: right; font-variant-numeric: tabular-nums; }
            code { font-size: 13px; }
            </style>
            """;

    private HtmlReport() {}

    /** The page. */
    public static String of(ObjectNode run, Evaluation evaluation) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>")
                .append(escaped(
                        run.path("brain").asText() + ", " + run.path("requests").asText() + " requests"))
                .append("</h1>\n<table>\n");
        run.properties().forEach(figure -> {
            if (figure.getValue().isNumber()) {
                row(page, figure.getKey(), shown(figure.getKey(), figure.getValue()));
            }
        });
        page.append("</table>\n<h2>Right by category</h2>\n<table>\n");
        run.path("categories")
                .properties()
                .forEach(category -> row(
                        page,
                        category.getKey() + " ("
                                + category.getValue().path("requests").asText() + ")",
                        TextReport.percent(category.getValue().path("right"))));
        page.append("</table>\n<h2>Confusions</h2>\n<table>\n<tr><th>meant<th>taken<th>times</tr>\n");
        confusions(evaluation)
                .forEach((pair, times) -> page.append("<tr><td><code>")
                        .append(escaped(pair.getFirst()))
                        .append("</code><td><code>")
                        .append(escaped(pair.getLast()))
                        .append("</code><td class=figure>")
                        .append(times)
                        .append("</tr>\n"));
        page.append("</table>\n<h2>Wrong</h2>\n<table>\n<tr><th>request<th>expected<th>got</tr>\n");
        run.path("results").forEach(result -> {
            if (!result.path("right").asBoolean()) {
                wrong(page, result);
            }
        });
        return page.append("</table>\n</html>\n").toString();
    }

    /** Which tool was meant and which one came first instead, oftenest first. */
    static Map<List<String>, Integer> confusions(Evaluation evaluation) {
        Map<List<String>, Integer> counted =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (Judged one : evaluation.judged()) {
            String meant = one.wantedTool().orElse("");
            List<String> offered = one.offered();
            String taken = offered.isEmpty() ? "(none)" : offered.getFirst();
            if (!meant.isEmpty() && !taken.equals(meant)) {
                counted.merge(List.of(meant, taken), 1, Integer::sum);
            }
        }
        List<Map.Entry<List<String>, Integer>> sorted = new ArrayList<>(counted.entrySet());
        sorted.sort(Map.Entry.<List<String>, Integer>comparingByValue().reversed());
        Map<List<String>, Integer> confusions = new LinkedHashMap<>();
        sorted.forEach(entry -> confusions.put(entry.getKey(), entry.getValue()));
        return confusions;
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("<tr><td>")
                .append(escaped(name))
                .append("<td class=figure>")
                .append(escaped(value))
                .append("</tr>\n");
    }

    private static void wrong(StringBuilder page, JsonNode result) {
        page.append("<tr><td>")
                .append(escaped(RunFile.key(result)))
                .append("<td><code>")
                .append(escaped(result.path("expected").asText()))
                .append("</code><td><code>")
                .append(escaped(result.path("got").asText()))
                .append("</code></tr>\n");
    }

    private static String shown(String name, JsonNode value) {
        return value.isIntegralNumber() || name.endsWith("_ms") ? value.asText() : TextReport.percent(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
