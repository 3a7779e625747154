package io.opsconductor.chat.teams.deliver;

import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;

/** Which messages of users everybody in the place has seen, for they were typed there. */
public final class Seen {
    /** Begins the platform event of every message that was typed in Teams. */
    public static final String TYPED = "teams:said:";

    private final Database database;

    public Seen(Database database) {
        this.database = database;
    }

    boolean isSeen(String message) {
        return database.one(
                        "select platform_event from message where id = ?",
                        row -> Rows.text(row, "platform_event"),
                        message)
                .filter(event -> event.startsWith(TYPED))
                .isPresent();
    }
}
