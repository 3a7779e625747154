package io.opsconductor.chat.slack.handle;

import io.helidon.webserver.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Cancelling;
import io.opsconductor.brain.Measures;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Pipeline;
import io.opsconductor.brain.Stages;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.approval.ApprovalTraces;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.CardPlaces;
import io.opsconductor.brain.approval.Decided;
import io.opsconductor.brain.approval.Decisions;
import io.opsconductor.brain.approval.GlassNotices;
import io.opsconductor.brain.approval.Notices;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.approval.Review;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.conversation.Receipt;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.ThreadMemory;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.brain.history.Inquirer;
import io.opsconductor.brain.history.PolicyInquirer;
import io.opsconductor.brain.intent.Overheard;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.outputs.Narrowing;
import io.opsconductor.brain.outputs.ResultReader;
import io.opsconductor.brain.overview.Overview;
import io.opsconductor.brain.planning.RolloutWords;
import io.opsconductor.brain.planning.Rollouts;
import io.opsconductor.brain.planning.ToolListing;
import io.opsconductor.brain.planning.Wording;
import io.opsconductor.brain.revision.BreakGlass;
import io.opsconductor.brain.revision.DryRun;
import io.opsconductor.brain.revision.Editing;
import io.opsconductor.brain.revision.Refresh;
import io.opsconductor.brain.revision.Rerun;
import io.opsconductor.brain.routing.ExecutionRouter;
import io.opsconductor.brain.runner.CheckpointExchange;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.Arrivals;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.chat.slack.call.WebApiCalls;
import io.opsconductor.chat.slack.deliver.Installed;
import io.opsconductor.chat.slack.deliver.SlackDelivery;
import io.opsconductor.chat.slack.people.AdmissionRules;
import io.opsconductor.chat.slack.people.SlackPeople;
import io.opsconductor.chat.slack.people.SlackReach;
import io.opsconductor.chat.slack.receive.BoltApp;
import io.opsconductor.chat.slack.receive.Ownership;
import io.opsconductor.chat.slack.receive.SignatureCheck;
import io.opsconductor.chat.slack.receive.SlackMeasures;
import io.opsconductor.chat.slack.receive.SlackRoutes;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.counterpart.slack.Workspace;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A workspace with people, the app in it, the whole chatbot behind the app and a scripted runner behind the chatbot. The
 * chatbot can be stopped and started again on the same store.
 */
