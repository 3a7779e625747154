package io.opsconductor.brain.overview;

import io.helidon.dbclient.DbRow;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.overview.Concerns.Asked;
import io.opsconductor.brain.overview.Concerns.Listed;
import io.opsconductor.brain.overview.Concerns.Running;
import io.opsconductor.brain.overview.Concerns.Waiting;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what concerns a person from the store. */
public final class Overview {
    private static final int MOST = 20;
    private static final int MOST_ASKED = 10;
    /** By this identity, or by another one of the same person, as far as the runner has said whose it is. */
    private static final String APPROVED_BY =
            "select 1 from attestation t where t.approval = a.id and t.decision = 'approve' and (t.approver = ?"
                    + " or (t.person <> '' and t.person in (select person from attestation where approver = ?)))";

    /** No tenant is called so: whoever belongs to none sees nothing. */
    private static final String NOBODY = "";

    private final Database database;
    private final Tenancy tenancy;

    public Overview(Database database, Tenancy tenancy) {
        this.database = database;
        this.tenancy = tenancy;
    }

    /** For somebody, by their platform-qualified identity. */
    public Concerns of(String identity) {
        String tenant = tenancy.of(identity).map(Tenant::name).orElse(NOBODY);
        return new Concerns(
                waiting(tenant, "a.requester <> ? and not exists (" + APPROVED_BY + ")", identity, identity, identity),
                waiting(tenant, "a.requester = ?", identity),
                asked(tenant, identity),
                listed(
                        "x.id, x.conversation, a.summary, a.requester, x.created_at",
                        "from execution x join approval a on a.id = x.approval"
                                + " where a.tenant = ? and x.status in ('queued', 'running')",
                        "order by x.created_at, x.id",
                        MOST,
                        row -> new Running(
                                Rows.text(row, "id"),
                                Rows.text(row, "conversation"),
                                Rows.text(row, "summary"),
                                Rows.text(row, "requester"),
                                Rows.instant(row, "created_at")),
                        tenant));
    }

    private Listed<Waiting> waiting(String tenant, String whose, String... identities) {
        List<String> values = new ArrayList<>(List.of(tenant));
        values.addAll(List.of(identities));
        return listed(
                "a.id, a.conversation, a.requester, a.summary, a.preview, a.digest, a.expires_at,"
                        + " (select count(*) from attestation t where t.approval = a.id and t.decision = 'approve')"
                        + " as approved",
                "from approval a where a.tenant = ? and a.state = 'pending' and " + whose,
                "order by a.expires_at, a.id",
                MOST,
                Overview::waiting,
                values.toArray());
    }

    private static Waiting waiting(DbRow row) {
        Preview preview = Json.read(Rows.text(row, "preview"), Preview.class);
        return new Waiting(
                Rows.text(row, "id"),
                Rows.text(row, "conversation"),
                Rows.text(row, "requester"),
                preview.requesterName(),
                Rows.text(row, "summary"),
                preview.effect(),
                preview.approval(),
                (int) Rows.number(row, "approved"),
                Rows.instant(row, "expires_at"),
                Rows.text(row, "digest"));
    }

    private Listed<Asked> asked(String tenant, String identity) {
        return listed(
                "a.id, a.conversation, a.summary, a.state, a.created_at, coalesce(x.id, '') as execution,"
                        + " coalesce(x.status, '') as status",
                "from approval a left join execution x on x.approval = a.id where a.tenant = ? and a.requester = ?",
                "order by a.created_at desc, a.id",
                MOST_ASKED,
                row -> new Asked(
                        Rows.text(row, "id"),
                        Rows.text(row, "conversation"),
                        Rows.text(row, "summary"),
                        Rows.text(row, "state"),
                        present(Rows.text(row, "execution")),
                        present(Rows.text(row, "status")),
                        Rows.instant(row, "created_at")),
                tenant,
                identity);
    }

    /** The first rows, and how many there are; the pieces of SQL are of this class, the values are bound. */
    private <T> Listed<T> listed(
            String columns, String from, String order, int most, Function<DbRow, T> mapper, Object... values) {
        return new Listed<>(
                database.query("select " + columns + " " + from + " " + order + " limit " + most, mapper, values),
                database.one("select count(*) as total " + from, row -> Rows.number(row, "total"), values)
                        .orElse(0L));
    }

    private static @Nullable String present(String text) {
        return text.isEmpty() ? null : text;
    }
}
