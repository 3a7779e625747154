package io.opsconductor.brain.revision;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Tenant;
import java.util.Optional;

/** What is stored about executions. */
final class RanPlans {
    private final Database database;
    private final Conversations conversations;

    /**
     * An execution.
     *
     * @param approval id of the request that was approved
     * @param status queued or running until it has ended
     */
    record Ran(String execution, String approval, String conversation, String status) {
        boolean isOpen() {
            return status.equals("queued") || status.equals("running");
        }
    }

    RanPlans(Database database, Conversations conversations) {
        this.database = database;
        this.conversations = conversations;
    }

    /** An execution of a tenant. */
    Optional<Ran> find(Tenant tenant, String execution) {
        return database.one(
                "select x.id, x.approval, x.conversation, x.status from execution x join approval a on a.id = x.approval"
                        + " where a.tenant = ? and x.id = ?",
                row -> new Ran(
                        Rows.text(row, "id"),
                        Rows.text(row, "approval"),
                        Rows.text(row, "conversation"),
                        Rows.text(row, "status")),
                tenant.name(),
                execution);
    }

    /** The result as it was told. */
    Optional<ChatEvent.Result> result(Ran ran) {
        // Ids are letters and digits, and a quotation mark within an output is written with a backslash, so that only
        // the
        // field itself matches.
        return database
                .query(
                        "select seq from event where conversation = ? and type = 'result' and body like ? order by seq",
                        row -> Rows.number(row, "seq"),
                        ran.conversation(),
                        "%\"execution\":\"" + ran.execution() + "\"%")
                .stream()
                .flatMap(seq -> conversations.eventsAfter(ran.conversation(), seq - 1, 1).stream())
                .map(told -> told.event())
                .filter(ChatEvent.Result.class::isInstance)
                .map(ChatEvent.Result.class::cast)
                .filter(result -> ran.execution().equals(result.execution()))
                .findFirst();
    }
}
