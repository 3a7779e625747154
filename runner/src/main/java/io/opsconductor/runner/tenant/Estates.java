package io.opsconductor.runner.tenant;

import io.opsconductor.plan.Tenant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The estates of all tenants of this runner, at least one. */
public final class Estates {
    private final Map<Tenant, Estate> estates;

    public Estates(Collection<Estate> estates) {
        this.estates = estates.stream().collect(Collectors.toUnmodifiableMap(Estate::tenant, Function.identity()));
    }

    /** The estate of a tenant, for this runner itself; empty when the tenant is not one of it. */
    public Optional<Estate> of(Tenant tenant) {
        return Optional.ofNullable(estates.get(tenant));
    }

    /**
     * The estate of a tenant for somebody; empty when the tenant is not one of this runner, and just so when they may not call for
     * it.
     *
     * @param tenant as the call names it, in any form
     * @param callers names of the client certificate
     */
    public Optional<Estate> of(String tenant, Collection<String> callers) {
        return Tenant.of(tenant).map(estates::get).filter(estate -> !Collections.disjoint(estate.callers(), callers));
    }
}
