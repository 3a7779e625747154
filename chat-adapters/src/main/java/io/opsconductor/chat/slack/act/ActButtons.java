package io.opsconductor.chat.slack.act;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An act as a button carries it: {@code action_id} is a fixed word with a counter that keeps ids of one message apart,
 * {@code value} is JSON of at most {@value #MAX_VALUE} characters (Slack's limit for a button's value).
 */
public final class ActButtons {
    public static final int MAX_VALUE = 2_000;

    private static final Pattern ID = Pattern.compile("ops_[a-z_]{1,32}(\\.[0-9]{1,4})?");

    private ActButtons() {}

    /** The wire form; a mix-in, because how a button carries an act is no business of the act. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "act")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Act.Approve.class, name = "approve"),
        @JsonSubTypes.Type(value = Act.Deny.class, name = "deny"),
        @JsonSubTypes.Type(value = Act.Edit.class, name = "edit"),
        @JsonSubTypes.Type(value = Act.Withdraw.class, name = "withdraw"),
        @JsonSubTypes.Type(value = Act.DryRun.class, name = "dry_run"),
        @JsonSubTypes.Type(value = Act.Fresh.class, name = "fresh"),
        @JsonSubTypes.Type(value = Act.Cancel.class, name = "cancel"),
        @JsonSubTypes.Type(value = Act.RunAgain.class, name = "run_again"),
        @JsonSubTypes.Type(value = Act.FullOutput.class, name = "full_output"),
        @JsonSubTypes.Type(value = Act.Say.class, name = "say"),
        @JsonSubTypes.Type(value = Act.Open.class, name = "open")
    })
    private interface Wire {}

    private static final com.fasterxml.jackson.databind.ObjectMapper MAPPER =
            Json.mapper().copy().addMixIn(Act.class, Wire.class);

    /** The word that begins the act's {@code action_id}. */
    public static String id(Act act, int counter) {
        String word = switch (act) {
            case Act.Approve _ -> "ops_approve";
            case Act.Deny _ -> "ops_deny";
            case Act.Edit _ -> "ops_edit";
            case Act.Withdraw _ -> "ops_withdraw";
            case Act.DryRun _ -> "ops_dry_run";
            case Act.Fresh _ -> "ops_fresh";
            case Act.Cancel _ -> "ops_cancel";
            case Act.RunAgain again -> again.failedOnly() ? "ops_run_again_failed" : "ops_run_again";
            case Act.FullOutput _ -> "ops_full_output";
            case Act.Say _ -> "ops_say";
            case Act.Open _ -> "ops_open";
        };
        return counter == 0 ? word : word + "." + counter;
    }

    /** The button's value. */
    public static String value(Act act) {
        try {
            return MAPPER.writerFor(Act.class).writeValueAsString(act);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + act, e);
        }
    }

    /** The act of a button that Slack says was pressed; empty when it is none of ours. */
    public static Optional<Act> read(String actionId, String value) {
        if (!ID.matcher(actionId).matches() || value.length() > MAX_VALUE) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MAPPER.readValue(value, Act.class));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | InvalidJsonException e) {
            return Optional.empty();
        }
    }
}
