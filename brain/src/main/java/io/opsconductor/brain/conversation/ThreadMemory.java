package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.outputs.LastResult;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Optional;

/** What was planned last in each conversation, and what its last execution found, so that "same on web-02" says enough. */
public final class ThreadMemory {
    private final Database database;

    public ThreadMemory(Database database) {
        this.database = database;
    }

    /** The steps of the last plan; empty when there was none. */
    public List<Step> of(String conversation) {
        return database.one(
                        "select body from thread_memory where conversation = ?",
                        row -> Rows.text(row, "body"),
                        conversation)
                .map(body -> Json.read(body, Plan.class).steps())
                .orElse(List.of());
    }

    /** Keeps a plan in place of any earlier one. */
    public void keep(DbExecute tx, String conversation, Plan plan) {
        tx.dml(
                "insert into thread_memory (conversation, body) values (?, ?)"
                        + " on conflict (conversation) do update set body = excluded.body",
                conversation,
                Json.write(plan));
    }

    /** What the last execution found; empty before the first one. */
    public Optional<LastResult> result(String conversation) {
        return database.one(
                        "select body from thread_result where conversation = ?",
                        row -> Rows.text(row, "body"),
                        conversation)
                .map(body -> Json.read(body, LastResult.class));
    }

    /** Keeps what an execution found in place of what any earlier one did. */
    public void keepResult(DbExecute tx, String conversation, LastResult result) {
        tx.dml(
                "insert into thread_result (conversation, body) values (?, ?)"
                        + " on conflict (conversation) do update set body = excluded.body",
                conversation,
                Json.write(result));
    }
}
