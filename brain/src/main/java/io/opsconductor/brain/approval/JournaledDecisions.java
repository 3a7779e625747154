package io.opsconductor.brain.approval;

import io.opsconductor.brain.audit.Audit;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.CopyOf;
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
    private final CopyOf own;
    private final Audit audit;

    /**
     * @param database where the journal is mirrored
     * @param mirror which may not have all of the file yet
     * @param own whose journal this process writes
     */
    public JournaledDecisions(Database database, JournalMirror mirror, CopyOf own, Audit audit) {
        this.database = database;
        this.store = new ApprovalStore(database);
        this.mirror = mirror;
        this.own = own;
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
        List<Written> lines = instances().stream()
                .flatMap(instance -> since(instance, since.minus(CLOCK)).stream())
                .toList();
        Set<Place> voided = lines.stream()
                .filter(line -> line.entry().type().equals(Audit.VOID))
                .map(Written::takesBack)
                .collect(Collectors.toSet());
        lines.stream()
                .filter(line -> line.entry().type().equals(Audit.DECISION)
                        && pending.containsKey(
                                line.entry().data().path("approval").asText())
                        && !voided.contains(line.place()))
                .filter(line -> !store.counts(line.entry()))
                .forEach(line -> {
                    LOG.info(
                            "line {} of the journal{} has a decision that was not stored; it does not count",
                            line.entry().seq(),
                            line.instance().equals(own.instance()) ? "" : " of chatbot " + line.instance());
                    audit.decisionVoid(line.entry(), line.instance().equals(own.instance()) ? "" : line.instance());
                });
    }

    private record Place(String instance, long line) {}

    /** A line and whose it is: one chatbot goes on where another one ended. */
    private record Written(String instance, JournalEntry entry) {
        Place place() {
            return new Place(instance, entry.seq());
        }

        Place takesBack() {
            return new Place(
                    entry.data().path("instance").asText(instance),
                    entry.data().path("line").asLong());
        }
    }

    private List<String> instances() {
        return database.query("select distinct instance from journal", row -> Rows.text(row, "instance"));
    }

    /** Decisions and what was said about them since then, in order; read from the end, because the journal may be long. */
    private List<Written> since(String instance, Instant moment) {
        List<Written> lines = new ArrayList<>();
        long upTo = database.one(
                        "select coalesce(max(seq), 0) as last from journal where instance = ?",
                        row -> Rows.number(row, "last"),
                        instance)
                .orElse(0L);
        boolean older = false;
        for (; upTo > 0 && !older; upTo -= PAGE) {
            lines.addAll(
                    0,
                    database.query(
                            "select line from journal where instance = ? and seq > ? and seq <= ? and type in (?, ?)"
                                    + " order by seq",
                            row -> new Written(instance, Json.read(Rows.text(row, "line"), JournalEntry.class)),
                            instance,
                            upTo - PAGE,
                            upTo,
                            Audit.DECISION,
                            Audit.VOID));
            older = database.one(
                            "select at from journal where instance = ? and seq > ? order by seq limit 1",
                            row -> Rows.instant(row, "at"),
                            instance,
                            upTo - PAGE)
                    .filter(first -> first.isBefore(moment))
                    .isPresent();
        }
        return lines;
    }
}
