package io.opsconductor.runner;

import io.helidon.common.tls.Tls;
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
import io.opsconductor.runner.api.CallerTrust;
import io.opsconductor.runner.api.Listener;
import io.opsconductor.runner.api.ListenerException;
import io.opsconductor.runner.api.RevokedCertificates;
import io.opsconductor.runner.api.RunnerApi;
import io.opsconductor.runner.api.ServerCertificate;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.JournaledEnds;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.ApprovedAgain;
import io.opsconductor.runner.execution.Decisions;
import io.opsconductor.runner.execution.ExecutionEngine;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.execution.Recovery;
import io.opsconductor.runner.execution.RenderedAgain;
import io.opsconductor.runner.execution.SharedWork;
import io.opsconductor.runner.execution.Spreading;
import io.opsconductor.runner.execution.TargetLocks;
import io.opsconductor.runner.instance.Instances;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.metrics.RunnerHealth;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.signal.RedisSignals;
import io.opsconductor.runner.signal.Signals;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.KeptOutputs;
import io.opsconductor.runner.store.MachineLocks;
import io.opsconductor.runner.store.OfferStore;
import io.opsconductor.runner.store.OutputFiles;
import io.opsconductor.runner.store.OutputTable;
import io.opsconductor.runner.store.PreviewStore;
import io.opsconductor.runner.tenant.Estates;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                | JournalUnavailableException
                | StoreException e) {
            StartFailure.expected("runner", e);
            System.exit(3);
        } catch (RuntimeException e) {
            StartFailure.surprise("runner", e);
            System.exit(3);
        }
    }

    /** The wiring: every part, made once, in the order in which they need one another. */
    public static Runner start(RunnerSettings settings, Map<String, String> environment, Clock clock) {
        // Nothing of OpenTelemetry is loaded unless a collector is set.
        Tracing tracing = settings.tracing().isPresent()
                ? OtlpTracing.start(settings.tracing().get(), "runner")
                : Tracing.off();
        Path own = settings.home().resolve("runner");
        List<TenantParts> tenants = TenantParts.open(settings, environment);

        Database database = settings.storeShared()
                ? Database.share(settings.store(), "db/runner")
                : Database.open(settings.store(), "db/runner");
        CopyOf name =
                settings.storeShared() ? InstanceName.shared(own, database, "r-") : InstanceName.alone(own, database);
        OutputFiles files = new OutputFiles(own.resolve("outputs"), clock);
        PreviewStore previewStore = new PreviewStore(database);
        KeptOutputs outputs = settings.storeShared() ? new OutputTable(database, files, clock) : files;
        ExecutionStore executionStore = new ExecutionStore(database, outputs);
        OfferStore offers = new OfferStore(database, outputs);
        JournalMirror mirror = new JournalMirror(database, name);
        Checkpoints checkpoints = Checkpoints.open(
                own.resolve("checkpoints"),
                "runner",
                SigningKey.open(settings.auditKey(), settings.auditPublicKey()),
                database,
                name,
                clock);
        Journal journal =
                Journal.open(own.resolve("journal"), "runner", clock, mirror, checkpoints.signed(), Journal.FULL_BYTES);
        Checkpointing checkpointing = new Checkpointing(journal, checkpoints, settings.auditInterval(), clock);
        Audit audit = new Audit(journal);
        Metrics metrics = new Metrics();
        metrics.watchCertificate(settings.tlsCertificate());
        metrics.watchJournal(mirror);
        RunnerMetrics counters = new RunnerMetrics(metrics.registry());

        tenants.forEach(tenant -> audit.started(tenant.subject(), tenant.versions()));
        // The journal is this process's now: whoever had its name has ended.
        Instances instances = new Instances(database, clock);
        Lease lease = settings.storeShared()
                ? Lease.shared(instances, name.instance(), settings.lease())
                : Lease.alone(instances, name.instance());
        JournaledEnds ends = new JournaledEnds(database, mirror);
        Recovery recovery = new Recovery(executionStore, offers, audit, ends, clock, lease);
        if (!lease.isShared()) {
            recovery.settle();
        }

        TargetLocks locks = settings.storeShared()
                ? TargetLocks.shared(settings.targetWait(), new MachineLocks(database), lease::epoch)
                : TargetLocks.alone(settings.targetWait());
        Signals signals = settings.redis()
                .<Signals>map(place -> RedisSignals.connecting(place, name.instance()))
                .orElse(Signals.NONE);
        Spreading spreading = lease.isShared()
                ? Spreading.of(
                        signals,
                        offers,
                        executionStore,
                        audit,
                        ends,
                        lease,
                        instances,
                        settings.redisTargets(),
                        counters,
                        tracing,
                        clock)
                : null;
        ExecutionEngine engine = new ExecutionEngine(
                TenantParts.executors(tenants),
                executionStore,
                audit,
                counters,
                clock,
                settings.parallelTargets(),
                locks,
                lease,
                spreading,
                tracing);
        Executions executions = new Executions(executionStore, engine, audit, clock, settings.maxExecutions(), lease);
        counters.watchRunning(executions::running);
        if (settings.redis().isPresent()) {
            counters.watchSignals(() -> signals.isUp() ? 1 : 0);
        }

        Previews previews = new Previews(previewStore, executions, audit, clock);
        RenderedAgain rendering = new RenderedAgain(clock);
        Decisions decisions = new Decisions(previews, rendering, audit, clock);
        Admission admission = new Admission(previews, executions, rendering, audit, clock);
        KeyFiles<Tls> tls = new KeyFiles<>(
                List.of(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority()),
                () -> MutualTls.server(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority()));
        RevokedCertificates revoked = new RevokedCertificates(settings.revokedCertificates());
        Estates estates = new Estates(tenants.stream().map(TenantParts::estate).toList());
        RunnerApi api = new RunnerApi(
                settings.allowedCallers(),
                new CallerTrust(
                        new KeyFiles<>(
                                List.of(settings.tlsAuthority()), () -> MutualTls.trust(settings.tlsAuthority())),
                        revoked,
                        clock),
                new Witness(journal, "chatbot", clock),
                checkpoints::said,
                settings.heartbeat(),
                estates,
                previews,
                decisions,
                admission,
                executions,
                audit,
                counters,
                tracing,
                clock);
        Health health = RunnerHealth.of(
                database,
                lease,
                executions::isStopping,
                audit,
                checkpointing,
                tenants.stream().map(TenantParts::health).toList(),
                settings.tlsCertificate(),
                tls,
                revoked,
                signals::trouble,
                clock);

        ApprovedAgain approvals = new ApprovedAgain(estates::of, executionStore, previewStore, rendering, clock);
        SharedWork sharedWork = SharedWork.of(executions, engine, recovery, locks, lease, approvals, audit, spreading);
        sharedWork.start();

        Tls shown = tls.current();
        Listener apiListener = Listener.secured("API", settings.apiHost(), settings.apiPort(), shown, api::route);
        Listener healthListener =
                Listener.plain("health page", settings.healthHost(), settings.healthPort(), routing -> {
                    health.route(routing);
                    metrics.route(routing);
                });
        List<AutoCloseable> parts = new ArrayList<>();
        parts.add(new ServerCertificate(tls, shown, apiListener));
        parts.add(new Housekeeping(previewStore, executionStore, lease::epoch, audit, settings.keptOutputs(), clock));
        parts.add(sharedWork);
        parts.add(engine);
        parts.add(signals);
        parts.add(lease);
        parts.addAll(tenants);
        parts.addAll(List.of(checkpointing, journal, mirror, database, metrics, tracing));
        return new Runner(apiListener, healthListener, executions, sharedWork, audit, settings.shutdownGrace(), parts);
    }
}
