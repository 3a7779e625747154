package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are shared once. Uploading shows nothing, so it is simply done again; the uploaded file's id is stored before
 * it is shared. When the answer is missing, or a crash came in between, Slack is asked whether that file is shared before
 * it is shared again.
 *
 * <p>What remains: when Slack may not be asked (the scope {@code files:read} was taken away), the same file is shared
 * again, because a doubled file does less harm than a lost one.
 */
final class FilePosts {
    private static final Logger LOG = LoggerFactory.getLogger(FilePosts.class);
    private static final int SHARINGS = 3;

    private final PostStore store;
    private final Sending sending;
    private final DeliveryMeasures measures;
    private final Tempo tempo;

    FilePosts(PostStore store, Sending sending, DeliveryMeasures measures, Tempo tempo) {
        this.store = store;
        this.sending = sending;
        this.measures = measures;
        this.tempo = tempo;
    }

    /**
     * Where a file goes.
     *
     * @param owner what it belongs to
     * @param name which of the owner's
     * @param threadTs empty for a message of its own
     */
    record Spot(String owner, String name, String channel, String threadTs) {}

    /** Brings a file, or tells that it was brought before. */
    Answer<Boolean> once(Workspace workspace, Spot spot, SlackFile file) throws InterruptedException {
        Optional<PostStore.Row> row = store.find(spot.owner(), spot.name());
        if (row.isPresent() && row.get() instanceof PostStore.Row.Done) {
            return new Answer.Ok<>(true);
        }
        if (row.isPresent() && row.get() instanceof PostStore.Row.Sending(String id) && !id.isEmpty()) {
            return shared(workspace, spot, id, file.title(), true);
        }
        Answer<String> uploaded = sending.upload(workspace, file);
        if (!(uploaded instanceof Answer.Ok<String>(String id))) {
            return uploaded.map(_ -> false);
        }
        store.sending(spot.owner(), spot.name(), workspace.team(), spot.channel(), spot.threadTs(), id);
        return shared(workspace, spot, id, file.title(), false);
    }

    private Answer<Boolean> shared(Workspace workspace, Spot spot, String id, String title, boolean sharedBefore)
            throws InterruptedException {
        boolean uncertain = sharedBefore;
        Answer<Boolean> last = new Answer.Unknown<>("the process ended while it was shared");
        for (int attempt = 0; attempt < SHARINGS; attempt++) {
            if (uncertain) {
                Answer<Boolean> there = sending.isShared(workspace, spot.channel(), id);
                if (there instanceof Answer.Ok<Boolean>(Boolean yes) && yes) {
                    return stored(spot);
                }
                if (there instanceof Answer.Refused<Boolean>(String error, String _)) {
                    LOG.warn("whether a file is shared cannot be asked ({}), so it is shared again", error);
                } else if (!(there instanceof Answer.Ok<Boolean>)) {
                    return there;
                }
                measures.retried();
            }
            last = sending.share(workspace, spot.channel(), spot.threadTs(), id, title);
            switch (last) {
                case Answer.Ok<Boolean> _ -> {
                    return stored(spot);
                }
                case Answer.Unknown<Boolean>(String why) -> {
                    LOG.warn("whether {} of {} was shared is unknown ({})", spot.name(), spot.owner(), why);
                    uncertain = true;
                    Thread.sleep(tempo.settle());
                }
                case Answer.Refused<Boolean> _ -> {
                    // Most likely the file is gone: the next time it is uploaded afresh.
                    store.forget(spot.owner(), spot.name());
                    return last;
                }
                case Answer.Unreachable<Boolean> _, Answer.Limited<Boolean> _ -> {
                    return last;
                }
            }
        }
        return last;
    }

    private Answer<Boolean> stored(Spot spot) {
        store.posted(spot.owner(), spot.name(), new Posted(spot.channel(), ""), "");
        return new Answer.Ok<>(true);
    }
}