final class SlackScene implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Tempo QUICK = new Tempo(
            Duration.ofMillis(1),
            50,
            Duration.ofMillis(1),
            Duration.ofMillis(200),
            Duration.ofMillis(1),
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofMillis(200),
            Duration.ofMillis(10));

    final SlackCounterpart slack = SlackCounterpart.start();
    final Workspace acme = slack.addWorkspace("Acme");
    final SlackApp app = slack.addApp("OpsConductor");
    final Installation ops = acme.install(app);
    final Person alice = acme.person("alice");
    final Person bob = acme.person("bob");
    final Channel general = acme.channel("general", alice, bob, ops.bot());
    final ScriptedRunner runner;
    private final Installed installed = new Installed();
    private final Path home;
    private final AdmissionRules rules;
    /** How long before their end people are reminded of plans; from the next start on. */
    Duration reminder = Duration.ofMinutes(3);

    private @Nullable Inbox inbox;
    private @Nullable Conversations conversations;
    private @Nullable ConversationTenants tenants;
    private @Nullable Acts acts;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private @Nullable URI address;
    private @Nullable SlackHandling handling;
    private @Nullable MortalWork work;

    private SlackScene(Path home, AdmissionRules rules) {
        this.home = home;
        this.rules = rules;
        slack.limits().off();
        installed.add(ops);
        DevelopmentKeys.ensure(home, Clock.systemUTC());
        runner = ScriptedRunner.start(home);
        runner.rules(Rules.someoneElse().approvedBy(identity(bob)));
        startAgain();
    }

    static SlackScene start(Path home) {
        return start(home, new AdmissionRules(false, false, Set.of(), Set.of()));
    }

    static SlackScene start(Path home, AdmissionRules rules) {
        return new SlackScene(home, rules);
    }

    static String identity(Person person) {
        return "slack:" + person.workspace().id() + "/" + person.id();
    }

    String mention(String text) {
        return ops.bot().mention() + " " + text;
    }

    /** Somebody of another platform asks for something, in a conversation of its own there. */
    String asksElsewhere(String identity, String text) {
        Receipt receipt =
                Objects.requireNonNull(inbox).receive(UUID.randomUUID().toString(), Optional.empty(), identity, text);
        return ((Receipt.Stored) receipt).conversation();
    }

    /** What is told in a conversation, wherever it is. */
    List<ChatEvent> told(String conversation) {
        return Objects.requireNonNull(conversations).eventsAfter(conversation, 0, 1_000).stream()
                .map(Told::event)
                .toList();
    }

    /** Whose a conversation is. */
    Optional<Tenant> tenantOf(String conversation) {
        return Objects.requireNonNull(tenants).of(conversation);
    }

    /** Somebody decides on another platform, where any conversation can be looked at. */
    Decided decidesElsewhere(Vote vote) {
        return Objects.requireNonNull(acts).decisions().decide(vote);
    }

    /** Where the chatbot listens. */
    URI address() {
        return Objects.requireNonNull(address);
    }

    SlackHandling handling() {
        return Objects.requireNonNull(handling);
    }

    /** Whether a plan of somebody's was ever previewed. */
    boolean runnerAskedBy(Person person) {
        return runner.previewed().contains(identity(person));
    }

    /** The button's id on a message that begins so. */
    static String action(PostedMessage message, String begin) {
        return message.actionIds().stream()
                .filter(id -> id.equals(begin) || id.startsWith(begin + "."))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + begin + " on " + message));
    }

    static String approve(PostedMessage card) {
        return action(card, "ops_approve");
    }

    /** Presses a button that need not be there, signed as Slack signs. */
    void presses(Person person, Channel channel, String ts, String threadTs, String action, String value) {
        String payload = Json.write(Map.of(
                "type",
                "block_actions",
                "api_app_id",
                app.id(),
                "team",
                Map.of("id", acme.id()),
                "user",
                Map.of("id", person.id(), "team_id", acme.id()),
                "trigger_id",
                "1.2.3",
                "channel",
                Map.of("id", channel.id()),
                "container",
                Map.of("type", "message", "message_ts", ts, "channel_id", channel.id(), "thread_ts", threadTs),
                "message",
                Map.of("ts", ts, "thread_ts", threadTs),
                "actions",
                List.of(Map.of(
                        "type",
                        "button",
                        "action_id",
                        action,
                        "value",
                        value,
                        "action_ts",
                        System.nanoTime() + ".1"))));
        int status = slack.post(app, address())
                .form(Map.of("payload", payload))
                .send()
                .status();
        if (status != 200) {
            throw new AssertionError("the press was answered with " + status);
        }
    }

    /** Waits for a message with such a button. */
    PostedMessage awaitAction(Channel channel, String begin) {
        return channel.awaitMessage(
                message -> message.actionIds().stream().anyMatch(id -> id.equals(begin) || id.startsWith(begin + ".")));
    }

    /** Waits for a condition that nothing tells of. */
    void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true within " + PATIENCE + ": " + slack.dump());
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    void startAgain() {
        Clock clock = Clock.systemUTC();
        SSLContext tls = MutualTls.client(
                home.resolve("tls/chatbot.crt"), home.resolve("tls/chatbot.key"), home.resolve("tls/ca.crt"));
        RunnerClient client = keep(new RunnerClient(runner.uri(), () -> tls, CheckpointExchange.none(), Tracing.off()));
        Tenancy tenancy = Tenancy.single(Tenant.DEFAULT);
        KnowledgeSources knowledge = keep(new KnowledgeSources(client, tenancy, Duration.ofSeconds(1)));
        Database database = keep(Database.open(
                StorePlace.of("chatbot", home, TestStore.usual().settings("chatbot", home)), "db/chatbot"));
        JournalMirror mirror = keep(new JournalMirror(database));
        Journal journal = keep(Journal.open(home.resolve("journal"), "chatbot", clock, mirror));
        ConversationTenants tenants = new ConversationTenants(database, tenancy);
        this.tenants = tenants;
        Audit audit = new Audit(journal, tenants);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Measures measures = new Measures(registry, Tracing.off());
        Conversations conversations = new Conversations(database, clock);
        this.conversations = conversations;
        People people = new People(database, tenancy, clock);
        Drafts drafts = new Drafts(database);
        ThreadLanguage languages = new ThreadLanguage(database, Language.english());
        ThreadMemory memory = new ThreadMemory(database);
        ApprovalTraces traces = new ApprovalTraces(database, Tracing.off());
        ExecutionRouter router = keep(new ExecutionRouter(
                database,
                tenancy,
                conversations,
                languages,
                people,
                client,
                new ResultReader(knowledge, memory),
                audit,
                measures,
                traces,
                clock));
        Approvals approvals =
                keep(new Approvals(database, tenancy, conversations, languages, people, audit, traces, clock, router));
        CardPlaces places = keep(new CardPlaces(database, conversations));
        Notices notices = keep(new Notices(database, places, conversations, languages, tenants, reminder, clock));
        Signer signer = Signer.open(home.resolve("keys/chatbot.key"), home.resolve("keys/chatbot.pub"));
        Previews previews = new Previews(client, tenancy, clock);
        Indexes indexes = new Indexes(Language.english());
        Wording wording = new Wording(Language.english());
        Overheard overheard = new Overheard(indexes);
        DryRun dryRun = new DryRun(approvals, previews, wording, measures);
        Pipeline pipeline = new Pipeline(
                tenancy,
                knowledge,
                Stages.builtin(indexes),
                Optional.empty(),
                overheard,
                new Narrowing(Language.english()),
                new ToolListing(Language.english()),
                new RolloutWords(Language.english()),
                new Rollouts(wording),
                previews,
                approvals,
                new Cancelling(drafts, approvals, router, overheard),
                dryRun,
                new Inquirer(
                        client,
                        new Review(database, places, tenancy),
                        indexes,
                        database,
                        people,
                        tenancy,
                        ZoneOffset.UTC),
                new PolicyInquirer(client, tenancy),
                drafts,
                languages,
                memory,
                audit,
                measures,
                clock);
        Inbox inbox = keep(
                new Inbox(database, tenants, conversations, people, audit, Tracing.off(), clock, pipeline::answer));
        this.inbox = inbox;
        Acts acts = new Acts(
                inbox,
                new Decisions(
                        database,
                        approvals,
                        conversations,
                        languages,
                        people,
                        client,
                        () -> signer,
                        keep(new GlassNotices(
                                database,
                                conversations,
                                people,
                                tenants,
                                new GlassNotices.Place("break-glass", "web"))),
                        audit,
                        clock,
                        router),
                approvals,
                new Editing(approvals, previews, knowledge, wording, measures),
                new Rerun(database, conversations, approvals, previews, wording, audit, measures),
                dryRun,
                new Refresh(approvals, previews, languages, measures),
                new BreakGlass(approvals, previews, languages, measures),
                places,
                router);
        this.acts = acts;

        WebApiCalls calls = keep(new WebApiCalls(slack.apiUrl(), installed, DEADLINE));
        SlackThreads threads = new SlackThreads(database);
        SlackDelivery delivery = keep(new SlackDelivery(
                database,
                conversations,
                people,
                threads,
                installed,
                calls,
                new DeliveryMeasures(registry, Platform.SLACK),
                QUICK,
                clock));
        SlackHandling handling = new SlackHandling(
                new SlackHandling.SlackSide(
                        calls, installed, threads, delivery.posts()::once, delivery::refresh, delivery::bring),
                new SlackHandling.BrainSide(
                        acts, conversations, new Overview(database, tenancy), knowledge, people, tenancy),
                new SlackPeople(calls, people, clock),
                rules,
                clock);
        MortalWork mortal = new MortalWork(handling);
        work = mortal;
        SlackMeasures received = new SlackMeasures(registry);
        Arrivals arrivals = keep(new Arrivals(Platform.SLACK, database, mortal, received, () -> true, clock));
        BoltApp bolt =
                keep(new BoltApp(com.slack.api.Slack.getInstance(), arrivals, SlackScene::owner, received, clock));
        SlackRoutes routes = new SlackRoutes(new SignatureCheck(app.signingSecret(), clock), bolt, received);
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(http -> http.register("/slack", routes::route))
                .shutdownHook(false)
                .build()
                .start();
        keep(server::stop);
        address = URI.create("http://127.0.0.1:" + server.port() + "/slack/events");
        this.handling = handling;
        app.deliverTo(address);
        notices.reach(new SlackReach(calls, installed, threads));
        delivery.start();
        places.start();
        notices.start();
        approvals.resume();
        router.resume();
        inbox.resume();
        arrivals.resume();
        awaitTrue(() -> knowledge.current("web").isPresent());
        // The first reading loads the language, which on a busy machine takes longer than people are patient here.
        indexes.of(knowledge.current("web").orElseThrow()).read("check disk space on web-server-01");
    }

    private static Ownership.Owner owner(List<String> teams, String app) {
        return new Ownership.Owner.Ours(teams.getFirst());
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.addFirst(part);
        return part;
    }

    /** What is done with arrivals, since the last start. */
    MortalWork work() {
        return Objects.requireNonNull(work);
    }

    /** Does something that makes an arrival, kills the process between its work and the note of it, and starts again. */
    void diesAfter(Arrival.Kind kind, Runnable act) throws InterruptedException {
        work().dieAfter(kind);
        act.run();
        work().awaitDeath();
        stop();
        startAgain();
        awaitTrue(() -> work().done(kind) == 1);
    }

    void stop() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new AssertionError(part + " did not close", e);
            }
        }
        parts.clear();
    }

    @Override
    public void close() {
        stop();
        runner.close();
        slack.close();
    }
}
