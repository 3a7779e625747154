package io.opsconductor.chat.teams.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.chat.call.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The numbers of what leaves for Teams. No tag ever holds a name or a text of somebody's. */
public final class TeamsDeliveryMeasures {
    private final MeterRegistry registry;
    private final Counter retries;
    private final Counter unreachable;
    private final AtomicLong oldestMillis = new AtomicLong();

    public TeamsDeliveryMeasures(MeterRegistry registry) {
        this.registry = registry;
        this.retries = Counter.builder("opsconductor_teams_delivery_retries")
                .description("Calls to Teams that are made again")
                .register(registry);
        this.unreachable = Counter.builder("opsconductor_teams_threads_unreachable")
                .description("Conversations of Teams that nothing can be posted to any more")
                .register(registry);
        Gauge.builder("opsconductor_teams_oldest_untold_seconds", oldestMillis, millis -> millis.get() / 1_000.0)
                .description("Age of the oldest event that is not told in Teams yet")
                .register(registry);
    }

    void called(String call, Answer<?> answer) {
        String outcome = switch (answer) {
            case Answer.Ok<?> _ -> "ok";
            case Answer.Refused<?> _ -> "refused";
            case Answer.Limited<?> _ -> "limited";
            case Answer.Unreachable<?> _ -> "unreachable";
            case Answer.Unknown<?> _ -> "unknown";
        };
        Counter.builder("opsconductor_teams_posts")
                .description("Posts and changes in Teams, by outcome")
                .tag("call", call)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    void retried() {
        retries.increment();
    }

    void threadUnreachable() {
        unreachable.increment();
    }

    void oldestUntold(Duration age) {
        oldestMillis.set(age.toMillis());
    }

    Duration oldestUntold() {
        return Duration.ofMillis(oldestMillis.get());
    }
}
