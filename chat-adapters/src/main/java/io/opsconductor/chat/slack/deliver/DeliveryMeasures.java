package io.opsconductor.chat.slack.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Pace;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The numbers of what leaves for Slack. No tag ever holds a name or a text of somebody's. */
public final class DeliveryMeasures {
    private final MeterRegistry registry;
    private final Counter retries;
    private final Counter unreachable;
    private final AtomicLong oldestMillis = new AtomicLong();

    public DeliveryMeasures(MeterRegistry registry) {
        this.registry = registry;
        this.retries = Counter.builder("opsconductor_slack_delivery_retries")
                .description("Calls to Slack that are made again")
                .register(registry);
        this.unreachable = Counter.builder("opsconductor_slack_threads_unreachable")
                .description("Threads that nothing can be posted to any more")
                .register(registry);
        Gauge.builder("opsconductor_slack_oldest_untold_seconds", oldestMillis, millis -> millis.get() / 1_000.0)
                .description("Age of the oldest event that is not told in Slack yet")
                .register(registry);
    }

    void called(Pace.Method method, Answer<?> answer) {
        String outcome = switch (answer) {
            case Answer.Ok<?> _ -> "ok";
            case Answer.Refused<?> _ -> "refused";
            case Answer.Limited<?> _ -> "limited";
            case Answer.Unreachable<?> _ -> "unreachable";
            case Answer.Unknown<?> _ -> "unknown";
        };
        Counter.builder("opsconductor_slack_posts")
                .description("Posts, changes, files and searches in Slack, by outcome")
                .tag("call", method.name().toLowerCase(Locale.ROOT))
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
