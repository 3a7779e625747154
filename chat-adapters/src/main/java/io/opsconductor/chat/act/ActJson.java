package io.opsconductor.chat.act;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.Optional;

/** An act as a card carries it. */
public final class ActJson {
    private ActJson() {}

    /** The wire form; a mix-in, because how a card carries an act is no business of the act. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "act")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Act.Approve.class, name = "approve"),
        @JsonSubTypes.Type(value = Act.Deny.class, name = "deny"),
        @JsonSubTypes.Type(value = Act.Edit.class, name = "edit"),
        @JsonSubTypes.Type(value = Act.Withdraw.class, name = "withdraw"),
        @JsonSubTypes.Type(value = Act.DryRun.class, name = "dry_run"),
        @JsonSubTypes.Type(value = Act.Fresh.class, name = "fresh"),
        @JsonSubTypes.Type(value = Act.BreakGlass.class, name = "break_glass"),
        @JsonSubTypes.Type(value = Act.Cancel.class, name = "cancel"),
        @JsonSubTypes.Type(value = Act.RunAgain.class, name = "run_again"),
        @JsonSubTypes.Type(value = Act.FullOutput.class, name = "full_output"),
        @JsonSubTypes.Type(value = Act.Say.class, name = "say"),
        @JsonSubTypes.Type(value = Act.Open.class, name = "open")
    })
    private interface Wire {}

    private static final ObjectMapper MAPPER = Json.mapper().copy().addMixIn(Act.class, Wire.class);

    public static String write(Act act) {
        try {
            return MAPPER.writerFor(Act.class).writeValueAsString(act);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + act, e);
        }
    }

    /** Empty when it is none. */
    public static Optional<Act> read(String json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, Act.class));
        } catch (JsonProcessingException | InvalidJsonException e) {
            return Optional.empty();
        }
    }
}
