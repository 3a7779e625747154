package io.opsconductor.chat.deliver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.call.Answer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The numbers of what leaves for a platform, named after it. No tag ever holds a name or a text of somebody's. */
public final class DeliveryMeasures {
    private final MeterRegistry registry;
    private final Platform platform;
    private final Counter retries;
    private final Counter unreachable;
    private final AtomicLong oldestMillis = new AtomicLong();

    public DeliveryMeasures(MeterRegistry registry, Platform platform) {
        this.registry = registry;
        this.platform = platform;
        this.retries = Counter.builder(name("delivery_retries"))
                .description("Calls to " + platform.title() + " that are made again")
                .register(registry);
        this.unreachable = Counter.builder(name("threads_unreachable"))
                .description("Conversations of " + platform.title() + " that nothing can be posted to any more")
                .register(registry);
        Gauge.builder(name("oldest_untold_seconds"), oldestMillis, millis -> millis.get() / 1_000.0)
                .description("Age of the oldest event that is not told in " + platform.title() + " yet")
                .register(registry);
    }

    private String name(String what) {
        return "opsconductor_" + platform.word() + "_" + what;
    }

    /** A call was answered, or was not. */
    public void called(Pace.Method method, Answer<?> answer) {
        String outcome = switch (answer) {
            case Answer.Ok<?> _ -> "ok";
            case Answer.Refused<?> _ -> "refused";
            case Answer.Limited<?> _ -> "limited";
            case Answer.Unreachable<?> _ -> "unreachable";
            case Answer.Unknown<?> _ -> "unknown";
        };
        Counter.builder(name("posts"))
                .description("Posts, changes, files and searches in " + platform.title() + ", by outcome")
                .tag("call", method.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    public void retried() {
        retries.increment();
    }

    public void threadUnreachable() {
        unreachable.increment();
    }

    void oldestUntold(Duration age) {
        oldestMillis.set(age.toMillis());
    }

    Duration oldestUntold() {
        return Duration.ofMillis(oldestMillis.get());
    }
}
