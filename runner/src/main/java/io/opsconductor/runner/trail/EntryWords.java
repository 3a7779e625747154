package io.opsconductor.runner.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.Witness;
import io.opsconductor.plan.Visible;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A journal's entry as a sentence for people. What an entry holds came from outside, so that hidden characters are shown. */
final class EntryWords {
    private EntryWords() {}

    static String of(JournalEntry entry) {
        JsonNode data = entry.data();
        return Visible.escape(
                switch (entry.type()) {
                    case "message_received" -> text(data, "sender") + " wrote message " + text(data, "message");
                    case "intent" -> "message " + text(data, "message") + " was taken for: " + text(data, "kind");
                    case "rerun_asked" ->
                        text(data, "requester") + " asked to run it again on " + text(data, "targets");
                    case "preview_issued" ->
                        "preview issued for " + text(data, "requester") + ", " + targets(data) + ", under policy "
                                + text(data, "policy_version");
                    case "plan_previewed" -> "plan shown as approval " + text(data, "approval");
                    case "decision" -> decision(data);
                    case "decision_void" ->
                        "does not count, because it was never stored: line " + text(data, "line") + ", "
                                + decision(data);
                    case "decision_checked" ->
                        "decision checked, " + (data.path("sufficient").asBoolean() ? "sufficient" : "not sufficient")
                                + ": " + votes(data);
                    case "execution_requested" -> "execution requested";
                    case "execution_accepted" ->
                        "execution accepted for " + text(data, "requester") + ", approved by " + votes(data);
                    case "break_glass" ->
                        "BREAK GLASS: " + text(data, "requester") + " runs it without the approval of others, because: "
                                + text(data, "reason");
                    case "execution_repeated" -> "the same request came again and started nothing";
                    case "step_started" -> place(data) + " starts";
                    case "step_finished" ->
                        place(data) + " " + text(data, "status")
                                + (data.has("exit_code") ? ", exit code " + text(data, "exit_code") : "") + ", "
                                + text(data, "duration_ms") + " ms, output " + text(data, "stdout_digest");
                    case "cancel_requested" -> text(data, "actor") + " asked to cancel it";
                    case "execution_finished" ->
                        "execution " + text(data, "status")
                                + (text(data, "message").isEmpty() ? "" : ": " + text(data, "message"));
                    case "execution_taken" ->
                        "the execution is settled for runner " + text(data, "from") + ", number " + text(data, "number")
                                + ", which ended or stood still";
                    case "execution_continued" ->
                        "the execution goes on here, after runner " + text(data, "from") + ", number "
                                + text(data, "number") + ", ended or stood still; approved by " + votes(data);
                    case "execution_lost" ->
                        "the execution is another runner's: this one was taken for dead as number "
                                + text(data, "number");
                    case "refused" ->
                        "refused " + text(data, "call") + " of " + text(data, "actor") + ": " + text(data, "message");
                    case "result_posted" -> "result posted: " + text(data, "status");
                    case "outputs_removed" ->
                        "outputs removed by retention, after "
                                + hours(data.path("kept_hours").asLong());
                    case "not_for_us" -> "message " + text(data, "message") + " was not for us";
                    case "started" -> "the " + entry.writer() + " starts" + rest(data);
                    case "stopped" -> "the " + entry.writer() + " stops: " + text(data, "how");
                    case "journal_recovered" ->
                        "the journal is written again; not since " + text(data, "since") + ": " + text(data, "reason");
                    case BegunAnew.RECORD ->
                        "this journal begins anew, by " + text(data, "by") + ": " + text(data, "reason")
                                + "; what was is in " + text(data, "evidence");
                    case Witness.RECORD ->
                        "checkpoint " + text(data, "number") + " of the " + text(data, "process") + " was seen";
                    default -> entry.type().replace('_', ' ') + " " + Json.write(data);
                });
    }

    private static String targets(JsonNode data) {
        long targets = data.path("targets").asLong();
        return targets == 0 ? "on the runner itself" : targets == 1 ? "1 target" : targets + " targets";
    }

    private static String hours(long hours) {
        return hours % 24 == 0 ? hours / 24 + " days" : hours + " hours";
    }

    private static String rest(JsonNode data) {
        return data.isEmpty()
                ? ""
                : " with "
                        + data.properties().stream()
                                .map(each ->
                                        each.getKey() + " " + each.getValue().asText())
                                .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode data, String field) {
        return data.path(field).asText();
    }

    private static String place(JsonNode data) {
        return "step " + (data.path("step").asInt() + 1) + " " + text(data, "tool") + " on " + text(data, "target");
    }

    private static String decision(JsonNode data) {
        String plan = "the plan shown as approval " + text(data, "approval");
        String who = text(data, "approver");
        return switch (text(data, "decision")) {
            case "approve" -> who + " approved " + plan;
            case "deny" -> who + " denied " + plan;
            case "withdrawn" -> who + " withdrew " + plan;
            case "superseded" -> plan + " was replaced by another one, by " + who;
            case "expired" -> "nobody decided in time on " + plan;
            case "no_approval_needed" -> plan + " needs nobody's approval, the policy says";
            default -> who + " decided on " + plan + ": " + text(data, "decision");
        };
    }

    private static String votes(JsonNode data) {
        return data.path("votes").isEmpty()
                ? "nobody, which policy allows"
                : StreamSupport.stream(data.path("votes").spliterator(), false)
                        .map(vote -> text(vote, "approver") + " (" + text(vote, "decision") + ")")
                        .collect(Collectors.joining(", "));
    }
}
