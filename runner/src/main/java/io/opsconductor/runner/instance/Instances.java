package io.opsconductor.runner.instance;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * The processes that have worked with the store. What is asked and what is changed here is one transaction each, and those of all
 * processes come one after the other: who was called dead is not renewed any more, and who was renewed in time is not called dead.
 */
public final class Instances {
    /** A lease without an end, of a process that has the store for itself. */
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Database database;
    private final InstantSource clock;

    /** @param clock for the record of when one began; leases go by the clock of the database */
    public Instances(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Enters the process that has the store for itself: all before it count no more. Answers its number. */
    long enterAlone(String name) {
        return database.transaction(tx -> {
            tx.dml("update runner_instance set state = 'dead' where state = 'live'");
            return entered(tx, name, Long.toString(FOR_EVER));
        });
    }

    /**
     * Enters a process with a lease. Whoever had its name counts no more: it had the same journal, which this one could not have
     * opened were that one alive. Nor does one that had the store for itself, beside which this one could not have opened that.
     */
    long enter(String name, Duration lease) {
        return database.transaction(tx -> {
            tx.dml(
                    "update runner_instance set state = 'dead' where state = 'live'"
                            + " and (name = ? or lease_until_ms = ?)",
                    name,
                    FOR_EVER);
            return entered(tx, name, until(lease));
        });
    }

    /** Enters it again after it was called dead; empty when another process has its name by now. */
    OptionalLong enterAgain(String name, long before, Duration lease) {
        return database.transaction(tx -> {
            try (var rows = tx.query(
                    "select epoch from runner_instance where name = ? and epoch > ? and state = 'live'",
                    name,
                    before)) {
                if (rows.findAny().isPresent()) {
                    return OptionalLong.empty();
                }
            }
            return OptionalLong.of(entered(tx, name, until(lease)));
        });
    }

    private long entered(DbExecute tx, String name, String until) {
        long epoch;
        try (var rows = tx.query("select coalesce(max(epoch), 0) + 1 as next from runner_instance")) {
            epoch = rows.map(row -> Rows.number(row, "next")).findFirst().orElse(1L);
        }
        tx.dml(
                "insert into runner_instance (epoch, name, state, began_at, lease_until_ms) values (?, ?, 'live', ?, "
                        + until + ")",
                epoch,
                name,
                clock.instant().toString());
        return epoch;
    }

    /** Renews a lease from now on; answers false when it was called dead before. */
    boolean renew(long epoch, Duration lease) {
        return database.urgent(tx -> tx.dml(
                        "update runner_instance set lease_until_ms = " + until(lease)
                                + " where epoch = ? and state = 'live'",
                        epoch))
                == 1;
    }

    /** It ends in order: what it left is anybody's at once. */
    void leave(long epoch) {
        database.change("update runner_instance set state = 'ended' where epoch = ? and state = 'live'", epoch);
    }

    /** How many count now. */
    public long live() {
        return database.one(
                        "select count(*) as live from runner_instance where state = 'live' and lease_until_ms > "
                                + database.now(),
                        row -> Rows.number(row, "live"))
                .orElse(0L);
    }

    private String until(Duration lease) {
        return database.now() + " + " + lease.toMillis();
    }
}
