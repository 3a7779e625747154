package io.opsconductor.kit.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import java.time.Instant;

/**
 * One signed statement of how far a journal goes. Each follows the one before it, as the journal's lines do.
 *
 * @param number from 1, without gaps
 * @param writer which process signed it
 * @param at when, by its clock
 * @param file name of the journal's file that has the line
 * @param seq number of the journal's last line at that time
 * @param hash of that line
 * @param entries how many lines came since the checkpoint before
 * @param prev digest of the checkpoint before; {@link JournalEntry#GENESIS} for the first
 * @param keyId which key signed it
 * @param signature base64 of the Ed25519 signature of the canonical bytes of all fields above
 */
public record Checkpoint(
        long number,
        String writer,
        Instant at,
        String file,
        long seq,
        String hash,
        long entries,
        String prev,
        String keyId,
        String signature) {
    /** What is signed. */
    public byte[] signedBytes() {
        ObjectNode tree = Json.object(this);
        tree.remove("signature");
        return Json.canonical(tree);
    }

    /** What the next one, and witnesses, know it by. */
    public String digest() {
        return Digest.ofCanonical(this);
    }

    Checkpoint signed(String value) {
        return new Checkpoint(number, writer, at, file, seq, hash, entries, prev, keyId, value);
    }

    JournalHead head() {
        return new JournalHead(file, seq, hash);
    }
}
