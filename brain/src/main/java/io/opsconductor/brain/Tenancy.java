package io.opsconductor.brain;

import io.opsconductor.plan.Tenant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tenant somebody belongs to: it follows from where their identity comes from, and from nothing that anybody says. An
 * identity of no known origin belongs to none, and nothing is taken from it.
 */
public final class Tenancy {
    private static final String WEB = "web";

    private final Optional<Tenant> only;
    private final Map<String, Tenant> byOrigin;

    private Tenancy(Optional<Tenant> only, Map<String, Tenant> byOrigin) {
        this.only = only;
        this.byOrigin = Map.copyOf(byOrigin);
    }

    /** An installation of one tenant: everybody is of it. */
    public static Tenancy single(Tenant tenant) {
        return new Tenancy(Optional.of(tenant), Map.of());
    }

    /**
     * An installation of several.
     *
     * @param byOrigin {@code slack:TEAM}, {@code teams:TENANT} or {@code web} to whose it is
     */
    public static Tenancy of(Map<String, Tenant> byOrigin) {
        return new Tenancy(Optional.empty(), byOrigin);
    }

    /** Whether a text names an origin: {@code web}, or a platform and one of its workspaces. */
    public static boolean isOrigin(String text) {
        return text.equals(WEB) || text.matches("[a-z]{1,16}:[A-Za-z0-9._-]{1,128}");
    }

    /**
     * The tenant of a person or a place.
     *
     * @param from an identity such as {@code slack:T024/U1} or {@code web:alice}, or a place such as {@code slack:T024}
     */
    public Optional<Tenant> of(String from) {
        return only.isPresent() ? only : Optional.ofNullable(byOrigin.get(origin(from)));
    }

    /** Whether two people, or a person and a place, are of one tenant. */
    public boolean areTogether(String one, String other) {
        Optional<Tenant> tenant = of(one);
        return tenant.isPresent() && tenant.equals(of(other));
    }

    /** Where an identity comes from, or what a place is: {@code slack:T024}, {@code web}. */
    public static String origin(String from) {
        return from.startsWith(WEB + ":") ? WEB : from.split("/", 2)[0];
    }

    /** All tenants, sorted, at least one. */
    public Collection<Tenant> tenants() {
        return only.isPresent() ? Set.of(only.get()) : new TreeSet<>(byOrigin.values());
    }

    /** Whether nobody needs to be told apart. */
    public boolean isSingle() {
        return only.isPresent();
    }

    /** The words for somebody, or a place, that belongs to no tenant. */
    public static Refusal nobodys(String from) {
        String origin = origin(from);
        String what = origin.equals(WEB) ? "the web chat" : "this workspace (" + origin + ")";
        return Refusal.of(
                403,
                "no_tenant",
                what + " is not connected to any tenant here, so nothing is taken from it",
                "whoever runs OpsConductor can list " + origin + " below tenants in the chatbot's configuration");
    }
}
