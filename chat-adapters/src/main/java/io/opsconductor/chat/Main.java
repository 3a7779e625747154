package io.opsconductor.chat;

import io.helidon.webserver.http.HttpService;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Cancelling;
import io.opsconductor.brain.Measures;
import io.opsconductor.brain.ModelStages;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Pipeline;
import io.opsconductor.brain.Stages;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.answer.ModelSummariser;
import io.opsconductor.brain.answer.Summaries;
import io.opsconductor.brain.answer.SummariesDue;
import io.opsconductor.brain.approval.ApprovalTraces;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.CardPlaces;
import io.opsconductor.brain.approval.Decisions;
import io.opsconductor.brain.approval.GlassNotices;
import io.opsconductor.brain.approval.JournaledDecisions;
import io.opsconductor.brain.approval.Notices;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.approval.Review;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ConversationList;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.ThreadMemory;
import io.opsconductor.brain.history.Inquirer;
import io.opsconductor.brain.history.PolicyInquirer;
import io.opsconductor.brain.intent.Overheard;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.model.GuardedModel;
import io.opsconductor.brain.model.langchain.LangChainModels;
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
import io.opsconductor.chat.arrival.ArrivalWork;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.slack.Slack;
import io.opsconductor.chat.slack.SlackTalk;
import io.opsconductor.chat.slack.handle.SlackHandling;
import io.opsconductor.chat.slack.workspace.SlackClient;
import io.opsconductor.chat.slack.workspace.SlackWorkspaces;
import io.opsconductor.chat.slack.workspace.Workspaces;
import io.opsconductor.chat.standby.ActiveChatbot;
import io.opsconductor.chat.standby.StandbyPage;
import io.opsconductor.chat.teams.Teams;
import io.opsconductor.chat.web.LocalChat;
import io.opsconductor.chat.web.PortTakenException;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.journal.Checkpointing;
import io.opsconductor.kit.journal.Checkpoints;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.InstanceName;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.journal.Witness;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.KeyFiles;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.SigningKey;
import io.opsconductor.kit.log.Logs;
import io.opsconductor.kit.log.StartFailure;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.metrics.Metrics;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StoreException;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.kit.trace.otlp.OtlpTracing;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the chatbot. Exit codes: 0 stopped by a signal, 3 could not start (the reason is on standard error), 4 another one has taken
 * over its store.
 */
public final class Main {
    private static final int REPLACED = 4;

    private Main() {}

