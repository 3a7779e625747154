package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.brain.history.PlannedTargets;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Approval requests and their attestations. Every change of state is a compare-and-set on {@code pending}. */
final class ApprovalStore {
    private final Database database;

    ApprovalStore(Database database) {
        this.database = database;
    }

    Optional<StoredApproval> find(String id) {
        // One query after the other: a reader that held a connection while it waited for a second one could wait for
        // ever.
        return database.one("select * from approval where id = ?", ApprovalStore::read, id)
                .map(stored -> new StoredApproval(
                        stored.request(), stored.state(), stored.decidedBy(), stored.decidedAt(), attestations(id)));
    }

    List<ApprovalRequest> pending() {
        return database.query("select * from approval where state = 'pending'", ApprovalStore::request);
    }

    /** The last pending request of somebody in a conversation. */
    Optional<ApprovalRequest> lastPending(String conversation, String requester) {
        return database.one(
                "select * from approval where conversation = ? and requester = ? and state = 'pending'"
                        + " order by rowid desc limit 1",
                ApprovalStore::request,
                conversation,
                requester);
    }

    /** Pending requests of the same person in the same conversation for the same plan. */
    List<String> pendingTwins(DbExecute tx, ApprovalRequest request) {
        try (var rows = tx.query(
                "select id from approval where conversation = ? and requester = ? and state = 'pending'"
                        + " and plan_digest = ?",
                request.conversation(),
                request.requester(),
                Digest.ofCanonical(request.plan()))) {
            return rows.map(row -> Rows.text(row, "id")).toList();
        }
    }

    void insert(DbExecute tx, ApprovalRequest request) {
        tx.dml(
                "insert into approval (id, conversation, requester, tenant, summary, plan, plan_digest, preview,"
                        + " digest, state, expires_at, created_at, decided_by, decided_at, note)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, '', '', ?)",
                request.id(),
                request.conversation(),
                request.requester(),
                request.tenant(),
                request.summary(),
                Json.write(request.plan()),
                Digest.ofCanonical(request.plan()),
                Json.write(request.preview()),
                request.digest(),
                request.preview().expiresAt().toString(),
                request.createdAt().toString(),
                request.note());
        PlannedTargets.keep(tx, request.id(), request.preview().steps());
    }

    /** Ends a pending request; false when something else ended it first. */
    boolean end(DbExecute tx, String id, ApprovalState state, String by, Instant at) {
        return tx.dml(
                        "update approval set state = ?, decided_by = ?, decided_at = ?"
                                + " where id = ? and state = 'pending'",
                        state.word(),
                        by,
                        at.toString(),
                        id)
                == 1;
    }

    boolean isPending(DbExecute tx, String id) {
        try (var rows = tx.query("select id from approval where id = ? and state = 'pending'", id)) {
            return rows.findFirst().isPresent();
        }
    }

    void attest(DbExecute tx, String approval, Attestation attestation) {
        tx.dml(
                "insert into attestation (approval, approver, decision, body, at) values (?, ?, ?, ?, ?)",
                approval,
                attestation.statement().approver(),
                attestation.statement().decision().word(),
                Json.write(attestation),
                attestation.statement().time().toString());
    }

    private List<Attestation> attestations(String approval) {
        return database.query(
                "select body from attestation where approval = ? and decision = 'approve' order by rowid",
                row -> Json.read(Rows.text(row, "body"), Attestation.class),
                approval);
    }

    /** Without its attestations. */
    private static StoredApproval read(DbRow row) {
        return new StoredApproval(
                request(row),
                ApprovalState.of(Rows.text(row, "state")),
                Rows.text(row, "decided_by"),
                Rows.text(row, "decided_at"),
                List.of());
    }

    private static ApprovalRequest request(DbRow row) {
        return new ApprovalRequest(
                Rows.text(row, "id"),
                Rows.text(row, "conversation"),
                Rows.text(row, "requester"),
                Rows.text(row, "tenant"),
                Rows.text(row, "summary"),
                Json.read(Rows.text(row, "plan"), Plan.class),
                Json.read(Rows.text(row, "preview"), Preview.class),
                Rows.text(row, "digest"),
                Rows.instant(row, "created_at"),
                Rows.text(row, "note"));
    }
}
