package io.opsconductor.runner.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.attestation.ApprovalKeys.ApprovalKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Checks the signatures of the votes again with which an execution was accepted. */
final class Signatures {
    private Signatures() {}

    /**
     * A proof for each vote.
     *
     * @param preview without it nothing can be checked, because its nonce is part of what was signed
     */
    static List<Proof> of(List<JournalEntry> runner, Optional<Preview> preview, ApprovalKeys keys) {
        return preview.stream()
                .flatMap(shown -> runner.stream()
                        .filter(entry -> entry.type().equals("execution_accepted"))
                        .flatMap(entry -> StreamSupport.stream(
                                        entry.data().path("votes").spliterator(), false)
                                .map(vote -> proof(vote, entry, shown, keys))))
                .toList();
    }

    private static Proof proof(JsonNode vote, JournalEntry entry, Preview preview, ApprovalKeys keys) {
        String key = vote.path("key_id").asText();
        String who = Visible.escape(vote.path("approver").asText()) + "'s decision";
        Optional<ApprovalKey> found = keys.find(key);
        if (found.isEmpty()) {
            return new Proof(false, who + " is signed with the key " + key + ", which is not in " + keys.directory());
        }
        if (found.get().revoked().filter(when -> when.isBefore(entry.at())).isPresent()
                || found.get().until().filter(end -> end.isBefore(entry.at())).isPresent()) {
            return new Proof(false, who + " is signed with the key " + key + ", which did not count any more then");
        }
        try {
            Map<String, String> signed = new HashMap<>(Map.of(
                    "digest", entry.digest(),
                    "decision", vote.path("decision").asText(),
                    "approver", vote.path("approver").asText(),
                    "requester", preview.requester(),
                    "conversation", vote.path("conversation").asText(entry.conversation()),
                    "time", vote.path("time").asText(),
                    "nonce", preview.nonce()));
            if (vote.has("typed")) {
                signed.put("typed", vote.path("typed").asText());
            }
            Attestation.Statement statement = Json.read(Json.write(signed), Attestation.Statement.class);
            return new Proof(
                    found.get()
                            .verifier()
                            .verify(
                                    statement.signedBytes(),
                                    vote.path("signature").asText()),
                    who + " is signed with the key " + key
                            + found.get()
                                    .revoked()
                                    .map(when -> ", which was revoked later, on " + when)
                                    .orElse(""));
        } catch (InvalidJsonException e) {
            return new Proof(false, who + " is recorded in a form that cannot be read");
        }
    }
}
