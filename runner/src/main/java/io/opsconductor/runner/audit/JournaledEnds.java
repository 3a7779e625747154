package io.opsconductor.runner.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How commands ended, by the journal, whose line is written before the result is stored: a process that ended between the two
 * left no other trace of it. Of another process's journal there are the lines that it had copied to the store.
 */
public final class JournaledEnds {
    private final Database database;
    private final JournalMirror mirror;

    /**
     * @param database where the journal is mirrored
     * @param mirror which may not have all of the file yet
     */
    public JournaledEnds(Database database, JournalMirror mirror) {
        this.database = database;
        this.mirror = mirror;
    }

    /**
     * How the last try of a step's command on a target ended; without its output, of which the journal has the digests alone.
     *
     * @return empty when the journal does not say that it ended
     */
    public Optional<TargetResult> of(Audit.Subject subject, int step, String tool, String target) {
        try {
            mirror.catchUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        List<JournalEntry> told = database.query(
                "select line from journal where execution = ? and type in ('step_started', 'step_finished') ",
                row -> Json.read(Rows.text(row, "line"), JournalEntry.class),
                subject.execution());
        return told.stream()
                .filter(entry -> isOf(entry, subject, step, target))
                // Of one process they have one order; those of another one were written after its lease had ended.
                .sorted(Comparator.comparing(JournalEntry::at).thenComparingLong(JournalEntry::seq))
                .reduce((earlier, later) -> later)
                .filter(last -> last.type().equals("step_finished"))
                .map(last -> result(last.data(), step, tool, target));
    }

    private static boolean isOf(JournalEntry entry, Audit.Subject subject, int step, String target) {
        JsonNode data = entry.data();
        return data.path("tenant").asText("").equals(subject.tenant())
                && data.path("step").asInt(-1) == step
                && data.path("target").asText("").equals(target);
    }

    private static TargetResult result(JsonNode data, int step, String tool, String target) {
        return new TargetResult(
                step,
                tool,
                target,
                status(data.path("status")),
                data.has("exit_code") ? data.path("exit_code").intValue() : null,
                "",
                "",
                false,
                false,
                data.path("duration_ms").asLong(),
                "The runner stopped before its output was stored; how it ended is from the journal.");
    }

    private static TargetStatus status(JsonNode word) {
        try {
            return Json.mapper().treeToValue(word, TargetStatus.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal has a status that is none: " + word, e);
        }
    }
}