    public static void main(String[] arguments) {
        Logs.start("chatbot");
        // Not a static field: it would start logging before the line above named the process.
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            Chatbot chatbot = start(ChatbotSettings.read(System.getenv()), Clock.systemUTC());
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(chatbot::close));
            log.info("chatbot ready on port {}", chatbot.port());
            chatbot.awaitReplaced();
            log.error("another chatbot has taken over; this one ends, and stands by when it is started again");
            System.exit(REPLACED);
        } catch (InvalidSettingsException
                | KeyFileException
                | PortTakenException
                | JournalUnavailableException
                | StoreException e) {
            StartFailure.expected("chatbot", e);
            System.exit(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            StartFailure.surprise("chatbot", e);
            System.exit(3);
        }
    }

    static Chatbot start(ChatbotSettings settings, Clock clock) {
        return start(settings, clock, (workspaces, work) -> work);
    }

    /** @param slackWork puts something in front of what is done with what Slack sends */
    static Chatbot start(
            ChatbotSettings settings, Clock clock, BiFunction<Workspaces, ArrivalWork, ArrivalWork> slackWork) {
        SigningKey signing = SigningKey.open(settings.signingKey(), settings.signingPublicKey());
        Database database = settings.standby() ? standBy(settings) : Database.open(settings.store(), "db/chatbot");
        try {
            return wired(settings, clock, slackWork, signing, database);
        } catch (RuntimeException e) {
            // Others may wait for it.
            database.close();
            throw e;
        }
    }

    /** The wiring: every part, made once, in the order in which they need one another. */
    private static Chatbot wired(
            ChatbotSettings settings,
            Clock clock,
            BiFunction<Workspaces, ArrivalWork, ArrivalWork> slackWork,
            SigningKey signing,
            Database database) {
        // Nothing of OpenTelemetry is loaded unless a collector is set.
        Tracing tracing = settings.tracing().isPresent()
                ? OtlpTracing.start(settings.tracing().get(), "chatbot")
                : Tracing.off();
        Path own = settings.home().resolve("chatbot");
        KeyFiles<SSLContext> tls = new KeyFiles<>(
                List.of(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority()),
                () -> MutualTls.client(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority()));
        CopyOf name = settings.standby() ? InstanceName.shared(own, database, "c-") : InstanceName.of(own);
        JournalMirror mirror = new JournalMirror(database, name);
        Checkpoints checkpoints = Checkpoints.open(
                own.resolve("checkpoints"),
                "chatbot",
                SigningKey.open(settings.auditKey(), settings.auditPublicKey()),
                database,
                name,
                clock);
        Journal journal = Journal.open(
                own.resolve("journal"), "chatbot", clock, mirror, checkpoints.signed(), Journal.FULL_BYTES);
        Checkpointing checkpointing = new Checkpointing(journal, checkpoints, settings.auditInterval(), clock);
        RunnerClient runner = new RunnerClient(
                settings.runnerUrl(),
                tls::current,
                CheckpointExchange.of(checkpoints::said, new Witness(journal, "runner", clock)),
                tracing);
        Tenancy tenancy = settings.tenancy();
        KnowledgeSources knowledge = new KnowledgeSources(runner, tenancy, settings.catalogueInterval());
        ConversationTenants tenants = new ConversationTenants(database, tenancy);
        Audit audit = new Audit(journal, tenants);
        new JournaledDecisions(database, mirror, name, audit).settle();
        Metrics metrics = new Metrics();
        metrics.watchCertificate(settings.tlsCertificate());
        metrics.watchJournal(mirror);
        Measures measures = new Measures(metrics.registry(), tracing);
        Conversations conversations = new Conversations(database, clock);
        People people = new People(database, tenancy, clock);
        Drafts drafts = new Drafts(database);
        Language language = Language.english();
        ThreadLanguage languages = new ThreadLanguage(database, language);
        ThreadMemory memory = new ThreadMemory(database);

        ApprovalTraces traces = new ApprovalTraces(database, tracing);
        // Stage E is wired first, because approvals hand their plans on to it.
        ExecutionRouter router = new ExecutionRouter(
                database,
                tenancy,
                conversations,
                languages,
                people,
                runner,
                new ResultReader(knowledge, memory),
                audit,
                measures,
                traces,
                clock);
        Approvals approvals =
                new Approvals(database, tenancy, conversations, languages, people, audit, traces, clock, router);
        measures.watchApprovals(approvals::waiting);
        GlassNotices glass = new GlassNotices(
                database,
                conversations,
                people,
                tenants,
                settings.breakGlassNotice().place());
        Decisions decisions = new Decisions(
                database, approvals, conversations, languages, people, runner, signing, glass, audit, clock, router);

        CardPlaces places = new CardPlaces(database, conversations);
        Notices notices =
                new Notices(database, places, conversations, languages, tenants, settings.approvalReminder(), clock);

        Previews previews = new Previews(runner, tenancy, clock);
        Wording wording = new Wording(language);
        Indexes indexes = new Indexes(language, tenancy.tenants().size());
        Overheard overheard = new Overheard(indexes);
        Stages builtin = Stages.builtin(indexes);
        // Nothing of LangChain4j is loaded unless a model is set.
        Optional<GuardedModel> model = settings.model().isModel()
                ? Optional.of(new GuardedModel(LangChainModels.of(settings.model()), settings.model(), clock))
                : Optional.empty();
        DryRun dryRun = new DryRun(approvals, previews, wording, measures);
        Pipeline pipeline = new Pipeline(
                tenancy,
                knowledge,
                builtin,
                model.map(asked -> new ModelStages(builtin, indexes, asked)),
                overheard,
                new Narrowing(language),
                new ToolListing(language),
                new RolloutWords(language),
                new Rollouts(wording),
                previews,
                approvals,
                new Cancelling(drafts, approvals, router, overheard),
                dryRun,
                new Inquirer(
                        runner,
                        new Review(database, places, tenancy),
                        indexes,
                        database,
                        people,
                        tenancy,
                        settings.timeZone()),
                new PolicyInquirer(runner, tenancy),
                drafts,
                languages,
                memory,
                audit,
                measures,
                clock);
        Optional<Summaries> summaries = model.filter(asked -> asked.settings().summaries())
                .map(asked -> new Summaries(
                        new ModelSummariser(asked), conversations, new SummariesDue(database, conversations), clock));
        summaries.ifPresent(router::onResult);
        Inbox inbox = new Inbox(database, tenants, conversations, people, audit, tracing, clock, pipeline::answer);
        measures.watchMessages(inbox::waiting);

        // What a person can have done, through whichever adapter.
        Acts acts = new Acts(
                inbox,
                decisions,
                approvals,
                new Editing(approvals, previews, knowledge, wording, measures),
                new Rerun(database, conversations, approvals, previews, wording, audit, measures),
                dryRun,
                new Refresh(approvals, previews, languages, measures),
                new BreakGlass(approvals, previews, languages, measures),
                places,
                router);
        Overview overview = new Overview(database, tenancy);
        Health health = ChatbotHealth.of(
                database, journal, checkpointing, knowledge, runner, settings.tlsCertificate(), tls, signing, clock);
        List<AutoCloseable> parts = new ArrayList<>();
        Optional<Slack> slack = settings.slack().map(chosen -> {
            com.slack.api.Slack client = SlackClient.of(chosen.apiUrl());
            SlackWorkspaces workspaces = SlackWorkspaces.open(chosen, client, database, audit, clock);
            SlackTalk talk = SlackTalk.of(
                    chosen,
                    workspaces,
                    new SlackHandling.BrainSide(acts, conversations, overview, knowledge, people, tenancy),
                    people,
                    database,
                    metrics.registry(),
                    clock);
            Slack started = Slack.start(
                    chosen,
                    client,
                    workspaces,
                    slackWork.apply(workspaces, talk.work()),
                    database,
                    journal,
                    metrics.registry(),
                    clock);
            settings.breakGlassNotice().slack().ifPresent(place -> talk.tellIn(place.team(), place.channel()));
            notices.reach(talk.reach());
            talk.start();
            parts.addAll(List.of(started, talk, workspaces, client));
            health.dependsOn("slack", started::described);
            return started;
        });

        Optional<Teams> teams = settings.teams().map(chosen -> {
            Teams started = Teams.start(
                    chosen,
                    new Teams.BrainSide(acts, conversations, knowledge, people, tenancy),
                    database,
                    journal,
                    metrics.registry(),
                    Tempo.teams(),
                    clock);
            parts.add(started);
            settings.breakGlassNotice().teams().ifPresent(place -> started.tellIn(place.team(), place.channel()));
            notices.reach(started.reach());
            health.dependsOn("teams", started::described);
            return started;
        });
        LocalChat chat = LocalChat.start(
                settings,
                acts,
                conversations,
                tenants,
                new ConversationList(database, tenancy),
                overview,
                knowledge,
                measures,
                health,
                metrics,
                slack.filter(Slack::isCalled).map(HttpService.class::cast),
                teams.map(HttpService.class::cast));
        places.start();
        notices.start();
        approvals.resume();
        glass.tell();
        router.resume();
        inbox.resume();
        summaries.ifPresent(Summaries::resume);
        slack.ifPresent(Slack::resume);
        teams.ifPresent(Teams::resume);
        parts.addAll(List.of(inbox, notices, places, glass, approvals, router));
        summaries.ifPresent(parts::add);
        model.ifPresent(parts::add);
        parts.addAll(List.of(knowledge, runner, checkpointing, journal, mirror, database, metrics, tracing));
        Chatbot chatbot = new Chatbot(chat, parts);
        if (settings.standby()) {
            new ActiveChatbot(database).is(settings.standbyAddress());
            database.whenLost(chatbot::replaced);
        }
        return chatbot;
    }

    /** Answers for its health, and passes on what platforms send, while another chatbot has the store. */
    private static Database standBy(ChatbotSettings settings) {
        try (StandbyPage _ = StandbyPage.start(settings)) {
            return Database.standBy(settings.store(), "db/chatbot", settings.lease());
        }
    }
}
