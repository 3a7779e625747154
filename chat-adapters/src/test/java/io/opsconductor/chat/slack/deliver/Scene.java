package io.opsconductor.chat.slack.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.slack.call.WebApiCalls;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A workspace, a store and what tells the one of the other; it can be stopped at any point and started again. */
final class Scene implements AutoCloseable {
    /** Fast, for everything that is not about pace. */
    static final Tempo QUICK = new Tempo(
            Duration.ofMillis(1),
            50,
            Duration.ofMillis(1),
            Duration.ofMillis(400),
            Duration.ofMillis(1),
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofMillis(300),
            Duration.ofMillis(10));

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    final SlackCounterpart slack = SlackCounterpart.start();
    final io.opsconductor.counterpart.slack.Workspace team = slack.addWorkspace("Acme");
    final SlackApp app = slack.addApp("OpsConductor");
    final Installation installation = team.install(app);
    final Person alice = team.person("alice");
    final Person bob = team.person("bob");
    final Channel channel = team.channel("ops", alice, bob, installation.bot());
    final Installed installed = new Installed();
    final Workspace workspace = installed.add(installation);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Path folder;
    private final Tempo tempo;

    private Database database;
    private Conversations conversations;
    private People people;
    private SlackThreads threads;
    private WebApiCalls calls;
    private SlackDelivery delivery;

    Scene(Path folder, Tempo tempo) {
        this.folder = folder;
        this.tempo = tempo;
        database = Database.open(
                StorePlace.of("chatbot", folder, TestStore.usual().settings("chatbot", folder)), "db/chatbot");
        conversations = new Conversations(database, Clock.systemUTC());
        people = new People(database, Tenancy.single(Tenant.DEFAULT), Clock.systemUTC());
        threads = new SlackThreads(database);
        calls = newCalls();
        delivery = newDelivery();
    }

    static Scene quick(Path folder) {
        Scene scene = new Scene(folder, QUICK);
        scene.slack.limits().off();
        scene.delivery.start();
        return scene;
    }

    static Scene atSlacksPace(Path folder) {
        return with(folder, Tempo.slack());
    }

    static Scene with(Path folder, Tempo tempo) {
        Scene scene = new Scene(folder, tempo);
        scene.delivery.start();
        return scene;
    }

    private WebApiCalls newCalls() {
        return new WebApiCalls(slack.apiUrl(), installed, DEADLINE);
    }

    private SlackDelivery newDelivery() {
        return new SlackDelivery(
                database,
                conversations,
                people,
                threads,
                installed,
                calls,
                new DeliveryMeasures(registry, Platform.SLACK),
                tempo,
                Clock.systemUTC());
    }

    /** Everything but the store and Slack is gone. */
    void stop() {
        delivery.close();
        calls.close();
        database.close();
    }

    void startAgain() {
        database = Database.open(
                StorePlace.of("chatbot", folder, TestStore.usual().settings("chatbot", folder)), "db/chatbot");
        conversations = new Conversations(database, Clock.systemUTC());
        people = new People(database, Tenancy.single(Tenant.DEFAULT), Clock.systemUTC());
        threads = new SlackThreads(database);
        calls = newCalls();
        delivery = newDelivery();
        delivery.start();
    }

    SlackDelivery delivery() {
        return delivery;
    }

    Posts posts() {
        return delivery.posts();
    }

    SlackThreads threads() {
        return threads;
    }

    People people() {
        return people;
    }

    Database database() {
        return database;
    }

    /** A thread that somebody began by asking for something. */
    SlackThread thread() {
        return thread(channel);
    }

    SlackThread thread(Channel where) {
        PostedMessage asked = alice.says(where, installation.bot().mention() + " check disk space");
        return threads.open(team.id(), where.id(), asked.ts(), SlackThread.Kind.CHANNEL);
    }

    void append(SlackThread thread, ChatEvent... events) {
        conversations.write(thread.conversation(), writing -> {
            List.of(events).forEach(writing::append);
            return events;
        });
    }

    void show(SlackThread thread, ChatEvent.Progress output) {
        conversations.show(thread.conversation(), output);
    }

    /** What stands in a thread besides the message that began it. */
    List<PostedMessage> replies(SlackThread thread) {
        return slackChannel(thread).thread(thread.threadTs()).stream()
                .filter(message -> !message.ts().equals(thread.threadTs()))
                .toList();
    }

    List<String> texts(SlackThread thread) {
        return replies(thread).stream().map(PostedMessage::text).toList();
    }

    private Channel slackChannel(SlackThread thread) {
        return team.channels().stream()
                .filter(one -> one.id().equals(thread.channel()))
                .findFirst()
                .orElseThrow();
    }

    /** How often Slack said that it was too much. */
    int limited() {
        return (int) registry.find("opsconductor_slack_posts").tag("outcome", "limited").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Waits until everything that is stored is told. */
    void awaitTold(SlackThread thread) {
        await(
                "everything told in " + thread.conversation(),
                () -> threads.deliveredSeq(thread.conversation()) >= conversations.lastStored(thread.conversation()));
    }

    /** Waits for something that nobody announces. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + "; there is\n" + slack.dump());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        stop();
        slack.close();
    }
}
