package io.opsconductor.brain.answer;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.List;

/** The results whose summary is still to be made. */
public final class SummariesDue {
    private final Database database;
    private final Conversations conversations;

    public SummariesDue(Database database, Conversations conversations) {
        this.database = database;
        this.conversations = conversations;
    }

    /** A result without its summary. */
    record Due(String conversation, ChatEvent.Result result) {}

    /** Those of results told since a moment; older ones are forgotten. */
    List<Due> since(Instant earliest) {
        database.change("delete from summary_due where at < ?", earliest.toString());
        record Row(String execution, String conversation) {}
        return database
                .query(
                        "select execution, conversation from summary_due order by at",
                        row -> new Row(Rows.text(row, "execution"), Rows.text(row, "conversation")))
                .stream()
                .flatMap(row -> conversations.result(row.conversation(), row.execution()).stream()
                        .map(result -> new Due(row.conversation(), result)))
                .toList();
    }

    static void keep(DbExecute tx, String execution, String conversation, Instant at) {
        tx.dml(
                "insert into summary_due (execution, conversation, at) values (?, ?, ?)",
                execution,
                conversation,
                at.toString());
    }

    /** Whether it was due. */
    static boolean drop(DbExecute tx, String execution) {
        return tx.dml("delete from summary_due where execution = ?", execution) == 1;
    }
}
