package io.opsconductor.chat.slack.people;

import io.opsconductor.brain.People;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.call.SlackUser;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's users, asked for once in ten minutes each; that Slack knows nobody of a name is believed for one minute, and that
 * it could not be asked not at all. Names go on to the brain, for cards and sentences.
 */
public final class SlackPeople {
    private static final Logger LOG = LoggerFactory.getLogger(SlackPeople.class);
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
    /** Somebody waits for the answer, and a button's form must open within 3 s. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private static final int CACHED = 5_000;

    private record Key(String workspace, String user) {}

    private record Kept(FoundUser found, Instant until) {}

    private final SlackCalls calls;
    private final People people;
    private final Clock clock;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > CACHED;
        }
    };

    public SlackPeople(SlackCalls calls, People people, Clock clock) {
        this.calls = calls;
        this.people = people;
        this.clock = clock;
    }

    /** Who has this id in a workspace or in a channel that is shared with it. */
    public FoundUser find(Workspace workspace, String user) throws InterruptedException {
        Key key = new Key(workspace.team(), user);
        FoundUser known = kept(key);
        if (known != null) {
            return known;
        }
        FoundUser found = switch (asked(workspace, user)) {
            case Answer.Ok<SlackUser>(SlackUser told) -> new FoundUser.Known(told);
            case Answer.Refused<SlackUser>(String error, String detail) -> refused(workspace, error, detail);
            case Answer.Limited<SlackUser> _ -> new FoundUser.NotNow("it has too much to do");
            case Answer.Unreachable<SlackUser> _ -> new FoundUser.NotNow("it cannot be reached");
            case Answer.Unknown<SlackUser> _ -> new FoundUser.NotNow("it did not answer");
        };
        keep(key, found);
        if (found instanceof FoundUser.Known(SlackUser told) && !told.team().isEmpty()) {
            people.learned("slack:" + told.team() + "/" + told.id(), told.name());
        }
        return found;
    }

    /** How somebody is called, for a mention in a text: the name, or the id when there is none. */
    public String name(Workspace workspace, String user) throws InterruptedException {
        return find(workspace, user) instanceof FoundUser.Known(SlackUser told)
                        && !told.name().isBlank()
                ? told.name()
                : user;
    }

    /** Slack says that something about somebody changed. */
    public void changed(String workspace, String user) {
        synchronized (kept) {
            kept.remove(new Key(workspace, user));
        }
    }

    /** Asks, and once more after a short wait when the first time brought no answer: asking changes nothing. */
    private Answer<SlackUser> asked(Workspace workspace, String user) throws InterruptedException {
        Answer<SlackUser> first = calls.user(workspace, user);
        return switch (first) {
            case Answer.Ok<SlackUser> _ -> first;
            case Answer.Refused<SlackUser> _ -> first;
            case Answer.Limited<SlackUser>(Duration wait) ->
                wait.compareTo(LONGEST_WAIT) > 0 ? first : again(workspace, user, wait);
            case Answer.Unreachable<SlackUser> _ -> again(workspace, user, SHORTEST_WAIT);
            case Answer.Unknown<SlackUser> _ -> again(workspace, user, SHORTEST_WAIT);
        };
    }

    private Answer<SlackUser> again(Workspace workspace, String user, Duration wait) throws InterruptedException {
        Thread.sleep(wait);
        return calls.user(workspace, user);
    }

    /** Only "there is no such user" is an answer about the user; anything else is about us. */
    private static FoundUser refused(Workspace workspace, String error, String detail) {
        if (error.equals("user_not_found") || error.equals("user_not_visible")) {
            return new FoundUser.Unknown();
        }
        LOG.warn("Slack does not tell users of {}: {} {}", workspace, error, detail);
        return new FoundUser.NotNow("it says " + error);
    }

    private @Nullable FoundUser kept(Key key) {
        synchronized (kept) {
            Kept entry = kept.get(key);
            return entry != null && clock.instant().isBefore(entry.until()) ? entry.found() : null;
        }
    }

    private void keep(Key key, FoundUser found) {
        Duration time = switch (found) {
            case FoundUser.Known _ -> KNOWN_FOR;
            case FoundUser.Unknown _ -> UNKNOWN_FOR;
            case FoundUser.NotNow _ -> Duration.ZERO;
        };
        if (time.isPositive()) {
            synchronized (kept) {
                kept.put(key, new Kept(found, clock.instant().plus(time)));
            }
        }
    }
}
