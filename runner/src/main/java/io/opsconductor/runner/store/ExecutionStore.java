package io.opsconductor.runner.store;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionAnswer.Summary;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.store.TargetRun.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Executions, their targets' results and their events. Each change is durable when its method returns. */
public final class ExecutionStore implements TargetRuns {
    private static final String EXECUTION_COLUMNS =
            "tenant, public_id, digest, request_digest, conversation, requester, preview, accepted_at, status";
    private static final int NO_TARGET = -1;

    /** It runs, and belongs to a number that counts: one that was called dead says nothing more of it, also before others took it. */
    static final String OWNED = "owner = ? and status = 'running'"
            + " and exists (select 1 from runner_instance where epoch = owner and state = 'live')";

    /** Outputs that are here, and nobody takes away just now; whoever did may have come to its end before. */
    private static final String KEPT_OR_LEFT = "(outputs = 'kept' or (outputs like 'removing %' and not exists"
            + " (select 1 from runner_instance i where i.state = 'live' and outputs = 'removing ' || i.epoch)))";

    private final Database database;
    private final KeptOutputs outputs;

    /**
     * @param outputs where long outputs are
     */
    public ExecutionStore(Database database, KeptOutputs outputs) {
        this.database = database;
        this.outputs = outputs;
    }

    /**
     * Uses up the execution's id and digest, with its first event; answers false, and changes nothing, when either was used
     * before.
     *
     * @param attestations what it was approved with, for whoever goes on with it elsewhere; none where nobody does
     * @param epoch who runs it
     * @throws NotOwnerException when that one counts no more
     */
    public boolean consume(
            StoredExecution execution, ExecutionEvent.Accepted accepted, List<Attestation> attestations, long epoch) {
        return database.transaction(tx -> {
            if (!counts(tx, epoch)) {
                throw new NotOwnerException(new Owned(execution.key(), epoch));
            }
            long inserted = tx.dml(
                    "insert into execution (id, " + EXECUTION_COLUMNS
                            + ", owner, attestations, ended_at, summary)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '') on conflict do nothing",
                    execution.key().row(),
                    execution.tenant().name(),
                    execution.id(),
                    execution.digest(),
                    execution.requestDigest(),
                    execution.conversation(),
                    execution.requester(),
                    Json.write(execution.preview()),
                    execution.acceptedAt().toString(),
                    execution.status().word(),
                    epoch,
                    attestations.isEmpty() ? "" : Json.write(attestations));
            if (inserted == 0) {
                return false;
            }
            insertRuns(tx, execution);
            insertEvent(tx, execution.key(), accepted.seq(), accepted.at(), "accepted", NO_TARGET, NO_TARGET);
            return true;
        });
    }

    private static boolean counts(DbExecute tx, long epoch) {
        try (var rows = tx.query("select epoch from runner_instance where epoch = ? and state = 'live'", epoch)) {
            return rows.findAny().isPresent();
        }
    }

    private static void insertRuns(DbExecute tx, StoredExecution execution) {
        List<Preview.RenderedStep> steps = execution.preview().steps();
        for (int step = 0; step < steps.size(); step++) {
            List<Preview.RenderedTarget> targets = steps.get(step).targets();
            for (int position = 0; position < targets.size(); position++) {
                tx.dml(
                        "insert into target_run (execution, step, position, tool, target, state, result)"
                                + " values (?, ?, ?, ?, ?, ?, '')",
                        execution.key().row(),
                        step,
                        position,
                        steps.get(step).tool(),
                        targets.get(position).target(),
                        State.PENDING.name());
            }
        }
    }

    @Override
    public Supplier<Long> started(Owned execution, int position, ExecutionEvent.TargetStarted event) {
        return database.queued(tx -> {
            state(tx, execution, event.step(), position, State.STARTED, "");
            return insertEvent(tx, execution.key(), event.seq(), event.at(), "target_started", event.step(), position);
        });
    }

