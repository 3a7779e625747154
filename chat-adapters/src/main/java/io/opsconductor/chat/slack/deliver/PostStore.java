package io.opsconductor.chat.slack.deliver;

import io.helidon.dbclient.DbRow;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.Optional;

/**
 * The table of posts. While a post is being sent, its row holds what it is found again by in place of its content: the key
 * that a message is sent with, the id of a file.
 */
final class PostStore {
    private final Database database;

    PostStore(Database database) {
        this.database = database;
    }

    /** A row of the table. */
    sealed interface Row {
        /** @param key what it is found again by */
        record Sending(String key) implements Row {}

        /** @param content digest of what is shown; empty when that is not certain */
        record Done(String team, Posted posted, String content) implements Row {}
    }

    Optional<Row> find(String owner, String name) {
        return database.one("select * from slack_post where owner = ? and name = ?", PostStore::read, owner, name);
    }

    void sending(String owner, String name, String team, String channel, String threadTs, String key) {
        database.change(
                "insert into slack_post (owner, name, team, channel, thread_ts, ts, content, status)"
                        + " values (?, ?, ?, ?, ?, '', ?, 'sending')"
                        + " on conflict (owner, name) do update set content = excluded.content",
                owner,
                name,
                team,
                channel,
                threadTs,
                key);
    }

    void posted(String owner, String name, Posted posted, String content) {
        database.change(
                "update slack_post set status = 'posted', channel = ?, ts = ?, content = ?"
                        + " where owner = ? and name = ?",
                posted.channel(),
                posted.ts(),
                content,
                owner,
                name);
    }

    void shows(String owner, String name, String content) {
        database.change(
                "update slack_post set content = ? where owner = ? and name = ? and status = 'posted'",
                content,
                owner,
                name);
    }

    void forget(String owner, String name) {
        database.change("delete from slack_post where owner = ? and name = ?", owner, name);
    }

    private static Row read(DbRow row) {
        String content = Rows.text(row, "content");
        return Rows.text(row, "status").equals("sending")
                ? new Row.Sending(content)
                : new Row.Done(
                        Rows.text(row, "team"), new Posted(Rows.text(row, "channel"), Rows.text(row, "ts")), content);
    }
}
