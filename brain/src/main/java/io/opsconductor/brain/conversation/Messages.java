package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.List;
import java.util.Optional;

/** The messages that arrived, each platform event once, and which of them are still to be handled. */
final class Messages {
    private final Database database;

    Messages(Database database) {
        this.database = database;
    }

    Optional<ChatMessage> ofPlatformEvent(String platformEvent) {
        return database.one("select * from message where platform_event = ?", Messages::read, platformEvent);
    }

    /** Those that wait to be handled, in order of arrival. */
    List<ChatMessage> unhandled() {
        return database.query("select * from message where status = 'received' order by arrival", Messages::read);
    }

    /** Whether it was stored; false when this platform event already was. */
    boolean store(DbExecute tx, String platformEvent, ChatMessage message) {
        return tx.dml(
                        "insert into message (id, platform_event, conversation, sender, text, at, addressing, status)"
                                + " values (?, ?, ?, ?, ?, ?, ?, 'received') on conflict (platform_event) do nothing",
                        message.id(),
                        platformEvent,
                        message.conversation(),
                        message.sender(),
                        message.text(),
                        message.at().toString(),
                        message.addressing().word())
                == 1;
    }

    /** Whether this call marked it; false when it was handled before. */
    boolean markHandled(DbExecute tx, ChatMessage message) {
        return tx.dml("update message set status = 'handled' where id = ? and status = 'received'", message.id()) == 1;
    }

    private static ChatMessage read(DbRow row) {
        return new ChatMessage(
                Rows.text(row, "id"),
                Rows.text(row, "conversation"),
                Rows.text(row, "sender"),
                Rows.text(row, "text"),
                Rows.instant(row, "at"),
                Addressing.of(Rows.text(row, "addressing")));
    }
}
