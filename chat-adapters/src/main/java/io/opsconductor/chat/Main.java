package io.opsconductor.chat;

import io.helidon.webserver.http.HttpService;
import io.opsconductor.brain.Cancelling;
import io.opsconductor.brain.Measures;
import io.opsconductor.brain.Pipeline;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.Decisions;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.catalogue.KnowledgeSource;
import io.opsconductor.brain.conversation.ConversationList;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.intent.BuiltinIntentStage;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.planning.BuiltinPlanningStage;
import io.opsconductor.brain.planning.ToolListing;
import io.opsconductor.brain.routing.ExecutionRouter;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.brain.selection.BuiltinSelectionStage;
import io.opsconductor.chat.slack.Slack;
import io.opsconductor.chat.slack.receive.ArrivalWork;
import io.opsconductor.chat.slack.workspace.SlackClient;
import io.opsconductor.chat.slack.workspace.SlackWorkspaces;
import io.opsconductor.chat.web.LocalChat;
import io.opsconductor.chat.web.PortTakenException;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.log.Logs;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.metrics.Metrics;
import io.opsconductor.kit.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the chatbot. Exit codes: 0 stopped by a signal, 3 could not start (the reason is on standard error). */
public final class Main {
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
        } catch (InvalidSettingsException | KeyFileException | PortTakenException | JournalUnavailableException e) {
            log.error("the chatbot did not start: {}", e.getMessage());
            System.err.println("opsconductor chatbot: " + e.getMessage());
            System.exit(3);
        } catch (RuntimeException e) {
            log.error("the chatbot did not start", e);
            System.err.println("opsconductor chatbot: it did not start: " + e.getMessage());
            System.exit(3);
        }
    }

    static Chatbot start(ChatbotSettings settings, Clock clock) {
        return start(settings, clock, workspaces -> {
            throw new IllegalStateException("nothing works on what Slack sends: set slack.mode to off");
        });
    }

    /**
     * The wiring: every part, made once, in the order in which they need one another.
     *
     * @param slackWork what is done with what Slack sends
     */
    static Chatbot start(ChatbotSettings settings, Clock clock, Function<SlackWorkspaces, ArrivalWork> slackWork) {
        Path own = settings.home().resolve("chatbot");
        Signer signer = Signer.open(settings.signingKey(), settings.signingPublicKey());
        RunnerClient runner = new RunnerClient(
                settings.runnerUrl(),
                MutualTls.client(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority()));
        KnowledgeSource knowledge = new KnowledgeSource(runner, settings.catalogueInterval());

        Database database = Database.open(own.resolve("store.db"), "db/chatbot");
        JournalMirror mirror = new JournalMirror(database);
        Journal journal = Journal.open(own.resolve("journal"), "chatbot", clock, mirror);
        Audit audit = new Audit(journal);
        Metrics metrics = new Metrics();
        Measures measures = new Measures(metrics.registry());
        Conversations conversations = new Conversations(database, clock);
        Drafts drafts = new Drafts(database);

        // Stage E is wired first, because approvals hand their plans on to it.
        ExecutionRouter router = new ExecutionRouter(database, conversations, runner, audit, measures, clock);
        Approvals approvals = new Approvals(database, conversations, audit, clock, router);
        Decisions decisions = new Decisions(database, approvals, conversations, runner, signer, audit, clock, router);

        Language language = Language.english();
        Indexes indexes = new Indexes(language);
        Pipeline pipeline = new Pipeline(
                knowledge,
                new BuiltinIntentStage(indexes),
                new BuiltinSelectionStage(indexes),
                new BuiltinPlanningStage(indexes),
                new ToolListing(language),
                new Previews(runner, settings.tenant(), clock),
                approvals,
                new Cancelling(drafts, approvals, router),
                drafts,
                audit,
                measures,
                clock);
        Inbox inbox = new Inbox(database, conversations, audit, clock, pipeline::answer);

        Health health = ChatbotHealth.of(database, journal, knowledge, runner);
        List<AutoCloseable> parts = new ArrayList<>();
        Optional<Slack> slack = settings.slack().map(chosen -> {
            com.slack.api.Slack client = SlackClient.of(chosen.apiUrl());
            SlackWorkspaces workspaces = SlackWorkspaces.open(chosen, client, database, audit, clock);
            Slack started = Slack.start(
                    chosen,
                    client,
                    workspaces,
                    slackWork.apply(workspaces),
                    database,
                    journal,
                    metrics.registry(),
                    clock);
            parts.addAll(List.of(started, workspaces, client));
            health.dependsOn("slack", started::described);
            return started;
        });

        LocalChat chat = LocalChat.start(
                settings,
                inbox,
                decisions,
                router,
                conversations,
                new ConversationList(database),
                knowledge,
                measures,
                health,
                metrics,
                slack.filter(Slack::isCalled).map(HttpService.class::cast));
        approvals.resume();
        router.resume();
        inbox.resume();
        slack.ifPresent(Slack::resume);
        parts.addAll(List.of(inbox, approvals, router, knowledge, runner, mirror, journal, database, metrics));
        return new Chatbot(chat, parts);
    }
}
