package io.opsconductor.chat.slack.thread;

import io.helidon.dbclient.DbRow;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of {@link SlackThread}s. */
public final class SlackThreads {
    private final Database database;

    public SlackThreads(Database database) {
        this.database = database;
    }

    public Optional<SlackThread> of(String conversation) {
        return database.one("select * from slack_thread where conversation = ?", SlackThreads::read, conversation);
    }

    public Optional<SlackThread> at(String team, String channel, String threadTs) {
        return of(SlackThread.conversationId(team, channel, threadTs));
    }

    /** The conversation of a place, entered when it is new. */
    public SlackThread open(String team, String channel, String threadTs, SlackThread.Kind kind) {
        SlackThread thread =
                new SlackThread(SlackThread.conversationId(team, channel, threadTs), team, channel, threadTs, kind);
        database.change(
                "insert into slack_thread (conversation, team, channel, thread_ts, kind, delivered_seq, status)"
                        + " values (?, ?, ?, ?, ?, 0, 'open') on conflict (conversation) do update set status = 'open'",
                thread.conversation(),
                team,
                channel,
                threadTs,
                kind.name().toLowerCase(Locale.ROOT));
        return thread;
    }

    /** Up to which event the conversation is told in Slack. */
    public long deliveredSeq(String conversation) {
        return database.one(
                        "select delivered_seq from slack_thread where conversation = ?",
                        row -> Rows.number(row, "delivered_seq"),
                        conversation)
                .orElse(0L);
    }

    public void delivered(String conversation, long seq) {
        database.change(
                "update slack_thread set delivered_seq = ? where conversation = ? and delivered_seq < ?",
                seq,
                conversation,
                seq);
    }

    /** Nothing more is delivered there until somebody writes there again: the channel is gone, or the app is not in it. */
    public void unreachable(String conversation) {
        database.change("update slack_thread set status = 'unreachable' where conversation = ?", conversation);
    }

    /** As {@link #unreachable}, for every thread of a channel. */
    public void unreachableIn(String team, String channel) {
        database.change("update slack_thread set status = 'unreachable' where team = ? and channel = ?", team, channel);
    }

    /** Open places with stored events that are not told yet. */
    public List<SlackThread> behind() {
        return database.query(
                "select * from slack_thread t where t.status = 'open' and exists (select 1 from event e"
                        + " where e.conversation = t.conversation and e.seq > t.delivered_seq)",
                SlackThreads::read);
    }

    private static SlackThread read(DbRow row) {
        return new SlackThread(
                Rows.text(row, "conversation"),
                Rows.text(row, "team"),
                Rows.text(row, "channel"),
                Rows.text(row, "thread_ts"),
                SlackThread.Kind.valueOf(Rows.text(row, "kind").toUpperCase(Locale.ROOT)));
    }
}
