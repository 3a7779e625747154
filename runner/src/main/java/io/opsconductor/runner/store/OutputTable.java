package io.opsconductor.runner.store;

import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outputs in the database, where every process that shares it reads them. As JSON strings: a database keeps no NUL. */
public final class OutputTable implements KeptOutputs {
    private static final Logger LOG = LoggerFactory.getLogger(OutputTable.class);

    private final Database database;
    private final OutputFiles earlier;
    private final InstantSource clock;

    /**
     * @param earlier what this process kept in files before it shared its store
     * @param clock says since when an output is kept
     */
    public OutputTable(Database database, OutputFiles earlier, InstantSource clock) {
        this.database = database;
        this.earlier = earlier;
        this.clock = clock;
    }

    @Override
    public String keep(String text) {
        String digest = Digest.of(text);
        String content = Json.write(text);
        long now = clock.instant().toEpochMilli();
        database.together(tx -> tx.dml(
                "insert into output (digest, kept_at_ms, content) values (?, ?, ?)"
                        + " on conflict (digest) do update set kept_at_ms = excluded.kept_at_ms",
                digest,
                now,
                content));
        return digest;
    }

    @Override
    public Optional<String> read(String digest) {
        Optional<String> text = database.one(
                "select content from output where digest = ?",
                row -> Json.read(Rows.text(row, "content"), String.class),
                digest);
        if (text.filter(found -> !Digest.of(found).equals(digest)).isPresent()) {
            LOG.error("the output {} in the table output was changed, so it is not shown", digest);
            return Optional.empty();
        }
        return text.or(() -> earlier.read(digest));
    }

    @Override
    public long forgetBefore(Instant limit) {
        return database.change("delete from output where kept_at_ms < ?", limit.toEpochMilli())
                + earlier.forgetBefore(limit);
    }
}
