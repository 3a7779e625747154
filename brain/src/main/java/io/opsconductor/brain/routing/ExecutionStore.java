package io.opsconductor.brain.routing;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.Optional;

/** How far the executions are told in their conversations. */
final class ExecutionStore {
    private final Database database;

    /**
     * An execution as stored.
     *
     * @param approval id of the request that was approved
     * @param tenant whose it is
     * @param lastSeq the runner's last event that is told
     * @param cancelledBy identity of who cancelled it before the runner knew it; empty for nobody
     * @param open whether its end is still to be told
     */
    record Row(
            String id,
            String approval,
            Tenant tenant,
            String conversation,
            long lastSeq,
            String cancelledBy,
            boolean open) {}

    ExecutionStore(Database database) {
        this.database = database;
    }

    /** An execution of a tenant. */
    Optional<Row> find(Tenant tenant, String id) {
        return database.one(
                "select x.*, a.tenant from execution x join approval a on a.id = x.approval"
                        + " where a.tenant = ? and x.id = ?",
                row -> new Row(
                        Rows.text(row, "id"),
                        Rows.text(row, "approval"),
                        new Tenant(Rows.text(row, "tenant")),
                        Rows.text(row, "conversation"),
                        Rows.number(row, "last_seq"),
                        Rows.text(row, "cancelled_by"),
                        Rows.text(row, "finished_at").isEmpty()),
                tenant.name(),
                id);
    }

    /** The last execution of a conversation that is still open. */
    Optional<String> lastOpen(String conversation) {
        return database.one(
                "select id from execution where conversation = ? and status in ('queued', 'running')"
                        + " order by created_at desc limit 1",
                row -> Rows.text(row, "id"),
                conversation);
    }

    /** Whether its end is still to be told, as the transaction sees it. */
    boolean isOpen(DbExecute tx, String id) {
        try (var rows = tx.query("select id from execution where id = ? and finished_at = ''", id)) {
            return rows.findFirst().isPresent();
        }
    }

    void toldUpTo(DbExecute tx, String id, long seq) {
        tx.dml("update execution set status = 'running', last_seq = ? where id = ? and finished_at = ''", seq, id);
    }

    void cancelledBy(String id, String actor) {
        database.change(
                "update execution set cancelled_by = ? where id = ? and finished_at = '' and cancelled_by = ''",
                actor,
                id);
    }

    /** Whether this call ended it; false when its end was told before. */
    boolean finish(DbExecute tx, String id, String status, Instant at) {
        return tx.dml(
                        "update execution set status = ?, finished_at = ? where id = ? and finished_at = ''",
                        status,
                        at.toString(),
                        id)
                == 1;
    }
}
