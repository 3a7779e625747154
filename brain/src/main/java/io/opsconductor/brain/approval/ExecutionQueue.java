package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Attestation;
import java.time.Instant;
import java.util.List;

/** Where approved plans wait for the runner; entering it is what makes a plan an {@link ApprovedPlan}. */
public final class ExecutionQueue {
    private final Database database;
    private final ApprovalStore approvals;

    public ExecutionQueue(Database database) {
        this.database = database;
        this.approvals = new ApprovalStore(database);
    }

    /** Enters a plan in the transaction that approves it. */
    ApprovedPlan add(
            DbExecute tx, String execution, ApprovalRequest request, List<Attestation> attestations, Instant at) {
        tx.dml(
                "insert into execution (id, approval, conversation, status, last_seq, cancelled_by, created_at,"
                        + " finished_at) values (?, ?, ?, 'queued', 0, '', ?, '')",
                execution,
                request.id(),
                request.conversation(),
                at.toString());
        return new ApprovedPlan(execution, request, attestations);
    }

    /** The plans that were approved and whose end was not told yet, oldest first. */
    public List<ApprovedPlan> open() {
        record Entry(String execution, String approval) {}
        return database
                .query(
                        "select id, approval from execution where status in ('queued', 'running') order by created_at",
                        row -> new Entry(Rows.text(row, "id"), Rows.text(row, "approval")))
                .stream()
                .flatMap(entry -> approvals.ofAnyTenant(entry.approval()).stream()
                        .map(stored -> new ApprovedPlan(entry.execution(), stored.request(), stored.attestations())))
                .toList();
    }
}
