package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.opsconductor.json.Json;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement that a person decided. The signature (Ed25519, base64) is over the canonical bytes of
 * {@code statement} and is made by the chatbot's key {@code keyId}; the runner holds the public half and trusts nothing
 * else in it before checking.
 *
 * @param statement what was decided
 * @param keyId the first 16 hexadecimal digits of the SHA-256 of the public key's X.509 encoding
 * @param signature base64 of 64 bytes
 */
public record Attestation(
        @JsonProperty(required = true) Statement statement,
        @JsonProperty(required = true) String keyId,
        @JsonProperty(required = true) String signature) {

    public Attestation {
        Bounds.length("key_id", keyId, 64);
        Bounds.length("signature", signature, 128);
    }

    /**
     * What was decided.
     *
     * @param digest the preview's digest
     * @param decision approve or deny
     * @param approver platform-qualified identity of who pressed the button, such as {@code web:bob}
     * @param requester platform-qualified identity of who asked
     * @param conversation where it was pressed
     * @param time when, by the chatbot's clock
     * @param nonce the preview's nonce
     * @param typed the plan's short code, as {@link PlanCode} writes it, when the approver typed it; null for what asks for
     *     none
     */
    public record Statement(
            @JsonProperty(required = true) String digest,
            @JsonProperty(required = true) Decision decision,
            @JsonProperty(required = true) String approver,
            @JsonProperty(required = true) String requester,
            @JsonProperty(required = true) String conversation,
            @JsonProperty(required = true) Instant time,
            @JsonProperty(required = true) String nonce,
            @Nullable String typed) {

        public Statement {
            Bounds.length("digest", digest, 100);
            Bounds.length("approver", approver, 160);
            Bounds.length("requester", requester, 160);
            Bounds.length("conversation", conversation, 256);
            Bounds.length("nonce", nonce, 100);
            if (typed != null) {
                Bounds.length("typed", typed, 16);
            }
        }

        /** A statement about something for which no code is typed. */
        public Statement(
                String digest,
                Decision decision,
                String approver,
                String requester,
                String conversation,
                Instant time,
                String nonce) {
            this(digest, decision, approver, requester, conversation, time, nonce, null);
        }

        /** What the signature covers. */
        public byte[] signedBytes() {
            return Json.canonical(this);
        }
    }

    /** The two answers. */
    public enum Decision {
        APPROVE,
        DENY;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
