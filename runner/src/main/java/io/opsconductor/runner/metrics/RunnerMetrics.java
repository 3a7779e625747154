package io.opsconductor.runner.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import java.time.Duration;
import java.util.function.Supplier;

/** The runner's counters: execution requests received, commands executed, success and failure, execution duration. */
public final class RunnerMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final Counter requests;

    public RunnerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.requests = Counter.builder("opsconductor_execution_requests_received")
                .description("Requests to execute a plan, refused ones included")
                .register(registry);
    }

    public void executionRequested() {
        requests.increment();
    }

    /** By which method a command runs, in one word. */
    public static String method(RenderedCommand command) {
        return switch (command) {
            case RenderedCommand.Argv _ -> "local-command";
            case RenderedCommand.PowerShell _, RenderedCommand.Cmd _ -> "winrm";
            case RenderedCommand.Request _ -> "http";
            case RenderedCommand.Statement _ -> "database";
            case RenderedCommand.Shell _, RenderedCommand.ShellInput _ -> "ssh";
        };
    }

    /** Counts a command that was handed to its method, and how long it took there. */
    public void commandEnded(RenderedCommand command, Effect effect, TargetStatus status, Duration took) {
        String method = method(command);
        Counter.builder("opsconductor_commands_executed")
                .description("Commands executed, by method, the tool's effect and how they ended")
                .tag("method", method)
                .tag("effect", effect.word())
                .tag("status", status.word())
                .register(registry)
                .increment();
        Timer.builder("opsconductor_command_duration")
                .description("How long commands took, by method")
                .tag("method", method)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    /** Counts an execution's end: success or failure, and how long it took. */
    public void executionEnded(ExecutionStatus status, Duration took) {
        Counter.builder("opsconductor_executions")
                .description("Executions ended, by status")
                .tag("status", status.word())
                .register(registry)
                .increment();
        Timer.builder("opsconductor_execution_duration")
                .description("From acceptance to end")
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    /** Counts a refusal; codes are a fixed set of words. */
    public void refused(String code) {
        Counter.builder("opsconductor_refusals")
                .description("Calls refused, by reason")
                .tag("code", code)
                .register(registry)
                .increment();
    }

    /**
     * Counts a target's run where several runners share the work.
     *
     * @param where "here" or "elsewhere", for an execution that this runner leads; "for_others"
     */
    public void targetSpread(String where) {
        Counter.builder("opsconductor_targets_spread")
                .description("Targets run where several runners share the work, by where they ran")
                .tag("where", where)
                .register(registry)
                .increment();
    }

    /** Watches whether the server by which runners tell one another of work answers: 1, or 0. */
    public void watchSignals(Supplier<Number> up) {
        Gauge.builder("opsconductor_redis_up", up)
                .description("1 while Redis or Valkey answers this runner")
                .register(registry);
    }

    public void watchRunning(Supplier<Number> running) {
        Gauge.builder("opsconductor_executions_running", running)
                .description("Executions that run now")
                .register(registry);
    }
}
