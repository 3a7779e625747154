package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.slack.workspace.Workspace;

/** "Ask OpsConductor about this": a form at once, because Slack lets one open within 3 s only. */
final class Shortcuts {
    private final Door door;
    private final Dialogs dialogs;
    private final SpokenText spoken;

    Shortcuts(Door door, Dialogs dialogs, SpokenText spoken) {
        this.door = door;
        this.dialogs = dialogs;
        this.spoken = spoken;
    }

    void handle(Arrival arrival, Workspace workspace) throws InterruptedException {
        JsonNode body = arrival.body();
        String channel = SlackFields.id(body.path("channel"), "id");
        String user = SlackFields.id(body.path("user"), "id");
        JsonNode message = body.path("message");
        String ts = SlackFields.ts(message, "ts");
        if (!SlackFields.text(body, "type").equals("message_action")
                || channel.isEmpty()
                || user.isEmpty()
                || ts.isEmpty()) {
            return;
        }
        Place place = Place.ofMessage(workspace, channel, ts, SlackFields.ts(message, "thread_ts"));
        PrivateWords.To to = new PrivateWords.To.ByAddress(SlackFields.text(body, "response_url"));
        if (door.actor(place, user, to).isPresent()) {
            String text = spoken.of(workspace, SlackFields.text(message, "text"));
            dialogs.askAbout(place, ts, text, SlackFields.text(body, "trigger_id"), to);
        }
    }
}
