package io.opsconductor.chat.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.opsconductor.brain.revision.RerunTargets;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.plan.Attestation.Decision;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bodies that the chat API takes, and the forms of the names in them. */
final class Forms {
    private static final Pattern CONVERSATION = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9._-]{0,31}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MAX_CODE = 40;
    private static final int MAX_REASON = 500;
    private static final int MAX_VALUES = 400;
    private static final int MAX_FIELD = 100;

    private Forms() {}

    /** {@code POST /chat/messages}. */
    record Message(
            @JsonProperty("conversation") @Nullable String conversation,

            @JsonProperty(value = "user", required = true) String user,

            @JsonProperty(value = "text", required = true) String text) {}

    /** {@code POST /chat/approvals/{approval}}. */
    record Decided(
            @JsonProperty(value = "user", required = true) String user,

            @JsonProperty(value = "decision", required = true)
            String decision,

            @JsonProperty(value = "digest", required = true) String digest,

            @JsonProperty("reason") @Nullable String reason,
            @JsonProperty("code") @Nullable String code) {}

    /** {@code POST /chat/approvals/{approval}/edit}. */
    record Edited(
            @JsonProperty(value = "user", required = true) String user,

            @JsonProperty(value = "digest", required = true) String digest,

            @JsonProperty(value = "values", required = true) Map<String, String> values) {}

    /** {@code POST /chat/executions/{execution}/rerun}. */
    record Rerun(
            @JsonProperty(value = "user", required = true) String user,

            @JsonProperty(value = "targets", required = true)
            String targets) {}

    /**
     * {@code POST /chat/approvals/{approval}/withdraw}, {@code POST /chat/approvals/{approval}/dry-run} and {@code POST
     * /chat/executions/{execution}/cancel}.
     */
    record Acted(
            @JsonProperty(value = "user", required = true) String user) {}

    /** The identity of a user of the local chat. */
    static String identity(String user) {
        if (!USER.matcher(user).matches()) {
            throw HttpProblem.of(
                    400,
                    "invalid_user",
                    "the user must be 1 to 32 of a-z, 0-9, dot, underscore and hyphen, a letter first",
                    "such as alice");
        }
        return "web:" + user;
    }

    static String conversation(String id) {
        if (!CONVERSATION.matcher(id).matches()) {
            throw HttpProblem.of(
                    400,
                    "invalid_conversation",
                    "a conversation's id must be 1 to 64 of A-Z, a-z, 0-9, underscore and hyphen",
                    "leave it out to begin a conversation");
        }
        return id;
    }

    /** What the caller names a request by, the same for each repetition; empty when it does not. */
    static Optional<String> idempotencyKey(ServerRequest request) {
        return request.headers().first(HeaderNames.create("Idempotency-Key")).map(Forms::idempotencyKey);
    }

    private static String idempotencyKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw HttpProblem.of(
                    400,
                    "invalid_idempotency_key",
                    "the header Idempotency-Key must be 1 to 128 of A-Z, a-z, 0-9 and . _ : -",
                    "such as a random UUID, the same for each repetition");
        }
        return key;
    }

    static Decision decision(String word) {
        for (Decision decision : Decision.values()) {
            if (decision.word().equals(word)) {
                return decision;
            }
        }
        throw HttpProblem.of(400, "invalid_decision", "the decision must be approve or deny", "");
    }

    static RerunTargets targets(String word) {
        for (RerunTargets targets : RerunTargets.values()) {
            if (targets.word().equals(word)) {
                return targets;
            }
        }
        throw HttpProblem.of(
                400, "invalid_targets", "targets must be all or failed", "failed runs it where it did not succeed");
    }

    /** Values by field; a field's key is bounded here, its value where its type is known. */
    static Map<String, String> values(Map<String, String> values) {
        boolean tooMany = values.size() > MAX_VALUES;
        if (tooMany
                || values.entrySet().stream()
                        .anyMatch(value ->
                                value.getValue() == null || value.getKey().length() > MAX_FIELD)) {
            throw HttpProblem.of(
                    400,
                    "invalid_values",
                    "values must be at most " + MAX_VALUES + " texts by field, a field's key at most " + MAX_FIELD
                            + " characters",
                    "take the fields of the plan's form");
        }
        return values;
    }

    static String digest(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw HttpProblem.of(
                    400,
                    "invalid_digest",
                    "the digest must be sha256: and 64 hexadecimal digits",
                    "send the digest of the plan as it was shown");
        }
        return digest;
    }

    /** What was typed for a plan's code; empty for nothing, and for what no code can be. */
    static String code(@Nullable String code) {
        return code == null || code.length() > MAX_CODE ? "" : code.strip();
    }

    static String reason(@Nullable String reason) {
        if (reason == null) {
            return "";
        }
        if (reason.length() > MAX_REASON
                || reason.codePoints()
                        .anyMatch(c -> c != '\n'
                                && (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE))) {
            throw HttpProblem.of(
                    400,
                    "invalid_reason",
                    "a reason must be at most " + MAX_REASON + " characters without control characters",
                    "");
        }
        return reason.strip();
    }

    /** A whole number in a range; anything else is refused by the parameter's name. */
    static long number(String name, String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(name, min, max);
        }
        throw outOfRange(name, min, max);
    }

    private static HttpProblem outOfRange(String name, long min, long max) {
        return HttpProblem.of(
                400,
                "invalid_" + name.toLowerCase(Locale.ROOT),
                "the parameter " + name + " must be a whole number from " + min + " to " + max,
                "");
    }
}
