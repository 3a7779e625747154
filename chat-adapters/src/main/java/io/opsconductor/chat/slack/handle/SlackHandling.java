package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.overview.Overview;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalWork;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.people.Admission;
import io.opsconductor.chat.slack.people.AdmissionRules;
import io.opsconductor.chat.slack.people.SlackPeople;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with each kind of arrival. Everything may come twice: messages are taken once per message, acts change a plan
 * that is still as it was seen, and posts are made once.
 */
public final class SlackHandling implements ArrivalWork {
    private static final Logger LOG = LoggerFactory.getLogger(SlackHandling.class);

    private final Workspaces workspaces;
    private final SlackPeople people;
    private final MessageEvents messages;
    private final Commands commands;
    private final Shortcuts shortcuts;
    private final Presses presses;
    private final Submissions submissions;
    private final Homes homes;
    private final Assistants assistants;
    private final Channels channels;

    /**
     * What Slack's side gives.
     *
     * @param posts makes posts once
     * @param cards brings cards up to date
     * @param files brings outputs
     */
    public record SlackSide(
            SlackCalls calls,
            Workspaces workspaces,
            SlackThreads threads,
            OncePosts posts,
            StaleCards cards,
            AskedFiles files) {}

    /** What the brain gives. */
    public record BrainSide(
            Acts acts,
            Conversations conversations,
            Overview overview,
            KnowledgeSources knowledge,
            People people,
            Tenancy tenancy) {}

    public SlackHandling(SlackSide slack, BrainSide brain, SlackPeople people, AdmissionRules rules, Clock clock) {
        this.workspaces = slack.workspaces();
        this.people = people;
        Admission admission = new Admission(rules, people, brain.tenancy());
        PrivateWords words = new PrivateWords(slack.calls());
        Door door = new Door(admission, words, clock);
        SpokenText spoken = new SpokenText(people);
        Hints hints = new Hints(brain.knowledge());
        Talk talk = new Talk(brain.acts().inbox(), slack.threads(), slack.calls(), words);
        Spokesman spokesman = new Spokesman(slack.posts(), talk, words);
        Dialogs dialogs = new Dialogs(slack.calls(), words);
        PlanActs plans = new PlanActs(brain.acts(), slack.cards(), dialogs, words);
        RunActs runs = new RunActs(brain.acts(), slack.files(), words);
        Sayings sayings = new Sayings(talk, slack.calls(), words);
        this.messages = new MessageEvents(door, talk, spoken, words, clock);
        this.commands = new Commands(door, spokesman, spoken, hints, words, sayings);
        this.shortcuts = new Shortcuts(door, dialogs, spoken);
        this.homes = new Homes(
                slack.calls(),
                admission,
                brain.overview(),
                hints,
                brain.people(),
                new ThreadLinks(slack.calls(), slack.threads()));
        this.presses = new Presses(door, plans, runs, sayings, homes, words);
        this.submissions = new Submissions(brain.acts(), door, plans, spokesman, spoken, homes, words);
        this.assistants = new Assistants(slack.calls(), slack.threads(), slack.posts(), admission, hints);
        this.channels = new Channels(slack.threads(), slack.posts(), hints, rules);
    }

    @Override
    public void handle(Arrival arrival) throws InterruptedException {
        Optional<Workspace> workspace = workspaces.find(arrival.team());
        if (workspace.isEmpty()) {
            LOG.info(
                    "{} {} of {} is passed over: the app is not installed there",
                    arrival.kind(),
                    arrival.id(),
                    arrival.team());
            return;
        }
        switch (arrival.kind()) {
            case EVENT -> event(arrival, workspace.get(), arrival.body().path("event"));
            case COMMAND -> commands.handle(arrival, workspace.get());
            case SHORTCUT -> shortcuts.handle(arrival, workspace.get());
            case ACTION -> presses.handle(arrival, workspace.get());
            case SUBMISSION -> submissions.handle(arrival, workspace.get());
        }
    }

    private void event(Arrival arrival, Workspace workspace, JsonNode event) throws InterruptedException {
        switch (SlackFields.text(event, "type")) {
            case "app_mention" -> messages.handle(Hearing.mention(workspace, event));
            case "message" -> messages.handle(Hearing.message(workspace, event));
            case "app_home_opened" -> homes.opened(workspace, event);
            case "assistant_thread_started" -> assistants.started(arrival, workspace, event);
            case "member_joined_channel" -> channels.joined(workspace, event);
            case "channel_left", "channel_archive", "channel_deleted", "group_left", "group_archive", "group_deleted" ->
                channels.gone(workspace, event);
            case "user_change" -> people.changed(workspace.team(), SlackFields.id(event.path("user"), "id"));
            // Slack has some hundred types, and more come: what we did not ask for is no failure.
            default -> LOG.debug("event {} is passed over", arrival.id());
        }
    }

    @Override
    public Map<String, String> mistakes(Arrival submission) {
        return submissions.mistakes(Workspace.origin(submission.team()), submission.body());
    }
}
