package io.opsconductor.chat.teams.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalMeasures;
import java.util.Locale;
import java.util.function.Supplier;

/** What is counted of what Teams sends. No tag ever holds a name, a tenant or a text. */
public final class TeamsMeasures implements ArrivalMeasures {
    private final MeterRegistry registry;
    private final Counter again;

    public TeamsMeasures(MeterRegistry registry) {
        this.registry = registry;
        this.again = Counter.builder("opsconductor_teams_repetitions")
                .description("Activities of Teams that had been stored before")
                .register(registry);
    }

    @Override
    public void stored(Arrival.Kind kind) {
        Counter.builder("opsconductor_teams_arrivals")
                .description("Activities of Teams that were stored, each once, by kind")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void again() {
        again.increment();
    }

    @Override
    public void waiting(Supplier<Number> waiting) {
        Gauge.builder("opsconductor_teams_arrivals_waiting", waiting)
                .description("Activities of Teams that are acknowledged and not worked off")
                .register(registry);
    }

    /** @param reason a fixed word */
    void refused(String reason) {
        Counter.builder("opsconductor_teams_refused")
                .description("Requests in the name of Teams that were not taken, by reason")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
