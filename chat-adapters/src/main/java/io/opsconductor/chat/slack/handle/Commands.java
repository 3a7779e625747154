package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The slash command. Its words are private until they are said aloud in the channel: what is asked for is seen by everybody
 * who may have to approve it.
 */
final class Commands {
    private static final Set<String> HELP = Set.of("", "help", "?", "-h", "--help");
    private static final Set<String> APPROVALS = Set.of("approvals", "my approvals", "waiting");

    private final Door door;
    private final Spokesman spokesman;
    private final SpokenText spoken;
    private final Hints hints;
    private final PrivateWords words;
    private final Sayings sayings;

    Commands(Door door, Spokesman spokesman, SpokenText spoken, Hints hints, PrivateWords words, Sayings sayings) {
        this.door = door;
        this.spokesman = spokesman;
        this.spoken = spoken;
        this.hints = hints;
        this.words = words;
        this.sayings = sayings;
    }

    void handle(Arrival arrival, Workspace workspace) throws InterruptedException {
        JsonNode body = arrival.body();
        String channel = SlackFields.id(body, "channel_id");
        String user = SlackFields.id(body, "user_id");
        if (channel.isEmpty() || user.isEmpty()) {
            return;
        }
        PrivateWords.To to = new PrivateWords.To.ByAddress(SlackFields.text(body, "response_url"));
        Optional<String> identity = door.actor(new Place(workspace, channel, ""), user, to);
        if (identity.isEmpty()) {
            return;
        }
        String text = spoken.of(workspace, SlackFields.text(body, "text"));
        if (HELP.contains(text.toLowerCase(Locale.ROOT))) {
            words.tell(to, hints.help(command(body), workspace));
            return;
        }
        if (APPROVALS.contains(text.toLowerCase(Locale.ROOT))) {
            // What waits for one person is nothing to be said aloud in a channel.
            if (sayings.inDirectTalk(
                    workspace, user, "slack:" + arrival.id(), identity.get(), "what waits for my approval?", to)) {
                words.tell(to, "What waits for you is in our direct messages.");
            }
            return;
        }
        spokesman.ask(new Spokesman.Request(arrival.id(), workspace, channel, "", user, identity.get(), text), to);
    }

    private static String command(JsonNode body) {
        String command = SlackFields.text(body, "command");
        return command.matches("/[a-z0-9_-]{1,31}") ? command : "/ops";
    }
}
