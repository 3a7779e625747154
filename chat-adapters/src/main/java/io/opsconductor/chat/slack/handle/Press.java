package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.Optional;

/**
 * A button was pressed.
 *
 * @param arrival the id of what brought it
 * @param user who pressed
 * @param where the place whose conversation the button's message belongs to; empty for the App Home
 * @param trigger opens a form, within 3 s
 */
record Press(String arrival, Workspace workspace, String user, Optional<Place> where, String trigger) {
    /** Empty when Slack does not say who pressed where. */
    static Optional<Press> of(String arrival, Workspace workspace, JsonNode body) {
        String user = SlackFields.id(body.path("user"), "id");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String trigger = SlackFields.text(body, "trigger_id");
        JsonNode container = body.path("container");
        return switch (SlackFields.text(container, "type")) {
            case "message" ->
                place(workspace, body, container)
                        .map(place -> new Press(arrival, workspace, user, Optional.of(place), trigger));
            case "view" ->
                SlackFields.text(body.path("view"), "type").equals("home")
                        ? Optional.of(new Press(arrival, workspace, user, Optional.empty(), trigger))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A message that began a thread in a direct talk belongs to the talk, and what was said below it to the thread. */
    private static Optional<Place> place(Workspace workspace, JsonNode body, JsonNode container) {
        String channel = SlackFields.id(container, "channel_id");
        String ts = SlackFields.ts(container, "message_ts");
        if (channel.isEmpty() || ts.isEmpty()) {
            return Optional.empty();
        }
        String inContainer = SlackFields.ts(container, "thread_ts");
        String threadTs = inContainer.isEmpty() ? SlackFields.ts(body.path("message"), "thread_ts") : inContainer;
        boolean beginsThread = Place.isDirect(channel) && threadTs.equals(ts);
        return Optional.of(Place.ofMessage(workspace, channel, ts, beginsThread ? "" : threadTs));
    }

    /** What the brain knows this by; the same each time that Slack or a restart brings it. */
    String act() {
        return "slack:" + arrival;
    }

    /** Whose work it can be about: that of the workspace's tenant. */
    String origin() {
        return workspace.origin();
    }

    /** Where whoever pressed is told something. */
    PrivateWords.To to() {
        return where.<PrivateWords.To>map(place -> new PrivateWords.To.InPlace(place, user))
                .orElseGet(() -> new PrivateWords.To.InDirectTalk(workspace, user));
    }

    /** The place for deciding whether that person may act. */
    Place admittedAt() {
        return where.orElseGet(() -> new Place(workspace, "", ""));
    }

    /** The conversation in which it was pressed; empty for the App Home, which may speak of all of them. */
    Optional<String> conversation() {
        return where.map(Place::conversation);
    }
}
