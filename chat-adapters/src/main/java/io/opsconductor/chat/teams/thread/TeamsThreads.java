package io.opsconductor.chat.teams.thread;

import io.helidon.dbclient.DbRow;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of places, which are conversation references too: whatever is told later, also after a restart, goes there. */
public final class TeamsThreads {
    private final Database database;

    public TeamsThreads(Database database) {
        this.database = database;
    }

    public Optional<TeamsPlace> of(String conversation) {
        return database.one("select * from teams_thread where conversation = ?", TeamsThreads::read, conversation);
    }

    /** Whether something can be told there. */
    public boolean isOpen(String conversation) {
        return database.one(
                        "select conversation from teams_thread where conversation = ? and status = 'open'",
                        row -> Rows.text(row, "conversation"),
                        conversation)
                .isPresent();
    }

    /** Enters a place, or opens it again; the newest address for answers counts. */
    public void open(TeamsPlace place) {
        database.change(
                "insert into teams_thread (conversation, tenant, teams_conversation, place, kind, service_url,"
                        + " delivered_seq, status) values (?, ?, ?, ?, ?, ?, 0, 'open')"
                        + " on conflict (conversation) do update set status = 'open',"
                        + " service_url = excluded.service_url",
                place.conversation(),
                place.tenant(),
                place.id(),
                place.outer(),
                place.kind().name().toLowerCase(Locale.ROOT),
                place.serviceUrl());
    }

    /** Where answers for a tenant go, by any place of it. */
    public Optional<String> serviceUrl(String tenant) {
        return database.one(
                "select service_url from teams_thread where tenant = ? order by status, conversation limit 1",
                row -> Rows.text(row, "service_url"),
                tenant);
    }

    /** Up to which event the conversation is told in Teams. */
    public long deliveredSeq(String conversation) {
        return database.one(
                        "select delivered_seq from teams_thread where conversation = ?",
                        row -> Rows.number(row, "delivered_seq"),
                        conversation)
                .orElse(0L);
    }

    public void delivered(String conversation, long seq) {
        database.change(
                "update teams_thread set delivered_seq = ? where conversation = ? and delivered_seq < ?",
                seq,
                conversation,
                seq);
    }

    /** Nothing more is told there until somebody writes there again. */
    public void unreachable(String conversation) {
        database.change("update teams_thread set status = 'unreachable' where conversation = ?", conversation);
    }

    /** As {@link #unreachable}, for every thread of a channel, group or talk: the app was removed there. */
    public void removed(String tenant, String outer) {
        database.change("update teams_thread set status = 'unreachable' where tenant = ? and place = ?", tenant, outer);
    }

    /** The app is there again. */
    public void restored(String tenant, String outer) {
        database.change("update teams_thread set status = 'open' where tenant = ? and place = ?", tenant, outer);
    }

    /** Open places with stored events that are not told yet. */
    public List<String> behind() {
        return database.query(
                "select conversation from teams_thread t where t.status = 'open' and exists (select 1 from event e"
                        + " where e.conversation = t.conversation and e.seq > t.delivered_seq)",
                row -> Rows.text(row, "conversation"));
    }

    /** Since when the oldest event that is not told waits. */
    public Optional<Instant> oldestUntold() {
        return database.one(
                        "select coalesce(min(e.at), '') as oldest from teams_thread t join event e on e.conversation ="
                                + " t.conversation and e.seq > t.delivered_seq where t.status = 'open'",
                        row -> Rows.text(row, "oldest"))
                .filter(at -> !at.isEmpty())
                .map(Instant::parse);
    }

    private static TeamsPlace read(DbRow row) {
        return new TeamsPlace(
                Rows.text(row, "tenant"),
                Rows.text(row, "teams_conversation"),
                TeamsPlace.Kind.valueOf(Rows.text(row, "kind").toUpperCase(Locale.ROOT)),
                Rows.text(row, "service_url"));
    }
}
