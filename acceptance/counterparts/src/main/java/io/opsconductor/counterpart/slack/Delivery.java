package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An event on its way to one app, with all attempts so far. */
public final class Delivery {
    private final World world;
    private final SlackApp app;
    private final ObjectNode payload;
    private final List<Answer> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean finished;

    Delivery(World world, SlackApp app, ObjectNode payload) {
        this.world = world;
        this.app = app;
        this.payload = payload;
    }

    public SlackApp app() {
        return app;
    }

    public String eventId() {
        return payload.path("event_id").asText();
    }

    /** The event's type, such as {@code app_mention}. */
    public String type() {
        return payload.path("event").path("type").asText();
    }

    /** The whole envelope as it was sent. */
    public JsonNode payload() {
        return payload.deepCopy();
    }

    /** One answer an attempt, the first one first. */
    public List<Answer> attempts() {
        return List.copyOf(attempts);
    }

    public boolean acknowledged() {
        return attempts.stream().anyMatch(Answer::acknowledged);
    }

    /** Whether no further attempt will be made. */
    public boolean finished() {
        return finished;
    }

    /** Waits until the app has acknowledged. */
    public Answer awaitAcknowledged(Duration deadline) {
        return world.await(
                "acknowledgement of " + type() + " " + eventId(),
                deadline,
                () -> attempts.stream().filter(Answer::acknowledged).findFirst(),
                this::toString);
    }

    /** Waits until it is acknowledged or given up. */
    public Delivery awaitFinished(Duration deadline) {
        return world.await(
                "end of the delivery of " + type() + " " + eventId(),
                deadline,
                () -> finished ? java.util.Optional.of(this) : java.util.Optional.empty(),
                this::toString);
    }

    void attempted(Answer answer) {
        world.run(() -> attempts.add(answer));
    }

    void finish() {
        world.run(() -> finished = true);
    }

    @Override
    public String toString() {
        return type() + " " + eventId() + " to " + app.name() + ": " + attempts + (finished ? ", finished" : "");
    }
}
