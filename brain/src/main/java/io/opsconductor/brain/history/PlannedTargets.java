package io.opsconductor.brain.history;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.TargetResult;
import java.util.List;

/** What each plan does where, and what came of it, in a form that can be searched. */
public final class PlannedTargets {
    private final Database database;

    public PlannedTargets(Database database) {
        this.database = database;
    }

    /** One step on one target; the status is empty while there is no result. */
    record Row(int step, String tool, String target, String status) {}

    /** Keeps what a plan would do, in the transaction that keeps the plan. */
    public static void keep(DbExecute tx, String approval, List<Preview.RenderedStep> steps) {
        for (int step = 0; step < steps.size(); step++) {
            for (Preview.RenderedTarget target : steps.get(step).targets()) {
                tx.dml(
                        "insert into planned_target (approval, step, tool, target, status) values (?, ?, ?, ?, '')"
                                + " on conflict (approval, step, target) do nothing",
                        approval,
                        step,
                        steps.get(step).tool(),
                        target.target());
            }
        }
    }

    /** Keeps what came of it, in the transaction that tells the result. */
    public static void ended(DbExecute tx, String approval, List<TargetResult> results) {
        for (TargetResult result : results) {
            tx.dml(
                    "update planned_target set status = ? where approval = ? and step = ? and target = ?",
                    result.status().word(),
                    approval,
                    result.step(),
                    result.target());
        }
    }

    /** Of one plan, in order. */
    List<Row> of(String approval) {
        return database.query(
                "select step, tool, target, status from planned_target where approval = ? order by step, target",
                row -> new Row(
                        (int) Rows.number(row, "step"),
                        Rows.text(row, "tool"),
                        Rows.text(row, "target"),
                        Rows.text(row, "status")),
                approval);
    }
}
