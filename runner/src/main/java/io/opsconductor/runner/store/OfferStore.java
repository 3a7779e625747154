package io.opsconductor.runner.store;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.store.TargetRun.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Targets that one process lets others run, where several share the store. Each is run by whoever has its number in the offer, and
 * by nobody else; as {@link TargetRuns} this is where that one says how far the target has come. Events are the leader's, which
 * tells them in their order.
 */
public final class OfferStore implements TargetRuns {
    private static final String OF_SPOT = " where execution = ? and step = ? and position = ?";
    private static final String COUNTS =
            " and exists (select 1 from runner_instance i where i.epoch = ? and i.state = 'live')";

    private final Database database;
    private final KeptOutputs outputs;

    /**
     * @param outputs where long outputs are, which all processes read
     */
    public OfferStore(Database database, KeptOutputs outputs) {
        this.database = database;
        this.outputs = outputs;
    }

    /**
     * How an offer stands.
     *
     * @param epoch whose it is; 0 while it is nobody's
     * @param state how far the target has come
     */
    public record Standing(long epoch, State state) {}

    /**
     * A wish that whoever runs a target stops it.
     *
     * @param reason a sentence
     * @param expired whether a deadline has passed, and nobody asked
     */
    public record Stop(String reason, boolean expired) {}

    /**
     * Lets others run a target that has not begun.
     *
     * @throws NotOwnerException when the execution is another's by now, or the target has begun
     */
    public void offer(Owned execution, int step, int position) {
        String row = execution.key().row();
        database.together(tx -> {
            long offered = tx.dml(
                    "insert into offer (execution, step, position) select execution, step, position from target_run"
                            + OF_SPOT + " and state = ?"
                            + " and exists (select 1 from execution where id = ? and " + ExecutionStore.OWNED + ")",
                    row,
                    step,
                    position,
                    State.PENDING.name(),
                    row,
                    execution.epoch());
            if (offered == 0) {
                throw new NotOwnerException(execution);
            }
            return offered;
        });
    }

    /**
     * Takes an offer back, whoever's the execution is.
     *
     * @return false when somebody has it: then that one runs the target
     */
    public boolean withdraw(Spot spot) {
        return database.together(tx -> {
            tx.dml("delete from offer" + OF_SPOT + " and epoch = 0", values(spot));
            try (var rows = tx.query("select epoch from offer" + OF_SPOT, values(spot))) {
                return rows.findAny().isEmpty();
            }
        });
    }

    /**
     * Takes an offer.
     *
     * @param epoch for whom, which must count
     * @return whether it is this one's now; of several who try, one succeeds
     */
    public boolean claim(Spot spot, long epoch) {
        String row = spot.execution().row();
        return database.together(tx -> tx.dml(
                        "update offer set epoch = ?" + OF_SPOT + " and epoch = 0" + COUNTS
                                + " and exists (select 1 from execution e where e.id = ? and e.status = 'running')"
                                + " and exists (select 1 from target_run r where r.execution = ? and r.step = ?"
                                + " and r.position = ? and r.state = ?)",
                        epoch,
                        row,
                        spot.step(),
                        spot.position(),
                        epoch,
                        row,
                        row,
                        spot.step(),
                        spot.position(),
                        State.PENDING.name()))
                == 1;
    }

    /** Gives a target that has not begun back to its leader; answers false when it is not this one's any more. */
    public boolean handBack(Spot spot, long epoch) {
        String row = spot.execution().row();
        return database.together(tx -> tx.dml(
                        "delete from offer" + OF_SPOT + " and epoch = ?"
                                + " and exists (select 1 from target_run r where r.execution = ? and r.step = ?"
                                + " and r.position = ? and r.state = ?)",
                        row,
                        spot.step(),
                        spot.position(),
                        epoch,
                        row,
                        spot.step(),
                        spot.position(),
                        State.PENDING.name()))
                == 1;
    }

    /** Asks whoever runs a target to stop it. */
    public void stop(Owned leader, int step, int position, Stop stop) {
        String row = leader.key().row();
        database.together(tx -> tx.dml(
                "update offer set stop = ?, expired = ?" + OF_SPOT
                        + " and exists (select 1 from execution where id = ? and " + ExecutionStore.OWNED + ")",
                stop.reason(),
                stop.expired() ? 1 : 0,
                row,
                step,
                position,
                row,
                leader.epoch()));
    }

    /** What a process runs for others and shall stop; asked of it by their leader, or by anybody for the whole execution. */
    public Map<Spot, Stop> stopsAsked(long epoch) {
        Map<Spot, Stop> stops = new HashMap<>();
        database.query(
                        "select e.tenant, e.public_id, o.step, o.position, o.expired,"
                                + " case o.stop when '' then e.stop_asked else o.stop end as reason"
                                + " from offer o join execution e on e.id = o.execution"
                                + " where o.epoch = ? and (o.stop <> '' or e.stop_asked <> '')",
                        row -> Map.entry(
                                spot(row), new Stop(Rows.text(row, "reason"), Rows.number(row, "expired") == 1)),
                        epoch)
                .forEach(each -> stops.put(each.getKey(), each.getValue()));
        return stops;
    }

