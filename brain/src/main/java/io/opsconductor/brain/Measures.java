package io.opsconductor.brain;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Tracing;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The chatbot's numbers: requests received, plans generated, execution requests sent, execution results received, and
 * how long each stage takes, which is in the message's trace as well. No tag ever holds a name or a text of somebody's.
 */
public final class Measures {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Tracing tracing;
    private final Counter requestsReceived;
    private final Counter plansGenerated;
    private final Counter executionRequestsSent;
    private final Counter modelUnavailable;

    public Measures(MeterRegistry registry, Tracing tracing) {
        this.registry = registry;
        this.tracing = tracing;
        this.requestsReceived = counter("opsconductor_requests_received", "Chat messages received, each once");
        this.plansGenerated =
                counter("opsconductor_plans_generated", "Plans that the runner rendered and that were shown");
        this.executionRequestsSent =
                counter("opsconductor_execution_requests_sent", "Requests to execute a plan sent to the runner");
        this.modelUnavailable = counter(
                "opsconductor_model_unavailable", "Messages understood without the model, because it did not answer");
        for (Stage stage : Stage.values()) {
            timer(stage);
        }
    }

    /** What is timed. */
    public enum Stage {
        INTENT,
        SELECTION,
        PLANNING,
        PREVIEW,
        DECISION,
        /** From the message's arrival to its answer being visible. */
        MESSAGE
    }

    /** @param waiting how many plans wait for a decision, asked at each look */
    public void watchApprovals(Supplier<Number> waiting) {
        Gauge.builder("opsconductor_approvals_waiting", waiting)
                .description("Plans that wait for a decision")
                .register(registry);
    }

    /** @param waiting how many messages wait to be answered or are being answered, asked at each look */
    public void watchMessages(Supplier<Number> waiting) {
        Gauge.builder("opsconductor_messages_waiting", waiting)
                .description("Chat messages that are not answered yet")
                .register(registry);
    }

    public void requestReceived() {
        requestsReceived.increment();
    }

    public void planGenerated() {
        plansGenerated.increment();
    }

    public void modelWasUnavailable() {
        modelUnavailable.increment();
    }

    public void executionRequestSent() {
        executionRequestsSent.increment();
    }

    /** Counts an end told by the runner; statuses are a closed set of words. */
    public void executionResultReceived(String status) {
        Counter.builder("opsconductor_execution_results_received")
                .description("Ends of executions received from the runner, by status")
                .tag("status", status)
                .register(registry)
                .increment();
    }

    /** Does something and records how long it took. */
    public <T> T timed(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        try (Span _ = tracing.within(word(stage), Span.Kind.INTERNAL)) {
            return work.get();
        } finally {
            timer(stage).record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Records a duration that was measured elsewhere; negative ones, of a clock set back, count as zero. */
    public void took(Stage stage, Duration duration) {
        timer(stage).record(duration.isNegative() ? Duration.ZERO : duration);
    }

    private Timer timer(Stage stage) {
        return Timer.builder("opsconductor_stage_duration")
                .description("How long the stages of a message take")
                .tag("stage", word(stage))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
