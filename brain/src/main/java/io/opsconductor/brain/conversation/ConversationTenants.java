package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Tenant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose each conversation is: its first message's sender's. It stays so when the configuration changes, so that nobody else
 * ever comes to read it.
 */
public final class ConversationTenants {
    private static final int CACHED = 5_000;

    private final Database database;
    private final Tenancy tenancy;
    private final Map<String, Tenant> known = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tenant> eldest) {
            return size() > CACHED;
        }
    });

    /** Finds out whose the conversations of an earlier version are, which did not store it. */
    public ConversationTenants(Database database, Tenancy tenancy) {
        this.database = database;
        this.tenancy = tenancy;
        record Unsettled(String conversation, String sender) {}
        database.query(
                        "select t.conversation, coalesce((select m.sender from message m where"
                                + " m.conversation = t.conversation order by m.arrival limit 1), '') as sender"
                                + " from conversation_tenant t where t.tenant = ''",
                        row -> new Unsettled(Rows.text(row, "conversation"), Rows.text(row, "sender")))
                .forEach(old -> tenancy.of(old.sender())
                        .ifPresent(tenant -> database.change(
                                "update conversation_tenant set tenant = ? where conversation = ? and tenant = ''",
                                tenant.name(),
                                old.conversation())));
    }

    /** Who belongs to which tenant. */
    public Tenancy tenancy() {
        return tenancy;
    }

    /** Whose a conversation is; empty when there is none. */
    public Optional<Tenant> of(String conversation) {
        Tenant before = known.get(conversation);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Tenant> stored = database.one(
                        "select tenant from conversation_tenant where conversation = ?",
                        row -> Rows.text(row, "tenant"),
                        conversation)
                .flatMap(Tenant::of);
        stored.ifPresent(tenant -> known.put(conversation, tenant));
        return stored;
    }

    /**
     * Whether somebody, or a place, is of the tenant whose conversation it is.
     *
     * @param from as {@link Tenancy#of} takes it
     */
    public boolean isOf(String conversation, String from) {
        Optional<Tenant> whose = of(conversation);
        return whose.isPresent() && whose.equals(tenancy.of(from));
    }

    /** Enters a conversation that begins; throws {@link IllegalStateException} when it is another tenant's already. */
    public void begin(DbExecute tx, String conversation, Tenant tenant) {
        tx.dml(
                "insert into conversation_tenant (conversation, tenant) values (?, ?) on conflict (conversation) do nothing",
                conversation,
                tenant.name());
        try (var rows = tx.query(
                "select tenant from conversation_tenant where conversation = ? and tenant = ?",
                conversation,
                tenant.name())) {
            if (rows.findFirst().isEmpty()) {
                throw new IllegalStateException("the conversation " + conversation + " is another tenant's");
            }
        }
    }
}
