package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is to be told of what waits for them, and when. */
final class NoticeStore {
    /** What is told. */
    enum Kind {
        REQUEST,
        REMINDER;

        String word() {
            return this == REQUEST ? "request" : "reminder";
        }
    }

    /**
     * One notice that is due.
     *
     * @param person the policy's name; empty for the conversation itself
     */
    record Due(String approval, String person, Kind kind, long tries) {}

    private final Database database;

    NoticeStore(Database database) {
        this.database = database;
    }

    /** Pending requests of which nobody is to be told yet. */
    List<String> unseen() {
        return database.query(
                "select a.id from approval a where a.state = 'pending'"
                        + " and not exists (select 1 from notice n where n.approval = a.id)",
                row -> Rows.text(row, "id"));
    }

    void enter(DbExecute tx, String approval, String person, Kind kind, Instant due) {
        tx.dml(
                "insert into notice (approval, person, kind, due_ms, tries, state) values (?, ?, ?, ?, 0, 'due')"
                        + " on conflict (approval, person, kind) do nothing",
                approval,
                person,
                kind.word(),
                due.toEpochMilli());
    }

    /** What is due, the oldest first. */
    List<Due> due(Instant now, int most) {
        return database.query(
                "select approval, person, kind, tries from notice where state = 'due' and due_ms <= ?"
                        + " order by due_ms limit " + most,
                NoticeStore::read,
                now.toEpochMilli());
    }

    /** When the next one is due. */
    Optional<Instant> next() {
        return database.one(
                        "select coalesce(min(due_ms), -1) as next from notice where state = 'due'",
                        row -> Rows.number(row, "next"))
                .filter(next -> next >= 0)
                .map(Instant::ofEpochMilli);
    }

    /** Whether this settled it; false when it was settled before. */
    boolean settle(DbExecute tx, Due notice, boolean told) {
        return tx.dml(
                        "update notice set state = ? where approval = ? and person = ? and kind = ? and state = 'due'",
                        told ? "told" : "dropped",
                        notice.approval(),
                        notice.person(),
                        notice.kind().word())
                == 1;
    }

    void later(Due notice, Instant due) {
        database.change(
                "update notice set due_ms = ?, tries = tries + 1 where approval = ? and person = ? and kind = ?"
                        + " and state = 'due'",
                due.toEpochMilli(),
                notice.approval(),
                notice.person(),
                notice.kind().word());
    }

    private static Due read(DbRow row) {
        return new Due(
                Rows.text(row, "approval"),
                Rows.text(row, "person"),
                Rows.text(row, "kind").equals("request") ? Kind.REQUEST : Kind.REMINDER,
                Rows.number(row, "tries"));
    }
}