    /** All offers of the executions that a process leads. */
    public Map<Spot, Standing> standing(long leader) {
        Map<Spot, Standing> all = new HashMap<>();
        database.query(
                        "select e.tenant, e.public_id, o.step, o.position, o.epoch, r.state"
                                + " from execution e join offer o on o.execution = e.id"
                                + " join target_run r on r.execution = o.execution and r.step = o.step"
                                + " and r.position = o.position"
                                + " where e.status = 'running' and e.owner = ?",
                        row -> Map.entry(
                                spot(row),
                                new Standing(Rows.number(row, "epoch"), State.valueOf(Rows.text(row, "state")))),
                        leader)
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    /** The targets of an execution that are offered, or run by others. */
    public List<Spot> of(ExecutionKey execution) {
        return database.query(
                "select step, position from offer where execution = ?",
                row -> new Spot(execution, (int) Rows.number(row, "step"), (int) Rows.number(row, "position")),
                execution.row());
    }

    /**
     * Takes back what those have who count no more, from the executions of one process. They store nothing about it any more.
     *
     * @return how many
     */
    public long takeFromTheDead(long leader) {
        String lost = "epoch <> 0 and not exists (select 1 from runner_instance i where i.epoch = offer.epoch and"
                + " i.state = 'live' and i.lease_until_ms > " + database.now() + ") and execution in"
                + " (select id from execution where status = 'running' and owner = ?)"
                // What has ended is as it was told.
                + " and exists (select 1 from target_run r where r.execution = offer.execution and r.step = offer.step"
                + " and r.position = offer.position and r.state <> 'ENDED')";
        if (database.one("select count(*) as lost from offer where " + lost, row -> Rows.number(row, "lost"), leader)
                        .orElse(0L)
                == 0) {
            return 0;
        }
        return database.transaction(tx -> {
            tx.dml("update runner_instance set state = 'dead' where state = 'live' and lease_until_ms <= "
                    + database.now());
            return tx.dml("delete from offer where " + lost, leader);
        });
    }

    /**
     * Takes back whatever nobody has of an execution.
     *
     * @return how many of its targets others have, and have not ended
     */
    public long close(Owned leader) {
        String row = leader.key().row();
        return database.transaction(tx -> {
            leads(tx, leader);
            tx.dml("delete from offer where execution = ? and epoch = 0", row);
            try (var rows = tx.query(
                    "select count(*) as others from offer o join target_run r on r.execution = o.execution"
                            + " and r.step = o.step and r.position = o.position"
                            + " where o.execution = ? and r.state <> 'ENDED'",
                    row)) {
                return rows.map(found -> Rows.number(found, "others"))
                        .findFirst()
                        .orElse(0L);
            }
        });
    }

    /** Tells that a target has begun which another one runs. */
    public Supplier<Long> toldStart(Owned leader, int position, ExecutionEvent.TargetStarted event) {
        return database.queued(tx -> {
            leads(tx, leader);
            return ExecutionStore.insertEvent(
                    tx, leader.key(), event.seq(), event.at(), "target_started", event.step(), position);
        });
    }

    /** Tells how a target has ended that another one ran; the offer is done with. */
    public Supplier<Long> toldEnd(Owned leader, int position, ExecutionEvent.TargetFinished event) {
        int step = event.result().step();
        return database.queued(tx -> {
            leads(tx, leader);
            tx.dml("delete from offer" + OF_SPOT, leader.key().row(), step, position);
            return ExecutionStore.insertEvent(
                    tx, leader.key(), event.seq(), event.at(), "target_finished", step, position);
        });
    }

    private static void leads(DbExecute tx, Owned leader) {
        try (var rows = tx.query(
                "select id from execution where id = ? and " + ExecutionStore.OWNED,
                leader.key().row(),
                leader.epoch())) {
            if (rows.findAny().isEmpty()) {
                throw new NotOwnerException(leader);
            }
        }
    }

    @Override
    public Supplier<Long> started(Owned execution, int position, ExecutionEvent.TargetStarted event) {
        return database.queued(
                tx -> state(tx, execution, event.step(), position, State.STARTED, "", " and state = 'PENDING'"));
    }

    @Override
    public void tried(Owned execution, int position, TargetResult result) {
        String kept = kept(result);
        database.together(tx -> state(tx, execution, result.step(), position, State.TRIED, kept, ""));
    }

    @Override
    public void startedAgain(Owned execution, int step, int position) {
        database.together(tx -> state(tx, execution, step, position, State.STARTED, "", ""));
    }

    @Override
    public String kept(TargetResult result) {
        return KeptResult.write(result, outputs);
    }

    @Override
    public Supplier<Long> ended(Owned execution, int position, ExecutionEvent.TargetFinished event, String kept) {
        return database.queued(tx -> state(tx, execution, event.result().step(), position, State.ENDED, kept, ""));
    }

    private static long state(
            DbExecute tx, Owned execution, int step, int position, State state, String result, String before) {
        String row = execution.key().row();
        long changed = tx.dml(
                "update target_run set state = ?, result = ?" + OF_SPOT + before
                        + " and exists (select 1 from offer o join runner_instance i on i.epoch = o.epoch"
                        + " where o.execution = ? and o.step = ? and o.position = ? and o.epoch = ?"
                        + " and i.state = 'live')"
                        + " and exists (select 1 from execution where id = ? and status = 'running')",
                state.name(),
                result,
                row,
                step,
                position,
                row,
                step,
                position,
                execution.epoch(),
                row);
        if (changed == 0) {
            throw new NotOwnerException(execution);
        }
        return changed;
    }

    private static Object[] values(Spot spot) {
        return new Object[] {spot.execution().row(), spot.step(), spot.position()};
    }

    private static Spot spot(DbRow row) {
        return new Spot(
                new ExecutionKey(new Tenant(Rows.text(row, "tenant")), Rows.text(row, "public_id")),
                (int) Rows.number(row, "step"),
                (int) Rows.number(row, "position"));
    }
}
