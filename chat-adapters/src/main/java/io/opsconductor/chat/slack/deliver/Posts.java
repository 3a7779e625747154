package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.KeyLocks;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.slack.call.PostKey;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts that are made once, and changed later. That a post is about to be sent is stored before the call, with a key that
 * goes along in the message's metadata; where it went is stored after it. When the answer is missing, or a crash came in
 * between, Slack is asked for a message with that key before anything is sent again.
 *
 * <p>What remains: Slack may let a message appear that is not to be found a moment after the call (it is looked for after
 * {@link Tempo#settle}), or may refuse to be searched (a scope was taken away, or hundreds of messages came since). Then
 * the message is sent again, because a doubled message does less harm than a lost one. Files: see {@link FilePosts}.
 *
 * <p>All methods block, for Slack's pace as well. Safe for many threads; calls for one post go one after the other.
 */
public final class Posts {
    private static final Logger LOG = LoggerFactory.getLogger(Posts.class);
    private static final int SEARCHES = 3;
    private static final int SENDS = 3;

    private final PostStore store;
    private final Workspaces workspaces;
    private final Sending sending;
    private final DeliveryMeasures measures;
    private final Tempo tempo;
    private final Clock clock;
    private final FilePosts files;
    private final KeyLocks locks = new KeyLocks();

    Posts(
            Database database,
            Workspaces workspaces,
            Sending sending,
            DeliveryMeasures measures,
            Tempo tempo,
            Clock clock) {
        this.store = new PostStore(database);
        this.workspaces = workspaces;
        this.sending = sending;
        this.measures = measures;
        this.tempo = tempo;
        this.clock = clock;
        this.files = new FilePosts(store, sending, measures, tempo);
    }

    /** Where a post is; empty when it was not made, or when it is not certain that it was. */
    public Optional<Posted> find(String owner, String name) {
        return store.find(owner, name)
                .flatMap(row -> row instanceof PostStore.Row.Done done ? Optional.of(done.posted()) : Optional.empty());
    }

    /**
     * Posts, or tells where the same was posted before, whatever it looks like there. After any answer but {@code Ok} it
     * may be called again.
     *
     * @param owner what the post belongs to: a conversation's or an arrival's id
     * @param name which post of the owner
     * @param threadTs empty for a message of its own
     */
    public Answer<Posted> once(
            Workspace workspace, String owner, String name, String channel, String threadTs, SlackMessage message)
            throws InterruptedException {
        return locked(owner, name, () -> switch (store.find(owner, name).orElse(null)) {
            case null -> {
                String key = PostKey.fresh(clock.instant());
                store.sending(owner, name, workspace.team(), channel, threadTs, key);
                yield send(workspace, owner, name, channel, threadTs, message, key, false);
            }
            case PostStore.Row.Sending(String key) ->
                send(workspace, owner, name, channel, threadTs, message, key, true);
            case PostStore.Row.Done done -> new Answer.Ok<>(done.posted());
        });
    }

    private Answer<Posted> send(
            Workspace workspace,
            String owner,
            String name,
            String channel,
            String threadTs,
            SlackMessage message,
            String key,
            boolean sentBefore)
            throws InterruptedException {
        boolean uncertain = sentBefore;
        boolean notThere = !sentBefore;
        Answer<Posted> last = new Answer.Unknown<>("the process ended while it was sent");
        for (int attempt = 0; attempt < SENDS; attempt++) {
            if (uncertain) {
                Answer<Optional<Posted>> found = search(workspace, channel, threadTs, key);
                if (found instanceof Answer.Ok<Optional<Posted>>(Optional<Posted> place) && place.isPresent()) {
                    store.posted(owner, name, place.get(), "");
                    return new Answer.Ok<>(place.get());
                }
                if (!isSearched(found)) {
                    return found.then(_ -> new Answer.Unknown<>("it was not looked for"));
                }
                notThere = found instanceof Answer.Ok<Optional<Posted>>;
                measures.retried();
            }
            last = sending.post(workspace, channel, threadTs, message, key);
            switch (last) {
                case Answer.Ok<Posted>(Posted posted) -> {
                    store.posted(owner, name, posted, ContentDigest.of(message));
                    return last;
                }
                case Answer.Unknown<Posted>(String why) -> {
                    LOG.warn("whether {} of {} was posted is unknown ({}): Slack is asked for it", name, owner, why);
                    uncertain = true;
                    notThere = false;
                    Thread.sleep(tempo.settle());
                }
                case Answer.Refused<Posted> _, Answer.Unreachable<Posted> _, Answer.Limited<Posted> _ -> {
                    // An earlier sending that nobody could look for stays in doubt.
                    if (notThere) {
                        store.forget(owner, name);
                    }
                    return last;
                }
            }
        }
        return last;
    }

    /** Tries again when Slack cannot be asked, a few times. */
    private Answer<Optional<Posted>> search(Workspace workspace, String channel, String threadTs, String key)
            throws InterruptedException {
        Answer<Optional<Posted>> found = sending.posted(workspace, channel, threadTs, key);
        for (int attempt = 1; attempt < SEARCHES && !isSearched(found); attempt++) {
            Thread.sleep(tempo.retryAfter(attempt));
            found = sending.posted(workspace, channel, threadTs, key);
        }
        return found;
    }

    /** Whether asking again would tell nothing else. */
    private static boolean isSearched(Answer<Optional<Posted>> found) {
        return switch (found) {
            case Answer.Ok<Optional<Posted>> _ -> true;
            case Answer.Refused<Optional<Posted>>(String error, String _) -> {
                LOG.warn("a message cannot be looked for ({}), so it is posted again", error);
                yield true;
            }
            case Answer.Limited<Optional<Posted>> _,
                    Answer.Unreachable<Optional<Posted>> _,
                    Answer.Unknown<Optional<Posted>> _ -> false;
        };
    }

    /**
     * Makes a post look like this: posts it, changes it, or posts it afresh when somebody deleted it or Slack lets it be
     * changed no more.
     *
     * @param anyway sends it even when it should look so already
     */
    Answer<Posted> show(
            Workspace workspace,
            String owner,
            String name,
            String channel,
            String threadTs,
            SlackMessage message,
            boolean anyway)
            throws InterruptedException {
        return locked(owner, name, () -> {
            if (find(owner, name).isEmpty()) {
                Answer<Posted> posted = once(workspace, owner, name, channel, threadTs, message);
                // One that was found again may look older.
                return posted instanceof Answer.Ok<Posted> ? changed(owner, name, message, false) : posted;
            }
            Answer<Posted> changed = changed(owner, name, message, anyway);
            if (changed instanceof Answer.Refused<Posted>(String error, String _)
                    && Meaning.of(error) == Meaning.MESSAGE_GONE) {
                LOG.info("{} of {} can be changed no more ({}): it is posted afresh", name, owner, error);
                store.forget(owner, name);
                return once(workspace, owner, name, channel, threadTs, message);
            }
            return changed;
        });
    }

    /**
     * Changes a post. Nothing is sent when it looks so already.
     *
     * @return {@code Refused} with {@code message_not_found} when it was never posted or is gone
     */
    public Answer<Posted> change(String owner, String name, SlackMessage message) throws InterruptedException {
        return locked(owner, name, () -> changed(owner, name, message, false));
    }

    private Answer<Posted> changed(String owner, String name, SlackMessage message, boolean anyway)
            throws InterruptedException {
        if (!(store.find(owner, name).orElse(null) instanceof PostStore.Row.Done done)) {
            return new Answer.Refused<>("message_not_found", "");
        }
        String digest = ContentDigest.of(message);
        if (!anyway && done.content().equals(digest)) {
            return new Answer.Ok<>(done.posted());
        }
        Optional<Workspace> workspace = workspaces.find(done.team());
        if (workspace.isEmpty()) {
            return new Answer.Refused<>("account_inactive", "the app is not installed there");
        }
        Answer<Posted> answer = sending.update(workspace.get(), done.posted(), message);
        switch (answer) {
            case Answer.Ok<Posted> _ -> store.shows(owner, name, digest);
            // What it shows now is not certain, so the next change is not left out.
            case Answer.Unknown<Posted> _ -> store.shows(owner, name, "");
            case Answer.Refused<Posted> _, Answer.Unreachable<Posted> _, Answer.Limited<Posted> _ -> {}
        }
        return answer;
    }

    /** Brings a file once; after any answer but {@code Ok} it may be called again. */
    Answer<Boolean> file(
            Workspace workspace, String owner, String name, String channel, String threadTs, SlackFile file)
            throws InterruptedException {
        return locked(
                owner, name, () -> files.once(workspace, new FilePosts.Spot(owner, name, channel, threadTs), file));
    }

    /** Takes the next change of a progress message; answers how long until one is free when none is. */
    Duration progress(String team) {
        return sending.progress(team);
    }

    private <T> T locked(String owner, String name, KeyLocks.Work<T> work) throws InterruptedException {
        return locks.locked(owner + "/" + name, work);
    }
}