    @Override
    public void tried(Owned execution, int position, TargetResult result) {
        String kept = kept(result);
        database.together(tx -> state(tx, execution, result.step(), position, State.TRIED, kept));
    }

    @Override
    public void startedAgain(Owned execution, int step, int position) {
        database.together(tx -> state(tx, execution, step, position, State.STARTED, ""));
    }

    @Override
    public String kept(TargetResult result) {
        return KeptResult.write(result, outputs);
    }

    @Override
    public Supplier<Long> ended(Owned execution, int position, ExecutionEvent.TargetFinished event, String kept) {
        return database.queued(tx -> {
            state(tx, execution, event.result().step(), position, State.ENDED, kept);
            return insertEvent(
                    tx,
                    execution.key(),
                    event.seq(),
                    event.at(),
                    "target_finished",
                    event.result().step(),
                    position);
        });
    }

    private static long state(DbExecute tx, Owned execution, int step, int position, State state, String result) {
        long changed = tx.dml(
                "update target_run set state = ?, result = ? where execution = ? and step = ? and position = ?"
                        + " and exists (select 1 from execution where id = ? and " + OWNED + ")",
                state.name(),
                result,
                execution.key().row(),
                step,
                position,
                execution.key().row(),
                execution.epoch());
        if (changed == 0) {
            throw new NotOwnerException(execution);
        }
        return changed;
    }

    /** Records the end of the whole execution. */
    public void finished(Owned execution, ExecutionEvent.Finished event) {
        database.transaction(tx -> {
            long changed = tx.dml(
                    "update execution set status = ?, ended_at = ?, summary = ?" + " where id = ? and " + OWNED,
                    event.status().word(),
                    event.at().toString(),
                    Json.write(event.result()),
                    execution.key().row(),
                    execution.epoch());
            if (changed == 0) {
                throw new NotOwnerException(execution);
            }
            return insertEvent(tx, execution.key(), event.seq(), event.at(), "finished", NO_TARGET, NO_TARGET);
        });
    }

    /** Whether an execution runs, and is still this one's. */
    public boolean isOwner(Owned execution) {
        return database.one(
                        "select id from execution where id = ? and " + OWNED,
                        row -> Rows.text(row, "id"),
                        execution.key().row(),
                        execution.epoch())
                .isPresent();
    }

    /** Whether an execution has no end yet, whoever runs it. */
    public boolean isRunning(ExecutionKey execution) {
        return database.one(
                        "select id from execution where id = ? and status = 'running'",
                        row -> Rows.text(row, "id"),
                        execution.row())
                .isPresent();
    }

    public Optional<StoredExecution> find(ExecutionKey key) {
        // By its tenant as well: what a call names as an id may be anything, also a slash.
        return database.one(
                "select " + EXECUTION_COLUMNS + " from execution where tenant = ? and public_id = ?",
                ExecutionStore::execution,
                key.tenant().name(),
                key.id());
    }

    /** Id of the tenant's execution that used up a digest. */
    public Optional<String> idByDigest(Tenant tenant, String digest) {
        return database.one(
                "select public_id from execution where tenant = ? and digest = ?",
                row -> Rows.text(row, "public_id"),
                tenant.name(),
                digest);
    }

    /**
     * An execution without an end, and who ran it.
     *
     * @param owner the number of that process; 0 when it was before they had numbers
     */
    public record Left(ExecutionKey key, long owner) {}

    /** Executions without an end of those who count no more, and of this one, of all tenants, oldest first. */
    public List<Left> left(long epoch) {
        return database.query(
                "select owner, tenant, public_id from execution where status = 'running' and (owner = ? or "
                        + ownerIsGone() + ") order by accepted_at",
                row -> new Left(key(row), Rows.number(row, "owner")),
                epoch);
    }

    private String ownerIsGone() {
        return "not exists (select 1 from runner_instance where epoch = owner and state = 'live' and lease_until_ms > "
                + database.now() + ")";
    }

