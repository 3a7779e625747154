package io.opsconductor.runner.store;

import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewRequest;
import java.time.Instant;
import java.util.Optional;

/** The previews this runner has issued. */
public final class PreviewStore {
    private final Database database;

    public PreviewStore(Database database) {
        this.database = database;
    }

    /** Keeps a preview; durable when this returns. */
    public void keep(IssuedPreview issued) {
        database.change(
                "insert into preview (digest, nonce, request, preview, expires_at_ms) values (?, ?, ?, ?, ?)",
                issued.digest(),
                issued.preview().nonce(),
                Json.write(issued.request()),
                Json.canonicalText(issued.preview()),
                issued.preview().expiresAt().toEpochMilli());
    }

    public Optional<IssuedPreview> find(String digest) {
        return database.one(
                "select digest, request, preview from preview where digest = ?",
                row -> new IssuedPreview(
                        Rows.text(row, "digest"),
                        Json.read(Rows.text(row, "request"), PreviewRequest.class),
                        Json.read(Rows.text(row, "preview"), Preview.class)),
                digest);
    }

    /** Forgets previews that expired before this moment; answers how many. */
    public long forgetExpiredBefore(Instant moment) {
        return database.change("delete from preview where expires_at_ms < ?", moment.toEpochMilli());
    }
}
