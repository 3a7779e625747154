package io.opsconductor.chat.standby;

import io.opsconductor.kit.store.Database;
import java.net.URI;
import java.util.Optional;

/** Where the chatbot that has the store is reached by those that stand by: it says so in the store. */
public final class ActiveChatbot {
    private final Database database;

    public ActiveChatbot(Database database) {
        this.database = database;
    }

    /** Says where this one is, which has the store; empty when nobody is to pass anything on to it. */
    public void is(Optional<StandbyAddress> address) {
        database.transaction(tx -> {
            tx.dml("delete from active_chatbot");
            return address.map(own -> tx.dml("insert into active_chatbot (address) values (?)", own.toString()));
        });
    }

    /** Where it was said last; empty when it was not said, or was before there was a place for it. */
    Optional<URI> uri() {
        return database.hasTable("active_chatbot")
                ? database.one(
                                "select address from active_chatbot",
                                row -> row.column("address").getString())
                        .flatMap(StandbyAddress::of)
                        .map(StandbyAddress::uri)
                : Optional.empty();
    }
}
