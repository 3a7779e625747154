package io.opsconductor.brain.conversation;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.List;

/** Which conversations somebody may want to open. */
public final class ConversationList {
    private static final int MAX = 50;

    /** No tenant is called so: whoever belongs to none sees nothing. */
    private static final String NOBODY = "";

    private final Database database;
    private final Tenancy tenancy;

    /**
     * One conversation.
     *
     * @param conversation its id
     * @param title the beginning of its first message
     * @param at when something happened in it last
     * @param waiting whether a plan in it waits for a decision
     */
    public record Entry(String conversation, String title, Instant at, boolean waiting) {}

    public ConversationList(Database database, Tenancy tenancy) {
        this.database = database;
        this.tenancy = tenancy;
    }

    /**
     * Those of this identity's tenant in which it wrote or decided, and those where a plan waits; the latest first, at most
     * 50.
     */
    public List<Entry> of(String identity) {
        return database.query(
                "select id, title, at, waiting from (select c.id, c.title,"
                        + " coalesce((select e.at from event e where e.conversation = c.id order by e.seq desc limit 1),"
                        + " c.created_at) as at,"
                        + " (select count(*) from approval a where a.conversation = c.id and a.state = 'pending')"
                        + " as waiting from conversation c join conversation_tenant n on n.conversation = c.id"
                        + " where n.tenant = ?) as known where (waiting > 0"
                        + " or id in (select conversation from message where sender = ?)"
                        + " or id in (select p.conversation from approval p join attestation t on t.approval = p.id"
                        + " where t.approver = ?)) order by at desc limit " + MAX,
                row -> new Entry(
                        Rows.text(row, "id"),
                        Rows.text(row, "title"),
                        Rows.instant(row, "at"),
                        Rows.number(row, "waiting") > 0),
                tenancy.of(identity).map(Tenant::name).orElse(NOBODY),
                identity,
                identity);
    }
}
