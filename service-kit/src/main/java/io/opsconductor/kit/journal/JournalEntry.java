package io.opsconductor.kit.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import java.time.Instant;

/**
 * One line of a journal.
 *
 * @param seq position in the chain, from 1, without gaps
 * @param at when it was written, by the writer's clock
 * @param writer which process wrote it
 * @param type what happened, such as {@code execution_accepted}
 * @param conversation the chat thread, or empty
 * @param execution the execution id, or empty
 * @param digest the preview's digest, or empty; with {@code execution} it links the two processes' chains
 * @param data what else belongs to the record; never a secret
 * @param prev hash of the line before; {@link #GENESIS} for the first
 * @param hash digest of the canonical bytes of all fields above
 */
public record JournalEntry(
        long seq,
        Instant at,
        String writer,
        String type,
        String conversation,
        String execution,
        String digest,
        ObjectNode data,
        String prev,
        String hash) {
    /** The hash before the first line. */
    public static final String GENESIS = "sha256:" + "0".repeat(64);

    static JournalEntry chained(long seq, Instant at, String writer, JournalRecord record, String prev) {
        JournalEntry unsealed = new JournalEntry(
                seq,
                at,
                writer,
                record.type(),
                record.conversation(),
                record.execution(),
                record.digest(),
                Json.object(record.data()),
                prev,
                "");
        return unsealed.withHash(unsealed.computedHash());
    }

    /** The hash that the other fields call for. */
    public String computedHash() {
        return Digest.ofCanonical(unsealed());
    }

    /** The text of the line in the file, without its end. */
    String line() {
        return Json.write(unsealed().put("hash", hash));
    }

    /** By hand: a line is written while somebody waits for it. */
    private ObjectNode unsealed() {
        ObjectNode tree = Json.mapper().createObjectNode();
        tree.put("seq", seq);
        tree.put("at", at.toString());
        tree.put("writer", writer);
        tree.put("type", type);
        tree.put("conversation", conversation);
        tree.put("execution", execution);
        tree.put("digest", digest);
        tree.set("data", data);
        tree.put("prev", prev);
        return tree;
    }

    private JournalEntry withHash(String value) {
        return new JournalEntry(seq, at, writer, type, conversation, execution, digest, data, prev, value);
    }
}
