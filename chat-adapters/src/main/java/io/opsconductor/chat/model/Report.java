package io.opsconductor.chat.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a check found, for people and for programs. */
final class Report {
    private final ObjectNode facts = Json.mapper().createObjectNode();
    private final ArrayNode problems = Json.mapper().createArrayNode();
    private final List<String> lines = new ArrayList<>();
    private boolean wrong;
    private boolean unreachable;

    Report(@Nullable ModelSettings settings) {
        facts.put("provider", settings == null ? "builtin" : settings.provider().word());
        facts.put("model", settings == null ? null : settings.name());
        facts.put("url", settings == null ? null : settings.url().toString());
        facts.putNull("reachable");
        facts.putNull("present");
        facts.putNull("json_schema");
        facts.putNull("first_answer_ms");
        facts.putNull("answer_ms");
        facts.set("problems", problems);
    }

    /** Nothing is set, so nothing can be wrong. */
    static Report withoutModel() {
        Report report = new Report(null);
        report.ok("no model is set: requests are understood without one (builtin)");
        report.lines.add("         to have one: OPSCONDUCTOR_CHATBOT_MODEL_NAME=qwen3:4b, and see docs/models.md");
        return report;
    }

    private void ok(String what) {
        lines.add("ok       " + what);
    }

    void reachable(String what) {
        facts.put("reachable", true);
        ok(what);
    }

    void present(boolean present, String what) {
        facts.put("present", present);
        if (present) {
            ok(what);
        } else {
            wrong = true;
            lines.add("MISSING  " + what);
            problems.addObject().put("what", what);
        }
    }

    /** What to do about the last problem. */
    void remedy(String remedy) {
        lines.add("         " + remedy);
        ((ObjectNode) problems.get(problems.size() - 1)).put("remedy", remedy);
    }

    void kept(String what, Duration first, Duration then) {
        facts.put("json_schema", true);
        facts.put("first_answer_ms", first.toMillis());
        facts.put("answer_ms", then.toMillis());
        ok(what);
        ok("it takes " + seconds(then) + " for an answer; the first took " + seconds(first));
    }

    void broken(String what, String remedy) {
        facts.put("json_schema", false);
        wrong(what, remedy);
    }

    void note(String what, String remedy) {
        lines.add("note     " + what);
        lines.add("         " + remedy);
    }

    void wrong(String what, String remedy) {
        wrong = true;
        problem("MISSING  ", what, remedy);
    }

    void unreachable(String what, String remedy) {
        unreachable = true;
        if (facts.path("reachable").isNull()) {
            facts.put("reachable", false);
        }
        problem("UNKNOWN  ", what, remedy);
    }

    private void problem(String mark, String what, String remedy) {
        lines.add(mark + what);
        problems.addObject().put("what", what);
        remedy(remedy);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    String json() {
        return facts.toString();
    }

    /** 0 when all is right, 1 when something is not, 3 when it could not be found out. */
    int exitCode() {
        if (wrong) {
            return 1;
        }
        return unreachable ? 3 : 0;
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