    /**
     * Makes an execution another's than it was. Whoever had it is called dead by this, and stores nothing about it any more;
     * of several who try it, one succeeds.
     *
     * @param epoch whose it is from now on; counts itself
     * @return false when it has ended, is a third one's by now, or its owner has renewed its lease
     */
    public boolean take(Left left, long epoch) {
        return database.transaction(tx -> {
            if (!counts(tx, epoch)) {
                return false;
            }
            tx.dml("update runner_instance set state = 'dead' where state = 'live' and lease_until_ms <= "
                    + database.now());
            return tx.dml(
                            "update execution set owner = ? where id = ? and owner = ? and status = 'running' and (owner = ? or "
                                    + ownerIsGone() + ")",
                            epoch,
                            left.key().row(),
                            left.owner(),
                            epoch)
                    == 1;
        });
    }

    /** What the process with this number is called; empty for none. */
    public String instance(long epoch) {
        return database.one("select name from runner_instance where epoch = ?", row -> Rows.text(row, "name"), epoch)
                .orElse("");
    }

    /** Asks whoever runs an execution to stop it; answers false when it has ended. */
    public boolean askToStop(ExecutionKey execution, String reason) {
        return database.change(
                        "update execution set stop_asked = case stop_asked when '' then ? else stop_asked end"
                                + " where id = ? and status = 'running'",
                        reason,
                        execution.row())
                == 1;
    }

    /** Why an execution was asked to stop; empty while nobody has. */
    public String stopAsked(ExecutionKey execution) {
        return database.one(
                        "select stop_asked from execution where id = ?",
                        row -> Rows.text(row, "stop_asked"),
                        execution.row())
                .orElse("");
    }

