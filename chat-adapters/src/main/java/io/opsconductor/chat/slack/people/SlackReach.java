package io.opsconductor.chat.slack.people;

import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Reach;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.ApprovalWords;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches people of the workspaces in which the app is installed, by direct messages. */
public final class SlackReach implements Reach {
    private static final Logger LOG = LoggerFactory.getLogger(SlackReach.class);
    private static final Pattern IDENTITY = Pattern.compile("slack:([A-Z0-9]{1,40})/([A-Z0-9]{1,40})");

    private final SlackCalls calls;
    private final Workspaces workspaces;
    private final SlackThreads threads;

    public SlackReach(SlackCalls calls, Workspaces workspaces, SlackThreads threads) {
        this.calls = calls;
        this.workspaces = workspaces;
        this.threads = threads;
    }

    @Override
    public boolean knows(String identity) {
        return IDENTITY.matcher(identity).matches();
    }

    /** A card in a channel mentions the first who may approve; in a direct talk nobody else sees it. */
    @Override
    public boolean calls(String conversation, ApprovalRequest request, String identity) {
        Matcher person = IDENTITY.matcher(identity);
        return person.matches()
                && threads.of(conversation)
                        .filter(thread -> thread.kind() == SlackThread.Kind.CHANNEL)
                        .filter(thread -> thread.team().equals(person.group(1)))
                        .isPresent()
                && ApprovalWords.calls(request.preview().approval(), person.group(1), identity);
    }

    @Override
    public Optional<String> directTalk(String identity) {
        Matcher person = IDENTITY.matcher(identity);
        Optional<Workspace> workspace = person.matches() ? workspaces.find(person.group(1)) : Optional.empty();
        if (workspace.isEmpty()) {
            return Optional.empty();
        }
        Answer<String> answer = calls.directTalk(workspace.get(), person.group(2));
        if (answer instanceof Answer.Ok<String>(String channel)) {
            return Optional.of(threads.open(workspace.get().team(), channel, "", SlackThread.Kind.DIRECT)
                    .conversation());
        }
        LOG.warn("{} cannot be told what waits for them: {}", identity, answer);
        return Optional.empty();
    }
}
