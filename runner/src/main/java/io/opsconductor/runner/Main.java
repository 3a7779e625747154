package io.opsconductor.runner;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.log.Logs;
import io.opsconductor.kit.log.StartFailure;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.metrics.Metrics;
import io.opsconductor.kit.store.Database;
import io.opsconductor.runner.api.Listener;
import io.opsconductor.runner.api.ListenerException;
import io.opsconductor.runner.api.RunnerApi;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Decisions;
import io.opsconductor.runner.execution.ExecutionEngine;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.execution.Recovery;
import io.opsconductor.runner.execution.RenderedAgain;
import io.opsconductor.runner.execution.StepExecutors;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.metrics.RunnerHealth;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.preview.PolicyAnswers;
import io.opsconductor.runner.preview.Previewer;
import io.opsconductor.runner.step.DatabaseExecutor;
import io.opsconductor.runner.step.HttpExecutor;
import io.opsconductor.runner.step.LocalCommandExecutor;
import io.opsconductor.runner.step.SshExecutor;
import io.opsconductor.runner.step.WinRmExecutor;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.OutputFiles;
import io.opsconductor.runner.store.PreviewStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the runner. Exit codes: 143 stopped in order by SIGTERM, 3 could not start (the reason is on standard error). */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Logs.start("runner");
        // Not a static field: it would start logging before the line above named the process.
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            Runner runner = start(RunnerSettings.read(System.getenv()), System.getenv(), Clock.systemUTC());
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(runner::close));
            log.info("runner ready: API on port {}, health on port {}", runner.apiPort(), runner.healthPort());
        } catch (InvalidSettingsException
                | CannotStartException
                | KeyFileException
                | ListenerException
                | JournalUnavailableException e) {
            StartFailure.expected("runner", e);
            System.exit(3);
        } catch (RuntimeException e) {
            StartFailure.surprise("runner", e);
            System.exit(3);
        }
    }

    /** The wiring: every part, made once, in the order in which they need one another. */
    static Runner start(RunnerSettings settings, Map<String, String> environment, Clock clock) {
        Path own = settings.home().resolve("runner");
        FollowedFiles files = FollowedFiles.open(settings);
        Supplier<Inventory> inventory = files.inventory()::fresh;
        Supplier<Policy> policy = files.policy()::fresh;
        ApprovalKeys keys = new ApprovalKeys(settings.approvalKeys());

        Database database = Database.open(own.resolve("store.db"), "db/runner");
        PreviewStore previewStore = new PreviewStore(database);
        ExecutionStore executionStore = new ExecutionStore(database, new OutputFiles(own.resolve("outputs"), clock));
        JournalMirror mirror = new JournalMirror(database);
        Journal journal = Journal.open(own.resolve("journal"), "runner", clock, mirror);
        Audit audit = new Audit(journal);
        Metrics metrics = new Metrics();
        RunnerMetrics counters = new RunnerMetrics(metrics.registry());

        audit.started(Map.of(
                "policy", policy.get().version(), "inventory", inventory.get().version()));
        new Recovery(executionStore, audit, clock).settle();

        Masker masker = new Masker();
        CredentialSource secrets = new CredentialSource(masker, environment, settings.ageKeys());
        StepExecutors executors = new StepExecutors(
                new LocalCommandExecutor(masker, own.resolve("work"), environment),
                new SshExecutor(secrets, masker),
                new WinRmExecutor(secrets, masker),
                new HttpExecutor(secrets, masker),
                new DatabaseExecutor(secrets, masker));
        ExecutionEngine engine = new ExecutionEngine(
                executors, executionStore, audit, counters, clock, settings.parallelTargets(), settings.targetWait());
        Executions executions = new Executions(executionStore, engine, audit, clock, settings.maxExecutions());
        counters.watchRunning(executions::running);

        Previewer previewer = new Previewer(files.tools()::fresh, inventory, policy);
        AttestationCheck attestations = new AttestationCheck(keys);
        Previews previews = new Previews(previewer, previewStore, executions, audit, clock);
        RenderedAgain rendering = new RenderedAgain(previewer, clock);
        Decisions decisions = new Decisions(previews, attestations, policy, rendering, audit, clock);
        Admission admission = new Admission(previews, executions, attestations, policy, rendering, audit, clock);
        RunnerApi api = new RunnerApi(
                settings.allowedCallers(),
                settings.heartbeat(),
                () -> files.tools().fresh().catalogue(),
                () -> inventory.get().directory(),
                policy,
                new PolicyAnswers(previewer, files.tools()::fresh, policy),
                previews,
                decisions,
                admission,
                executions,
                audit,
                counters,
                clock);
        Health health = RunnerHealth.of(
                database,
                audit,
                files.tools(),
                files.inventory(),
                files.policy(),
                keys,
                settings.tlsCertificate(),
                clock);

        Listener apiListener = Listener.secured(
                "API",
                settings.apiHost(),
                settings.apiPort(),
                MutualTls.server(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority()),
                api::route);
        Listener healthListener =
                Listener.plain("health page", settings.healthHost(), settings.healthPort(), routing -> {
                    health.route(routing);
                    metrics.route(routing);
                });
        return new Runner(
                apiListener,
                healthListener,
                executions,
                audit,
                settings.shutdownGrace(),
                List.of(
                        new Housekeeping(previewStore, executionStore, settings.keptOutputs(), clock),
                        files,
                        engine,
                        executors,
                        journal,
                        mirror,
                        database,
                        metrics));
    }
}
