package io.opsconductor.chat.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.plan.Problem;
import java.util.List;
import java.util.Map;

/** Editing, withdrawing and running again: every plan of the counterpart is edited as if it showed a log. */
final class Revisions {
    /** An answer. */
    record Answer(int status, Object body) {}

    private final Scenes scenes;

    Revisions(Scenes scenes) {
        this.scenes = scenes;
    }

    Answer form(ScenePlan plan) {
        return new Answer(
                200,
                Fields.of(
                        "approval",
                        plan.approval,
                        "digest",
                        plan.digest,
                        "summary",
                        "Tail log",
                        "requester",
                        "web:" + plan.requester,
                        "steps",
                        List.of(Fields.of(
                                "step",
                                0,
                                "tool",
                                "tail_log",
                                "description",
                                "Show the last lines of a log file.",
                                "targets",
                                List.of("web-server-01", "web-server-02"),
                                "fields",
                                List.of(
                                        Fields.of(
                                                "field",
                                                "0.path",
                                                "name",
                                                "path",
                                                "description",
                                                "The log file, such as /var/log/syslog",
                                                "type",
                                                "path",
                                                "value",
                                                "/var/log/syslog",
                                                "allowed",
                                                List.of(),
                                                "required",
                                                true),
                                        Fields.of(
                                                "field",
                                                "0.lines",
                                                "name",
                                                "lines",
                                                "description",
                                                "How many lines to show",
                                                "type",
                                                "integer",
                                                "value",
                                                "20",
                                                "default_value",
                                                "50",
                                                "allowed",
                                                List.of(),
                                                "required",
                                                false,
                                                "min",
                                                1,
                                                "max",
                                                1000),
                                        Fields.of(
                                                "field",
                                                "0.order",
                                                "name",
                                                "order",
                                                "description",
                                                "Which lines come first",
                                                "type",
                                                "enum",
                                                "allowed",
                                                List.of("oldest", "newest"),
                                                "default_value",
                                                "oldest",
                                                "required",
                                                false))))));
    }

    /** The checks of it, as a plan that waits beside it. */
    Answer dryRun(ScenePlan plan, String user) {
        return new Answer(200, Fields.of("approval", scenes.dryRun(plan.conversation, user)));
    }

    Answer edit(ScenePlan plan, String user, JsonNode values) {
        String lines = values.path("0.lines").asText("20");
        if (!lines.matches("[1-9][0-9]{0,2}")) {
            return new Answer(
                    422,
                    Fields.of(
                            "error",
                            Fields.of("code", "invalid_values", "message", "A value may not be used.", "hint", ""),
                            "fields",
                            Map.of("0.lines", "Expected a whole number, found \"" + lines + "\".")));
        }
        ScenePlan.Refusal late = plan.end(user, "superseded", "edited");
        if (late != null) {
            return new Answer(late.status(), late.problem());
        }
        String path = values.path("0.path").asText("/var/log/syslog");
        return new Answer(200, Fields.of("approval", scenes.tail(plan.conversation, user, path, lines)));
    }

    Answer fresh(ScenePlan plan, String user) {
        ScenePlan.Refusal late = plan.end(user, "superseded", "what was shown changed meanwhile, so it was made anew");
        return late == null
                ? new Answer(
                        200,
                        Fields.of("approval", scenes.tail(plan.conversation, plan.requester, "/var/log/syslog", "20")))
                : new Answer(late.status(), late.problem());
    }

    Answer withdraw(ScenePlan plan, String user) {
        ScenePlan.Refusal late = plan.end(user, "cancelled", null);
        return late == null
                ? new Answer(200, Fields.of("approval", plan.approval, "status", "cancelled"))
                : new Answer(late.status(), late.problem());
    }

    Answer rerun(ScenePlan plan, String user) {
        return user.equals("carol")
                ? new Answer(403, Problem.of("not_allowed", "carol may not do that.", "Ask alice."))
                : new Answer(200, Fields.of("approval", scenes.tail(plan.conversation, user, "/var/log/syslog", "20")));
    }
}
