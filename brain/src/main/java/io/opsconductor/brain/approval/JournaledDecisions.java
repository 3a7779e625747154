package io.opsconductor.brain.approval;

import io.opsconductor.brain.audit.Audit;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions that the journal has and the store has not: the process died between the two. Nobody was told that such a decision
 * counts, and nothing came of it, so that the store is right; the journal is told that it does not count.
 */
public final class JournaledDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledDecisions.class);
    private static final int PAGE = 1_000;
    /** How far a clock may have been set back since. */
    private static final Duration CLOCK = Duration.ofHours(1);

    private final Database database;
    private final ApprovalStore store;
    private final JournalMirror mirror;
    private final Audit audit;

    /**
     * @param database where the journal is mirrored
     * @param mirror which may not have all of the file yet
     */
    public JournaledDecisions(Database database, JournalMirror mirror, Audit audit) {
        this.database = database;
        this.store = new ApprovalStore(database);
        this.mirror = mirror;
        this.audit = audit;
    }

    /** Makes the two agree about whatever is pending. At the start, before anything can be decided. */
    public void settle() {
        Map<String, ApprovalRequest> pending =
                store.pending().stream().collect(Collectors.toMap(ApprovalRequest::id, Function.identity()));
        if (pending.isEmpty()) {
            return;
        }
        try {
            mirror.catchUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Instant since = pending.values().stream()
                .map(ApprovalRequest::createdAt)
                .min(Instant::compareTo)
                .orElseThrow();
        List<JournalEntry> lines = since(since.minus(CLOCK));
        Set<Long> voided = lines.stream()
                .filter(line -> line.type().equals(Audit.VOID))
                .map(line -> line.data().path("line").asLong())
                .collect(Collectors.toSet());
        lines.stream()
                .filter(line -> line.type().equals(Audit.DECISION)
                        && pending.containsKey(line.data().path("approval").asText())
                        && !voided.contains(line.seq()))
                .filter(line -> !store.counts(line))
                .forEach(line -> {
                    LOG.info(
                            "line {} of the journal has a decision that was not stored; it does not count", line.seq());
                    audit.decisionVoid(line);
                });
    }

    /** Decisions and what was said about them since then, in order; read from the end, because the journal may be long. */
    private List<JournalEntry> since(Instant moment) {
        List<JournalEntry> lines = new ArrayList<>();
        long upTo = database.one("select coalesce(max(seq), 0) as last from journal", row -> Rows.number(row, "last"))
                .orElse(0L);
        boolean older = false;
        for (; upTo > 0 && !older; upTo -= PAGE) {
            lines.addAll(
                    0,
                    database.query(
                            "select line from journal where seq > ? and seq <= ? and type in (?, ?) order by seq",
                            row -> Json.read(Rows.text(row, "line"), JournalEntry.class),
                            upTo - PAGE,
                            upTo,
                            Audit.DECISION,
                            Audit.VOID));
            older = database.one(
                            "select at from journal where seq > ? order by seq limit 1",
                            row -> Rows.instant(row, "at"),
                            upTo - PAGE)
                    .filter(first -> first.isBefore(moment))
                    .isPresent();
        }
        return lines;
    }
}
