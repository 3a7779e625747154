package io.opsconductor.chat.arrival;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that a platform sent, stored and acknowledged.
 *
 * @param id of this delivery, the same for every repetition of it. Slack: an event's {@code event_id}, a command's or
 *     shortcut's {@code trigger_id}, a button's user, message and {@code action_ts}, a form's view id and hash. Teams: the
 *     conversation and the activity's id
 * @param team the workspace whose installation got it; of Teams, the tenant
 * @param lane what must stay in order; the channel or the person
 * @param body as the platform sent it, form fields of a command as an object
 */
public record Arrival(String id, Kind kind, String team, String lane, JsonNode body, Instant at) {
    /** What it is. */
    public enum Kind {
        EVENT,
        COMMAND,
        SHORTCUT,
        ACTION,
        SUBMISSION
    }
}
