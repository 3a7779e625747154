package io.opsconductor.runner.store;

import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The previews this runner has issued. They never change, so that the latest ones are kept in memory as well. */
public final class PreviewStore {
    private static final int IN_MEMORY = 64;

    private final Database database;
    private final Map<String, IssuedPreview> latest = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IssuedPreview> eldest) {
            return size() > IN_MEMORY;
        }
    });

    public PreviewStore(Database database) {
        this.database = database;
    }

    /** Keeps a preview; durable when this returns. */
    public void keep(IssuedPreview issued) {
        database.change(
                "insert into preview (digest, tenant, nonce, request, preview, expires_at_ms) values (?, ?, ?, ?, ?, ?)",
                issued.digest(),
                issued.preview().tenant(),
                issued.preview().nonce(),
                Json.write(issued.request()),
                Json.write(issued.preview()),
                issued.preview().expiresAt().toEpochMilli());
        latest.put(issued.digest(), issued);
    }

    /** A preview that was issued for this tenant. */
    public Optional<IssuedPreview> find(Tenant tenant, String digest) {
        IssuedPreview recent = latest.get(digest);
        return recent == null
                ? stored(tenant, digest)
                : Optional.of(recent).filter(issued -> issued.preview().tenant().equals(tenant.name()));
    }

    private Optional<IssuedPreview> stored(Tenant tenant, String digest) {
        return database.one(
                "select digest, request, preview from preview where tenant = ? and digest = ?",
                row -> new IssuedPreview(
                        Rows.text(row, "digest"),
                        Json.read(Rows.text(row, "request"), PreviewRequest.class),
                        Json.read(Rows.text(row, "preview"), Preview.class)),
                tenant.name(),
                digest);
    }

    /** Forgets previews that expired before this moment; answers how many. */
    public long forgetExpiredBefore(Instant moment) {
        latest.values().removeIf(issued -> issued.preview().expiresAt().isBefore(moment));
        return database.change("delete from preview where expires_at_ms < ?", moment.toEpochMilli());
    }
}
