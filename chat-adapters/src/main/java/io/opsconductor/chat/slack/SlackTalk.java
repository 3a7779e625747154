package io.opsconductor.chat.slack;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.brain.People;
import io.opsconductor.brain.approval.Reach;
import io.opsconductor.chat.arrival.ArrivalWork;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.slack.call.WebApiCalls;
import io.opsconductor.chat.slack.deliver.SlackDelivery;
import io.opsconductor.chat.slack.handle.SlackHandling;
import io.opsconductor.chat.slack.people.AdmissionRules;
import io.opsconductor.chat.slack.people.SlackPeople;
import io.opsconductor.chat.slack.people.SlackReach;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspaces;
import io.opsconductor.kit.store.Database;
import java.time.Clock;

/** Both directions of the talk with Slack's people: what an arrival means, and what is told in their threads. */
public final class SlackTalk implements AutoCloseable {
    private final WebApiCalls calls;
    private final SlackThreads threads;
    private final SlackDelivery delivery;
    private final SlackHandling handling;
    private final SlackReach reach;

    private SlackTalk(
            WebApiCalls calls, SlackThreads threads, SlackDelivery delivery, SlackHandling handling, SlackReach reach) {
        this.calls = calls;
        this.threads = threads;
        this.delivery = delivery;
        this.handling = handling;
        this.reach = reach;
    }

    /** Wires it; nothing is told before {@link #start()}. */
    public static SlackTalk of(
            SlackSettings settings,
            Workspaces workspaces,
            SlackHandling.BrainSide brain,
            People people,
            Database database,
            MeterRegistry registry,
            Clock clock) {
        WebApiCalls calls = new WebApiCalls(settings.apiUrl(), workspaces, WebApiCalls.DEADLINE);
        SlackThreads threads = new SlackThreads(database);
        SlackDelivery delivery = new SlackDelivery(
                database,
                brain.conversations(),
                people,
                threads,
                workspaces,
                calls,
                new DeliveryMeasures(registry, Platform.SLACK),
                Tempo.slack(),
                clock);
        SlackHandling handling = new SlackHandling(
                new SlackHandling.SlackSide(
                        calls, workspaces, threads, delivery.posts()::once, delivery::refresh, delivery::bring),
                brain,
                new SlackPeople(calls, people, clock),
                new AdmissionRules(
                        settings.allowGuests(), settings.allowExternal(), settings.workspaces(), settings.channels()),
                clock);
        return new SlackTalk(calls, threads, delivery, handling, new SlackReach(calls, workspaces, threads));
    }

    /** What is done with what Slack sends. */
    public ArrivalWork work() {
        return handling;
    }

    /** Has the conversation of a channel told there, in the channel itself and in no thread. */
    public void tellIn(String team, String channel) {
        threads.open(team, channel, "", SlackThread.Kind.CHANNEL);
    }

    /** How its people are told what waits for them. */
    public Reach reach() {
        return reach;
    }

    /** Tells what the last process left untold, and from then on what happens. */
    public void start() {
        delivery.start();
    }

    @Override
    public void close() {
        delivery.close();
        calls.close();
    }
}
