package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.plan.Tenant;
import java.util.Optional;

/**
 * Whose entries are meant.
 *
 * @param tenant entries of others, and those that are no tenant's, are left out; empty leaves out none
 */
public record Whose(Optional<Tenant> tenant) {
    /** Everybody's. */
    public static final Whose ALL = new Whose(Optional.empty());

    /** Whether an entry is one of them. */
    public boolean has(JournalEntry entry) {
        return tenant.isEmpty() || of(entry).equals(tenant);
    }

    /** Whether two entries can be of one tenant: before there were any, nothing was said of them. */
    static boolean mayBeTogether(JournalEntry one, JournalEntry other) {
        Optional<Tenant> tenant = of(one);
        return tenant.isEmpty() || of(other).isEmpty() || tenant.equals(of(other));
    }

    /** Whose an entry is; empty for what is no tenant's. */
    static Optional<Tenant> of(JournalEntry entry) {
        return Tenant.of(entry.data().path("tenant").asText());
    }
}
