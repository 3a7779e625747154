package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.chat.deliver.Places;
import io.opsconductor.chat.deliver.Teller;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import java.util.Optional;

/** Conversations as threads of Slack, where the app is installed and the thread was not lost. */
final class SlackPlaces implements Places {
    private final SlackThreads threads;
    private final Workspaces workspaces;
    private final People people;
    private final Recorded recorded;
    private final SlackTeller.Parts parts;

    SlackPlaces(
            SlackThreads threads, Workspaces workspaces, People people, Recorded recorded, SlackTeller.Parts parts) {
        this.threads = threads;
        this.workspaces = workspaces;
        this.people = people;
        this.recorded = recorded;
        this.parts = parts;
    }

    @Override
    public Optional<Teller> open(String conversation) {
        Optional<SlackThread> thread = threads.of(conversation).filter(_ -> recorded.isOpen(conversation));
        Optional<Workspace> workspace = thread.flatMap(open -> workspaces.find(open.team()));
        if (thread.isEmpty() || workspace.isEmpty()) {
            return Optional.empty();
        }
        WorkspaceMentions mentions = new WorkspaceMentions(workspace.get().team(), people);
        return Optional.of(
                new SlackTeller(new OpenThread(thread.get(), workspace.get(), parts.posts(), mentions), parts));
    }

    @Override
    public long deliveredSeq(String conversation) {
        return threads.deliveredSeq(conversation);
    }

    @Override
    public void delivered(String conversation, long seq) {
        threads.delivered(conversation, seq);
    }

    @Override
    public void retried() {
        parts.measures().retried();
    }
}
