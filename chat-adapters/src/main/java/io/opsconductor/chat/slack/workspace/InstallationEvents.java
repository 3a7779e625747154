package io.opsconductor.chat.slack.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalWork;
import java.time.Instant;
import java.util.Map;

/** Takes the events that end an installation out of the arrivals, and hands the others on. */
public final class InstallationEvents implements ArrivalWork {
    private final SlackWorkspaces workspaces;
    private final ArrivalWork others;

    public InstallationEvents(SlackWorkspaces workspaces, ArrivalWork others) {
        this.workspaces = workspaces;
        this.others = others;
    }

    @Override
    public void handle(Arrival arrival) throws InterruptedException {
        JsonNode event = arrival.body().path("event");
        switch (arrival.kind() == Arrival.Kind.EVENT ? event.path("type").asText() : "") {
            case "app_uninstalled" -> workspaces.removed(arrival.team(), true, saidAt(arrival));
            case "tokens_revoked" -> {
                // People's own tokens are revoked in the same event; the app has none.
                if (!event.path("tokens").path("bot").isEmpty()) {
                    workspaces.removed(arrival.team(), false, saidAt(arrival));
                }
            }
            default -> others.handle(arrival);
        }
    }

    private static Instant saidAt(Arrival arrival) {
        long seconds = arrival.body().path("event_time").asLong(0);
        return seconds == 0 ? arrival.at() : Instant.ofEpochSecond(seconds);
    }

    @Override
    public Map<String, String> mistakes(Arrival submission) {
        return others.mistakes(submission);
    }
}
