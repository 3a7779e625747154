package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.Optional;

/** The open question of each person in each conversation: at most one. */
public final class Drafts {
    private final Database database;

    public Drafts(Database database) {
        this.database = database;
    }

    /** The draft that waits for this person's answer. */
    public Optional<Draft> of(String conversation, String sender) {
        return database.one(
                        "select body from draft where conversation = ? and sender = ?",
                        row -> Rows.text(row, "body"),
                        conversation,
                        sender)
                .map(body -> Json.read(body, Draft.class));
    }

    /** Keeps a draft in place of any earlier one. */
    public void keep(DbExecute tx, String conversation, String sender, Draft draft) {
        tx.dml(
                "insert into draft (conversation, sender, body) values (?, ?, ?)"
                        + " on conflict (conversation, sender) do update set body = excluded.body",
                conversation,
                sender,
                Json.write(draft));
    }

    /** Forgets it, if there is one. */
    public void drop(DbExecute tx, String conversation, String sender) {
        tx.dml("delete from draft where conversation = ? and sender = ?", conversation, sender);
    }
}
