package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Outcome;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.workspace.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation's thread, to be written in. A message that Slack does not take is written plainly instead, with all of it
 * in a file; it is never left out.
 */
final class OpenThread {
    private static final Logger LOG = LoggerFactory.getLogger(OpenThread.class);

    private final SlackThread thread;
    private final Workspace workspace;
    private final Posts posts;
    private final WorkspaceMentions mentions;

    OpenThread(SlackThread thread, Workspace workspace, Posts posts, WorkspaceMentions mentions) {
        this.thread = thread;
        this.workspace = workspace;
        this.posts = posts;
        this.mentions = mentions;
    }

    SlackThread thread() {
        return thread;
    }

    Workspace workspace() {
        return workspace;
    }

    WorkspaceMentions mentions() {
        return mentions;
    }

    private interface Writing {
        Answer<Posted> write(SlackMessage message) throws InterruptedException;
    }

    /** Posts once. */
    Outcome post(String name, SlackMessage message) throws InterruptedException {
        return written(
                name,
                message,
                one -> posts.once(workspace, thread.conversation(), name, thread.channel(), thread.threadTs(), one));
    }

    /** Posts, changes, or posts afresh. */
    Outcome show(String name, SlackMessage message, boolean anyway) throws InterruptedException {
        return written(
                name,
                message,
                one -> posts.show(
                        workspace, thread.conversation(), name, thread.channel(), thread.threadTs(), one, anyway));
    }

    /** Brings a file once; one that Slack does not take is spoken of instead, so that it holds up nothing after it. */
    Outcome file(String name, SlackFile file) throws InterruptedException {
        Answer<Boolean> answer =
                posts.file(workspace, thread.conversation(), name, thread.channel(), thread.threadTs(), file);
        if (answer instanceof Answer.Refused<Boolean>(String error, String _) && Meaning.of(error) == Meaning.OTHER) {
            LOG.warn("Slack does not take the file {} of {}: {}", name, thread.conversation(), error);
            return post(
                    name + ":refused",
                    Words.note("Slack does not take the file " + file.name() + " (it says: "
                            + error.replace('_', ' ')
                            + "). Nothing else is missing here; whoever runs OpsConductor can see"
                            + " why in the log."));
        }
        return SlackOutcome.of(answer);
    }

    boolean has(String name) {
        return posts.find(thread.conversation(), name).isPresent();
    }

    private Outcome written(String name, SlackMessage message, Writing writing) throws InterruptedException {
        Answer<Posted> answer = writing.write(message);
        if (!isNotTaken(answer)) {
            return SlackOutcome.of(answer);
        }
        LOG.warn("Slack does not take {} of {} ({}): it is written plainly", name, thread.conversation(), answer);
        Plain plain = Plain.of(message);
        Answer<Posted> plainly = writing.write(plain.withButtons());
        if (isNotTaken(plainly)) {
            plainly = writing.write(plain.barest());
        }
        Outcome outcome = SlackOutcome.of(plainly);
        return outcome instanceof Outcome.Done ? file(name + ":whole", plain.whole()) : outcome;
    }

    private static boolean isNotTaken(Answer<Posted> answer) {
        return answer instanceof Answer.Refused<Posted>(String error, String _) && Meaning.of(error) == Meaning.OTHER;
    }
}