    /** What an execution was approved with; empty when that was not kept. */
    public List<Attestation> attestations(ExecutionKey execution) {
        return database.one(
                        "select attestations from execution where id = ?",
                        row -> Rows.text(row, "attestations"),
                        execution.row())
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(Json.read(text, Attestation[].class)))
                .orElse(List.of());
    }

    /** For how long the lease of a process is over, by the clock of the database; negative while it is not. */
    public Duration gone(long epoch) {
        return Duration.ofMillis(database.one(
                        "select " + database.now() + " - lease_until_ms as gone from runner_instance where epoch = ?",
                        row -> Rows.number(row, "gone"),
                        epoch)
                .orElse(Long.MAX_VALUE));
    }

    /** The executions of a process that it was asked to stop, each with the reason. */
    public Map<ExecutionKey, String> stopsAsked(long epoch) {
        return database
                .query(
                        "select tenant, public_id, stop_asked from execution"
                                + " where status = 'running' and owner = ? and stop_asked <> ''",
                        row -> Map.entry(key(row), Rows.text(row, "stop_asked")),
                        epoch)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The executions that are looked for, newest first. */
    public List<StoredExecution> list(ExecutionQuery query) {
        ExecutionQuery.Where where = query.where();
        List<Object> values = new ArrayList<>(where.values());
        values.add(query.limit());
        return database.query(
                "select " + EXECUTION_COLUMNS + " from execution" + where.sql() + " order by accepted_at desc limit ?",
                ExecutionStore::execution,
                values.toArray());
    }

    /** Every target of every step, in order. */
    public List<TargetRun> runs(ExecutionKey execution) {
        return database.query(
                "select step, position, tool, target, state, result from target_run where execution = ?"
                        + " order by step, position",
                this::run,
                execution.row());
    }

    /** How far one target has come. */
    public TargetRun run(Spot spot) {
        return database.one(
                        "select step, position, tool, target, state, result from target_run"
                                + " where execution = ? and step = ? and position = ?",
                        this::run,
                        spot.execution().row(),
                        spot.step(),
                        spot.position())
                .orElseThrow(() -> new IllegalStateException("there is no " + spot));
    }

    /** Whether it was told that a target has begun. */
    public boolean toldStart(Spot spot) {
        return database.one(
                        "select seq from event where execution = ? and step = ? and position = ?"
                                + " and type = 'target_started'",
                        row -> Rows.number(row, "seq"),
                        spot.execution().row(),
                        spot.step(),
                        spot.position())
                .isPresent();
    }

    /** When the first target of a step has begun; empty while none has. */
    public Optional<Instant> begun(ExecutionKey execution, int step) {
        return database.one(
                "select at from event where execution = ? and step = ? and type = 'target_started' order by seq",
                row -> Rows.instant(row, "at"),
                execution.row(),
                step);
    }

    /**
     * Takes away the outputs of executions that ended before a time, to the second. Their digests, and everything else about
     * them, stay. Of several processes that do so at the same time, one does it for each execution.
     *
     * @param epoch the number of this process
     * @param recording is told of each execution before its outputs are taken away; what it throws keeps them
     * @return of how many executions
     */
    public long forgetOutputsBefore(Instant limit, long epoch, Consumer<StoredExecution> recording) {
        long forgotten = 0;
        for (List<StoredExecution> some = withOutputs(limit); !some.isEmpty(); some = withOutputs(limit)) {
            for (StoredExecution execution : some) {
                if (outputs(execution.key(), KEPT_OR_LEFT, "removing " + epoch)) {
                    recorded(execution, epoch, recording);
                    forgetOutputs(execution.key());
                    forgotten++;
                }
            }
        }
        outputs.forgetBefore(limit);
        return forgotten;
    }

    private void recorded(StoredExecution execution, long epoch, Consumer<StoredExecution> recording) {
        boolean recorded = false;
        try {
            recording.accept(execution);
            recorded = true;
        } finally {
            if (!recorded) {
                boolean _ = outputs(execution.key(), "outputs = 'removing " + epoch + "'", "kept");
            }
        }
    }

    private boolean outputs(ExecutionKey execution, String before, String now) {
        return database.change("update execution set outputs = ? where id = ? and " + before, now, execution.row())
                == 1;
    }

    private List<StoredExecution> withOutputs(Instant limit) {
        return database.query(
                "select " + EXECUTION_COLUMNS + " from execution"
                        + " where " + KEPT_OR_LEFT + " and ended_at <> '' and substr(ended_at, 1, 19) < ?"
                        + " order by ended_at limit 100",
                ExecutionStore::execution,
                limit.toString().substring(0, 19));
    }

    /** Whether an execution's outputs are still here. */
    public boolean keepsOutputs(ExecutionKey execution) {
        return database.one(
                        "select outputs from execution where id = ?", row -> Rows.text(row, "outputs"), execution.row())
                .filter(outputs -> !outputs.equals("removed"))
                .isPresent();
    }

    private void forgetOutputs(ExecutionKey execution) {
        record Run(long step, long position, String result) {}
        List<Run> runs = database.query(
                "select step, position, result from target_run where execution = ? and result <> ''",
                row -> new Run(Rows.number(row, "step"), Rows.number(row, "position"), Rows.text(row, "result")),
                execution.row());
        database.transaction(tx -> {
            for (Run run : runs) {
                tx.dml(
                        "update target_run set result = ? where execution = ? and step = ? and position = ?",
                        KeptResult.withoutOutputs(run.result()),
                        execution.row(),
                        run.step(),
                        run.position());
            }
            return tx.dml("update execution set outputs = 'removed' where id = ?", execution.row());
        });
    }

    /** How the execution stands, with the results there are. */
    public Optional<ExecutionAnswer> answer(ExecutionKey key, Instant now) {
        return find(key).map(execution -> answer(execution, now));
    }

    private ExecutionAnswer answer(StoredExecution execution, Instant now) {
        List<TargetResult> results = runs(execution.key()).stream()
                .filter(run -> run.state() == State.ENDED)
                .map(TargetRun::result)
                .filter(Objects::nonNull)
                .toList();
        Summary summary = summary(execution.key())
                .orElseGet(() -> new Summary(
                        0,
                        0,
                        Duration.between(execution.acceptedAt(), now).toMillis(),
                        "It is still running: " + results.size() + " results so far."));
        return new ExecutionAnswer(execution.id(), execution.digest(), execution.status(), summary, results);
    }

    /** Events with a greater sequence number, in order; output is not among them. */
    public List<ExecutionEvent> events(ExecutionKey execution, long after) {
        return database.query(
                "select e.seq, e.at, e.type, e.step, coalesce(r.tool, '') as tool, coalesce(r.target, '') as target,"
                        + " coalesce(r.result, '') as result, x.status, x.summary"
                        + " from event e join execution x on x.id = e.execution"
                        + " left join target_run r on r.execution = e.execution and r.step = e.step"
                        + " and r.position = e.position"
                        + " where x.tenant = ? and x.public_id = ? and e.seq > ? order by e.seq",
                row -> event(row, execution.id()),
                execution.tenant().name(),
                execution.id(),
                after);
    }

    /** The greatest sequence number among the kept events; 0 when there is none. */
    public long lastSeq(ExecutionKey execution) {
        return database.one(
                        "select coalesce(max(seq), 0) as last from event where execution = ?",
                        row -> Rows.number(row, "last"),
                        execution.row())
                .orElse(0L);
    }

    private Optional<Summary> summary(ExecutionKey execution) {
        return database.one(
                        "select summary from execution where id = ?", row -> Rows.text(row, "summary"), execution.row())
                .filter(text -> !text.isEmpty())
                .map(text -> Json.read(text, Summary.class));
    }

    static long insertEvent(
            DbExecute tx, ExecutionKey execution, long seq, Instant at, String type, int step, int position) {
        return tx.dml(
                "insert into event (execution, seq, at, type, step, position) values (?, ?, ?, ?, ?, ?)",
                execution.row(),
                seq,
                at.toString(),
                type,
                step,
                position);
    }

    private static ExecutionKey key(DbRow row) {
        return new ExecutionKey(new Tenant(Rows.text(row, "tenant")), Rows.text(row, "public_id"));
    }

    private static StoredExecution execution(DbRow row) {
        return new StoredExecution(
                key(row),
                Rows.text(row, "digest"),
                Rows.text(row, "request_digest"),
                Rows.text(row, "conversation"),
                Rows.text(row, "requester"),
                Json.read(Rows.text(row, "preview"), Preview.class),
                Rows.instant(row, "accepted_at"),
                status(Rows.text(row, "status")));
    }

    private TargetRun run(DbRow row) {
        String result = Rows.text(row, "result");
        return new TargetRun(
                (int) Rows.number(row, "step"),
                (int) Rows.number(row, "position"),
                Rows.text(row, "tool"),
                Rows.text(row, "target"),
                State.valueOf(Rows.text(row, "state")),
                result.isEmpty() ? null : KeptResult.read(result, outputs));
    }

    private ExecutionEvent event(DbRow row, String execution) {
        long seq = Rows.number(row, "seq");
        Instant at = Rows.instant(row, "at");
        int step = (int) Rows.number(row, "step");
        String type = Rows.text(row, "type");
        return switch (type) {
            case "accepted" -> new ExecutionEvent.Accepted(seq, at, execution);
            case "target_started" ->
                new ExecutionEvent.TargetStarted(seq, at, step, Rows.text(row, "tool"), Rows.text(row, "target"));
            case "target_finished" ->
                new ExecutionEvent.TargetFinished(seq, at, KeptResult.read(Rows.text(row, "result"), outputs));
            case "finished" ->
                new ExecutionEvent.Finished(
                        seq, at, status(Rows.text(row, "status")), Json.read(Rows.text(row, "summary"), Summary.class));
            default -> throw new IllegalStateException("the store holds an event of unknown type " + type);
        };
    }

    private static ExecutionStatus status(String word) {
        return ExecutionStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
