package io.opsconductor.chat.teams.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.teams.call.Uploads;
import io.opsconductor.chat.teams.card.FileCards;
import io.opsconductor.chat.teams.card.Words;
import io.opsconductor.chat.teams.deliver.TeamsPosts;
import io.opsconductor.chat.teams.receive.Activity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody answered when they were asked whether a file may be stored among theirs. */
final class FileConsents {
    private static final Logger LOG = LoggerFactory.getLogger(FileConsents.class);

    private final Acting acting;
    private final TeamsPosts posts;
    private final Uploads uploads;

    FileConsents(Acting acting, TeamsPosts posts, Uploads uploads) {
        this.acting = acting;
        this.posts = posts;
        this.uploads = uploads;
    }

    /** Stores the file when it may be, and says so in the place of the question. */
    void answered(Press press, Activity activity) throws InterruptedException {
        JsonNode value = activity.body().path("value");
        Optional<FileCards.Output> file = Press.act(value.path("context"))
                .filter(Act.FullOutput.class::isInstance)
                .flatMap(act -> acting.file(press, (Act.FullOutput) act));
        if (file.isEmpty()) {
            LOG.warn("{} answered about a file that does not belong there", press.identity());
            return;
        }
        boolean accepted = Activity.text(value, "action").equals("accept");
        if (accepted && !stored(press, file.get(), value.path("uploadInfo"))) {
            posts.once(
                    press.place(),
                    press.arrival(),
                    "words",
                    Words.note("The file could not be stored. Press \"Show all of it\" again."));
            return;
        }
        if (!activity.replyTo().isEmpty()) {
            Answer<String> changed =
                    posts.replace(press.place(), activity.replyTo(), FileCards.answered(file.get(), accepted));
            LOG.debug("the question about {}: {}", file.get().name(), changed);
        }
    }

    private boolean stored(Press press, FileCards.Output file, JsonNode upload) throws InterruptedException {
        if (!uploads.put(Activity.text(upload, "uploadUrl"), file.bytes())) {
            LOG.warn("{} was not stored where Teams said", file.name());
            return false;
        }
        return posts.once(
                        press.place(),
                        press.arrival(),
                        "file",
                        FileCards.stored(file, Activity.text(upload, "contentUrl"), Activity.text(upload, "uniqueId")))
                instanceof Answer.Ok<String>;
    }
}
