package io.opsconductor.brain.history;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.Optional;

/** The list that each person got last in each conversation, while it has more entries. */
public final class Listings {
    private final Database database;

    public Listings(Database database) {
        this.database = database;
    }

    /** The one that "more" goes on with. */
    public Optional<Listing> of(String conversation, String sender) {
        return database.one(
                        "select body from open_listing where conversation = ? and sender = ?",
                        row -> Rows.text(row, "body"),
                        conversation,
                        sender)
                .map(body -> Json.read(body, Listing.class));
    }

    void keep(DbExecute tx, String conversation, String sender, Listing listing) {
        tx.dml(
                "insert into open_listing (conversation, sender, body) values (?, ?, ?)"
                        + " on conflict (conversation, sender) do update set body = excluded.body",
                conversation,
                sender,
                Json.write(listing));
    }

    void drop(DbExecute tx, String conversation, String sender) {
        tx.dml("delete from open_listing where conversation = ? and sender = ?", conversation, sender);
    }
}
