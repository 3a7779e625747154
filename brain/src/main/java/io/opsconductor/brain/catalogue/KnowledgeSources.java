package io.opsconductor.brain.catalogue;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.plan.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the brain knows of tools and targets, apart for each tenant: nobody is understood by what another has. */
public final class KnowledgeSources implements AutoCloseable {
    private final Tenancy tenancy;
    private final Map<Tenant, KnowledgeSource> sources;

    /** Starts reading at once, in the background, for every tenant there is. */
    public KnowledgeSources(RunnerClient runner, Tenancy tenancy, Duration interval) {
        this.tenancy = tenancy;
        this.sources = tenancy.tenants().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), tenant -> new KnowledgeSource(runner, tenant, interval)));
    }

    /** Of a tenant of this installation. */
    public KnowledgeSource of(Tenant tenant) {
        return Objects.requireNonNull(sources.get(tenant), "a tenant of this installation");
    }

    /**
     * The last good snapshot for somebody or some place; empty when there never was one.
     *
     * @param from as {@link Tenancy#of} takes it
     */
    public Optional<Knowledge> current(String from) {
        return tenancy.of(from).map(this::of).flatMap(KnowledgeSource::current);
    }

    /** One for each tenant. */
    public Collection<KnowledgeSource> all() {
        return sources.values();
    }

    /** Why a last try failed, of any tenant; empty when none did. */
    public Optional<Refusal> problem() {
        return sources.values().stream()
                .flatMap(source -> source.problem().stream())
                .findFirst();
    }

    @Override
    public void close() {
        sources.values().forEach(KnowledgeSource::close);
    }
}
