package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the store knows of threads besides their events: who asked, who has seen what, what is not told. */
final class Recorded {

    /** Begins the platform event of every message that came through Slack. */
    private static final String SLACK = "slack:";

    private final Database database;

    Recorded(Database database) {
        this.database = database;
    }

    /**
     * Whether everybody in the thread has seen a user's message: it was written there, or what brought it, such as a
     * button, had its words posted there.
     */
    boolean isSeen(SlackThread thread, String message) {
        return database.one(
                        "select platform_event from message where id = ?",
                        row -> Rows.text(row, "platform_event"),
                        message)
                .filter(event -> event.startsWith(SLACK))
                .map(event -> event.substring(SLACK.length()))
                .filter(event ->
                        event.startsWith(thread.team() + ":" + thread.channel() + ":") || hasPost(event, thread))
                .isPresent();
    }

    private boolean hasPost(String arrival, SlackThread thread) {
        return database.one(
                        "select name from slack_post where owner = ? and team = ? and channel = ? and status = 'posted'",
                        row -> Rows.text(row, "name"),
                        arrival,
                        thread.team(),
                        thread.channel())
                .isPresent();
    }

    /** The identity of whoever of the workspace wrote last. */
    Optional<String> lastSpeaker(SlackThread thread) {
        return database.one(
                "select sender from message where conversation = ? and sender like ? order by arrival desc limit 1",
                row -> Rows.text(row, "sender"),
                thread.conversation(),
                "slack:" + thread.team() + "/%");
    }

    boolean isOpen(String conversation) {
        return database.one(
                        "select conversation from slack_thread where conversation = ? and status = 'open'",
                        row -> Rows.text(row, "conversation"),
                        conversation)
                .isPresent();
    }

    /** Since when the oldest event that is not told waits, for each workspace that has such events. */
    Map<String, Instant> oldestUntold() {
        record Oldest(String team, Instant at) {}
        return database
                .query(
                        "select t.team as team, min(e.at) as oldest from slack_thread t join event e"
                                + " on e.conversation = t.conversation and e.seq > t.delivered_seq"
                                + " where t.status = 'open' group by t.team",
                        row -> new Oldest(Rows.text(row, "team"), Rows.instant(row, "oldest")))
                .stream()
                .collect(Collectors.toMap(Oldest::team, Oldest::at));
    }
}
