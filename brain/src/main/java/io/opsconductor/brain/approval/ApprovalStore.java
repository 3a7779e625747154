package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.brain.history.PlannedTargets;
import io.opsconductor.brain.planning.Instead;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Approval requests and their attestations. Every change of state is a compare-and-set on {@code pending}. */
final class ApprovalStore {
    private final Database database;

    ApprovalStore(Database database) {
        this.database = database;
    }

    /** A request of a tenant. */
    Optional<StoredApproval> find(Tenant tenant, String id) {
        return whole(database.one(
                "select * from approval where tenant = ? and id = ?", ApprovalStore::read, tenant.name(), id));
    }

    /** A request, whosever it is: for what nobody asks for, such as its expiry. */
    Optional<StoredApproval> ofAnyTenant(String id) {
        return whole(database.one("select * from approval where id = ?", ApprovalStore::read, id));
    }

    /** One query after the other: a reader that held a connection while it waited for a second one could wait for ever. */
    private Optional<StoredApproval> whole(Optional<StoredApproval> found) {
        return found.map(stored -> {
            List<Approval> approvals = approvals(stored.request().id());
            return new StoredApproval(
                    stored.request(),
                    stored.state(),
                    stored.decidedBy(),
                    stored.decidedAt(),
                    approvals.stream().map(Approval::attestation).toList(),
                    approvals.stream().map(Approval::person).toList());
        });
    }

    /** How many requests are pending. */
    long waiting() {
        return database.one("select count(*) as n from approval where state = 'pending'", row -> Rows.number(row, "n"))
                .orElse(0L);
    }

    List<ApprovalRequest> pending() {
        return database.query("select * from approval where state = 'pending'", ApprovalStore::request);
    }

    /** Pending requests of a tenant, the next to expire first. */
    List<StoredApproval> waiting(Tenant tenant) {
        return database
                .query(
                        "select id from approval where tenant = ? and state = 'pending' order by expires_at, id",
                        row -> Rows.text(row, "id"),
                        tenant.name())
                .stream()
                .map(id -> find(tenant, id))
                .flatMap(Optional::stream)
                .toList();
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
    List<ApprovalRequest> pendingTwins(DbExecute tx, ApprovalRequest request) {
        try (var rows = tx.query(
                "select * from approval where conversation = ? and requester = ? and state = 'pending'"
                        + " and plan_digest = ?",
                request.conversation(),
                request.requester(),
                Digest.ofCanonical(request.plan()))) {
            return rows.map(ApprovalStore::request).toList();
        }
    }

    void insert(DbExecute tx, ApprovalRequest request) {
        tx.dml(
                "insert into approval (id, conversation, requester, tenant, summary, plan, plan_digest, preview,"
                        + " digest, state, expires_at, created_at, decided_by, decided_at, note, instead)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, '', '', ?, ?)",
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
                request.note(),
                Json.write(request.instead()));
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

    /** Names what took the place of a superseded request. */
    void successor(DbExecute tx, String id, String newer) {
        tx.dml("update approval set successor = ? where id = ?", newer, id);
    }

    /** The request that took the place of a superseded one. */
    Optional<String> successor(String id) {
        return database.one("select successor from approval where id = ?", row -> Rows.text(row, "successor"), id)
                .filter(newer -> !newer.isEmpty());
    }

    /**
     * Whether a request is pending with so many approvals: nothing was stored, here or by another process, since these were
     * counted.
     */
    boolean isPendingWith(DbExecute tx, String id, int approvals) {
        try (var rows = tx.query(
                "select id from approval where id = ? and state = 'pending' and (select count(*) from attestation t"
                        + " where t.approval = approval.id and t.decision = 'approve') = ?",
                id,
                approvals)) {
            return rows.findFirst().isPresent();
        }
    }

    /**
     * Whether the decision of a record is committed, of a request that is pending, or was before the present transaction: then it is
     * an approval beside which others are needed.
     */
    boolean counts(JournalEntry line) {
        return line.data().path("decision").asText().equals("approve")
                && line.execution().isEmpty()
                && database.one(
                                "select approver from attestation where approval = ? and approver = ?"
                                        + " and decision = 'approve'",
                                row -> Rows.text(row, "approver"),
                                line.data().path("approval").asText(),
                                line.data().path("approver").asText())
                        .isPresent();
    }

    boolean isPending(DbExecute tx, String id) {
        try (var rows = tx.query("select id from approval where id = ? and state = 'pending'", id)) {
            return rows.findFirst().isPresent();
        }
    }

    /** Keeps a decision; who approved before and denies now takes the approval back. */
    void attest(DbExecute tx, String approval, Attestation attestation, String person) {
        tx.dml(
                "insert into attestation (approval, approver, decision, body, at, person) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (approval, approver) do update set decision = excluded.decision,"
                        + " body = excluded.body, at = excluded.at, person = excluded.person"
                        + " where excluded.decision = 'deny'",
                approval,
                attestation.statement().approver(),
                attestation.statement().decision().word(),
                Json.write(attestation),
                attestation.statement().time().toString(),
                person);
    }

    private record Approval(Attestation attestation, String person) {}

    private List<Approval> approvals(String approval) {
        return database.query(
                "select body, person from attestation where approval = ? and decision = 'approve' order by rowid",
                row -> new Approval(Json.read(Rows.text(row, "body"), Attestation.class), Rows.text(row, "person")),
                approval);
    }

    /** Without its attestations. */
    private static StoredApproval read(DbRow row) {
        return new StoredApproval(
                request(row),
                ApprovalState.of(Rows.text(row, "state")),
                Rows.text(row, "decided_by"),
                Rows.text(row, "decided_at"),
                List.of(),
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
                Rows.text(row, "note"),
                List.of(Json.read(Rows.text(row, "instead"), Instead[].class)));
    }
}
