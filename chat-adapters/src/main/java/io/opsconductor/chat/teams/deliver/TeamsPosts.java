package io.opsconductor.chat.teams.deliver;

import io.helidon.dbclient.DbRow;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.KeyLocks;
import io.opsconductor.chat.deliver.Pace;
import io.opsconductor.chat.deliver.PacedCalls;
import io.opsconductor.chat.teams.call.Connector;
import io.opsconductor.chat.teams.card.TeamsMessage;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts that are made once, and changed later. Where a post went is stored after it was made. Teams cannot be asked for a
 * post whose answer is missing, so that one is made again: a doubled message does less harm than a lost one.
 *
 * <p>All methods block, for Teams' pace as well. Safe for many threads; calls for one post go one after the other.
 */
public final class TeamsPosts {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsPosts.class);

    private final Database database;
    private final Connector connector;
    private final PacedCalls paced;
    private final KeyLocks locks = new KeyLocks();

    public TeamsPosts(Database database, Connector connector, PacedCalls paced) {
        this.database = database;
        this.connector = connector;
        this.paced = paced;
    }

    private record Row(String activity, String content) {}

    /** Posts, or tells where the same was posted before, whatever it looks like there. */
    public Answer<String> once(TeamsPlace place, String owner, String name, TeamsMessage message)
            throws InterruptedException {
        return locks.locked(owner + "/" + name, () -> {
            Optional<Row> row = find(owner, name);
            return row.isPresent() ? new Answer.Ok<>(row.get().activity()) : posted(place, owner, name, message);
        });
    }

    /**
     * Makes a post look like this: posts it, changes it, or posts it afresh when somebody deleted it.
     *
     * @param anyway sends it even when it should look so already
     */
    Answer<String> show(TeamsPlace place, String owner, String name, TeamsMessage message, boolean anyway)
            throws InterruptedException {
        return locks.locked(owner + "/" + name, () -> {
            Optional<Row> row = find(owner, name);
            if (row.isEmpty()) {
                return posted(place, owner, name, message);
            }
            String digest = digest(message);
            if (!anyway && row.get().content().equals(digest)) {
                return new Answer.Ok<>(row.get().activity());
            }
            Answer<String> changed = changed(place, row.get().activity(), message);
            if (TeamsOutcome.isGone(changed)) {
                LOG.info("{} of {} can be changed no more: it is posted afresh", name, owner);
                return posted(place, owner, name, message);
            }
            if (changed instanceof Answer.Ok<String>) {
                store(place, owner, name, row.get().activity(), digest);
            }
            return changed;
        });
    }

    /** Makes a message that has no name look like this. */
    public Answer<String> replace(TeamsPlace place, String activity, TeamsMessage message) throws InterruptedException {
        return changed(place, activity, message);
    }

    /** Takes the next change of a progress message; answers how long until one is free when none is. */
    Duration progress(TeamsPlace place) {
        return paced.progress(place.tenant());
    }

    boolean isPosted(String owner, String name) {
        return find(owner, name).isPresent();
    }

    private Answer<String> posted(TeamsPlace place, String owner, String name, TeamsMessage message)
            throws InterruptedException {
        Answer<String> answer = paced.post(
                place.tenant(), place.outer(), Pace.Method.POST, () -> connector.post(place, message.activity()));
        if (answer instanceof Answer.Ok<String>(String activity)) {
            store(place, owner, name, activity, digest(message));
        }
        return answer;
    }

    private Answer<String> changed(TeamsPlace place, String activity, TeamsMessage message)
            throws InterruptedException {
        return paced.update(
                place.tenant(), place.outer(), activity, () -> connector.update(place, activity, message.activity()));
    }

    private Optional<Row> find(String owner, String name) {
        return database.one("select * from teams_post where owner = ? and name = ?", TeamsPosts::read, owner, name);
    }

    private void store(TeamsPlace place, String owner, String name, String activity, String content) {
        database.change(
                "insert into teams_post (owner, name, teams_conversation, activity, content) values (?, ?, ?, ?, ?)"
                        + " on conflict (owner, name) do update set activity = excluded.activity,"
                        + " content = excluded.content",
                owner,
                name,
                place.id(),
                activity,
                content);
    }

    private static Row read(DbRow row) {
        return new Row(Rows.text(row, "activity"), Rows.text(row, "content"));
    }

    private static String digest(TeamsMessage message) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(message.activity().toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
