package io.opsconductor.runner.store;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Tenant;
import java.util.Collection;
import java.util.Optional;

/** Which machines are being changed, where several processes share the store. What one holds that counts no more is nobody's. */
public final class MachineLocks {
    private final Database database;

    public MachineLocks(Database database) {
        this.database = database;
    }

    /**
     * Takes all of them, or none.
     *
     * @param epoch for whom
     * @param who holds them, in words
     * @return who holds one of them; empty when they are taken now
     */
    public Optional<String> take(Tenant tenant, Collection<String> addresses, long epoch, String who) {
        return database.transaction(tx -> {
            tx.dml("update runner_instance set state = 'dead' where state = 'live' and lease_until_ms <= "
                    + database.now());
            for (String address : addresses) {
                Optional<String> holder = holder(tx, tenant, address);
                if (holder.isPresent()) {
                    return holder;
                }
            }
            for (String address : addresses) {
                tx.dml(
                        "insert into target_lock (tenant, address, epoch, holder) values (?, ?, ?, ?)"
                                + " on conflict (tenant, address) do update"
                                + " set epoch = excluded.epoch, holder = excluded.holder",
                        tenant.name(),
                        address,
                        epoch,
                        who);
            }
            return Optional.<String>empty();
        });
    }

    private static Optional<String> holder(DbExecute tx, Tenant tenant, String address) {
        try (var rows = tx.query(
                "select holder from target_lock where tenant = ? and address = ? and exists"
                        + " (select 1 from runner_instance i where i.epoch = target_lock.epoch and i.state = 'live')",
                tenant.name(),
                address)) {
            return rows.map(row -> Rows.text(row, "holder")).findFirst();
        }
    }

    /** Gives back what this one took; what is another's by now stays that one's. */
    public void release(Tenant tenant, Collection<String> addresses, long epoch) {
        database.together(tx -> {
            long released = 0;
            for (String address : addresses) {
                released += tx.dml(
                        "delete from target_lock where tenant = ? and address = ? and epoch = ?",
                        tenant.name(),
                        address,
                        epoch);
            }
            return released;
        });
    }
}
