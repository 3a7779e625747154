package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.Optional;

/** Which plan an act of somebody's led to: one at most, however often the act is brought. */
final class ActStore {
    private final Database database;

    ActStore(Database database) {
        this.database = database;
    }

    /** Id of the request that the act led to. */
    Optional<String> approvalOf(String act) {
        return database.one("select approval from act where id = ?", row -> Rows.text(row, "approval"), act);
    }

    /** Enters what an act leads to; false when it led to something before. */
    boolean enter(DbExecute tx, String act, String approval, Instant at) {
        return tx.dml(
                        "insert into act (id, approval, at) values (?, ?, ?) on conflict (id) do nothing",
                        act,
                        approval,
                        at.toString())
                == 1;
    }
}
