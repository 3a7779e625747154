package io.opsconductor.chat.slack.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.arrival.Arrival;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A delivery of Slack's, before it is known whether it is ours.
 *
 * @param id as {@link Arrival} says
 * @param teams whose installation may have got it, the likeliest first: in a channel that several workspaces share, Slack
 *     names the acting person's team as well
 * @param app the app that Slack sent it to; empty when it does not say
 * @param lane what must stay in order
 */
record Incoming(String id, Arrival.Kind kind, List<String> teams, String app, String lane, ObjectNode body) {
    /** The events that something here works on. */
    private static final Set<String> EVENTS = Set.of(
            "app_mention",
            "message",
            "app_home_opened",
            "assistant_thread_started",
            "assistant_thread_context_changed",
            "member_joined_channel",
            "channel_left",
            "channel_archive",
            "channel_deleted",
            "group_left",
            "group_archive",
            "group_deleted",
            "user_change",
            "tokens_revoked",
            "app_uninstalled");

    private static final int MAX_ID = 255;

    Incoming {
        teams = List.copyOf(teams);
    }

    /** Whether the event is one that something here works on. */
    static boolean isKnownEvent(JsonNode payload) {
        return EVENTS.contains(payload.path("event").path("type").asText());
    }

    /** Empty when it lacks what every delivery of its kind has. */
    static Optional<Incoming> of(Arrival.Kind kind, ObjectNode payload) {
        Incoming incoming = new Incoming(
                id(kind, payload), kind, teams(payload), text(payload, "/api_app_id"), lane(kind, payload), payload);
        return incoming.isWhole() ? Optional.of(incoming) : Optional.empty();
    }

    private boolean isWhole() {
        return !id.isEmpty() && id.length() <= MAX_ID && !teams.isEmpty();
    }

    private static String id(Arrival.Kind kind, JsonNode payload) {
        return switch (kind) {
            case EVENT -> text(payload, "/event_id");
            case COMMAND, SHORTCUT -> text(payload, "/trigger_id");
            case ACTION ->
                joined(
                        text(payload, "/user/id"),
                        either(payload, "/container/message_ts", "/message/ts", "/container/view_id", "/view/id"),
                        text(payload, "/actions/0/action_ts"));
            case SUBMISSION -> joined(text(payload, "/view/id"), text(payload, "/view/hash"));
        };
    }

    private static String joined(String... parts) {
        return Stream.of(parts).anyMatch(String::isEmpty) ? "" : String.join(":", parts);
    }

    private static List<String> teams(JsonNode payload) {
        return Stream.of(
                        "/authorizations/0/team_id",
                        "/view/app_installed_team_id",
                        "/message/bot_profile/team_id",
                        "/team_id",
                        "/team/id",
                        "/user/team_id")
                .map(pointer -> text(payload, pointer))
                .filter(team -> !team.isEmpty())
                .distinct()
                .toList();
    }

    private static String lane(Arrival.Kind kind, JsonNode payload) {
        String channel = switch (kind) {
            case EVENT -> either(payload, "/event/channel", "/event/assistant_thread/channel_id", "/event/user");
            case COMMAND -> text(payload, "/channel_id");
            case SHORTCUT, ACTION, SUBMISSION -> text(payload, "/channel/id");
        };
        return channel.isEmpty() ? either(payload, "/user/id", "/user_id", "/event/type") : channel;
    }

    private static String either(JsonNode payload, String... pointers) {
        return Stream.of(pointers)
                .map(pointer -> text(payload, pointer))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The text at a place; empty when there is none, or something else. */
    private static String text(JsonNode payload, String pointer) {
        return payload.at(pointer).asText("");
    }
}
