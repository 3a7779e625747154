package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Events on their way, each on a thread of its own, with Slack's retries: at once, after a minute, after five minutes
 * (https://docs.slack.dev/apis/events-api/#retries).
 */
public final class Deliveries implements AutoCloseable {
    private static final List<Duration> SLACKS_RETRIES =
            List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));

    private final World world;
    private final AppLines lines;
    private final ConcurrentLinkedQueue<Delivery> all = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile List<Duration> retries = SLACKS_RETRIES;
    private volatile boolean closed;

    Deliveries(World world, AppLines lines) {
        this.world = world;
        this.lines = lines;
    }

    /** Retries after these pauses instead of Slack's; with none, never. */
    public void retryAfter(Duration... pauses) {
        retries = List.of(pauses);
    }

    /** Every delivery so far, the first one first. */
    public List<Delivery> all() {
        return List.copyOf(all);
    }

    /** Waits for a delivery of the event of this type. */
    public Delivery await(String type) {
        return await("delivery of " + type, delivery -> delivery.type().equals(type));
    }

    /** Waits for a delivery. */
    public Delivery await(String expected, Predicate<Delivery> wanted) {
        return world.await(expected, () -> all.stream().filter(wanted).findFirst(), this::dump);
    }

    /** Waits until every delivery begun so far is acknowledged or given up. */
    public void awaitQuiet(Duration deadline) {
        world.await(
                "quiet on the lines to the apps",
                deadline,
                () -> all.stream().allMatch(Delivery::finished) ? Optional.of(true) : Optional.empty(),
                this::dump);
    }

    /** Sends the same event again, as Slack sometimes does although it was acknowledged. */
    public Delivery repeat(Delivery delivery) {
        return begin(delivery.app(), (ObjectNode) delivery.payload());
    }

    Delivery begin(SlackApp app, ObjectNode payload) {
        Delivery delivery = new Delivery(world, app, payload);
        world.run(() -> all.add(delivery));
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name("event to " + app.name()).start(() -> carry(delivery)));
        return delivery;
    }

    private void carry(Delivery delivery) {
        try {
            Envelope envelope = Envelope.of(Envelope.Type.EVENTS_API, (ObjectNode) delivery.payload());
            List<Duration> pauses = retries;
            for (int attempt = 0; ; attempt++) {
                Answer answer = lines.send(delivery.app(), envelope);
                delivery.attempted(answer);
                boolean last = attempt >= pauses.size();
                if (answer.acknowledged() || answer.noRetry() || last || closed) {
                    return;
                }
                if (world.pauseUntil(() -> closed, pauses.get(attempt))) {
                    return;
                }
                envelope = envelope.again(attempt + 1, answer.problem());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delivery.finish();
        }
    }

    private String dump() {
        return String.join("\n", all.stream().map(Delivery::toString).toList());
    }

    @Override
    public void close() {
        world.run(() -> closed = true);
        threads.forEach(Thread::interrupt);
    }
}
