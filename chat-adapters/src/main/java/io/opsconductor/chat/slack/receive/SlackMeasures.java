package io.opsconductor.chat.slack.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalMeasures;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What is counted of Slack's deliveries. No tag ever holds a name, a team or a text. */
public final class SlackMeasures implements ArrivalMeasures {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3)
    };

    /** Why something that came was not taken. */
    public enum Reason {
        SIGNATURE,
        TIMESTAMP,
        TOO_LARGE,
        MALFORMED,
        /** Of a kind or type that nothing here works on. */
        UNKNOWN,
        /** For a workspace or an app that is not ours, or not allowed. */
        FOREIGN,
        /** Not taken now; Slack sends it again. */
        UNAVAILABLE
    }

    private final MeterRegistry registry;
    private final Timer acknowledgement;
    private final Counter again;
    private final Counter retries;

    public SlackMeasures(MeterRegistry registry) {
        this.registry = registry;
        this.acknowledgement = Timer.builder("opsconductor_slack_acknowledgement")
                .description("From a delivery of Slack's to its acknowledgement")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.again = Counter.builder("opsconductor_slack_repetitions")
                .description("Deliveries of Slack's that had been stored before")
                .register(registry);
        this.retries = Counter.builder("opsconductor_slack_retries")
                .description("Deliveries that Slack marked as sent again")
                .register(registry);
        for (Arrival.Kind kind : Arrival.Kind.values()) {
            arrivals(kind);
        }
        for (Reason reason : Reason.values()) {
            refusals(reason);
        }
    }

    @Override
    public void stored(Arrival.Kind kind) {
        arrivals(kind).increment();
    }

    @Override
    public void again() {
        again.increment();
    }

    void retried() {
        retries.increment();
    }

    void refused(Reason reason) {
        refusals(reason).increment();
    }

    void acknowledged(long nanos) {
        acknowledgement.record(Duration.ofNanos(nanos));
    }

    /** Shows how many web sockets are up. */
    public void connections(Supplier<Number> connections) {
        Gauge.builder("opsconductor_slack_socket_connections", connections)
                .description("Web sockets of Socket Mode that are up")
                .register(registry);
    }

    @Override
    public void waiting(Supplier<Number> waiting) {
        Gauge.builder("opsconductor_slack_arrivals_waiting", waiting)
                .description("Deliveries of Slack's that are acknowledged and not worked off")
                .register(registry);
    }

    private Counter arrivals(Arrival.Kind kind) {
        return Counter.builder("opsconductor_slack_arrivals")
                .description("Deliveries of Slack's that were stored, each once, by kind")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter refusals(Reason reason) {
        return Counter.builder("opsconductor_slack_refused")
                .description("Deliveries that were not taken, by reason")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
