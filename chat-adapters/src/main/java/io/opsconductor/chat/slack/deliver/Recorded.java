package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the store knows besides the events: which of them belong to a plan, who asked, what runs. */
final class Recorded {
    private static final Pattern APPROVAL = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** Begins the platform event of every message that came through Slack. */
    private static final String SLACK = "slack:";

    private final Database database;

    Recorded(Database database) {
        this.database = database;
    }

    /** The numbers of a plan's card, decisions and result, in order. */
    List<Long> planEvents(String conversation, String approval) {
        if (!APPROVAL.matcher(approval).matches()) {
            return List.of();
        }
        return database.query(
                "select seq from event where conversation = ? and type in ('plan', 'decision', 'result')"
                        + " and body like ? order by seq",
                row -> Rows.number(row, "seq"),
                conversation,
                "%\"approval\":\"" + approval + "\"%");
    }

    /** Every conversation that shows a plan's card. */
    List<String> conversationsOf(String approval) {
        return database.query(
                "select conversation from approval where id = ? union select conversation from approval_place"
                        + " where approval = ?",
                row -> Rows.text(row, "conversation"),
                approval,
                approval);
    }

    Optional<String> executionOf(String approval) {
        return database.one("select id from execution where approval = ?", row -> Rows.text(row, "id"), approval);
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
