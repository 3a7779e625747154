package io.opsconductor.counterpart.slack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Failures that a test has scripted for the next calls of a method; each call uses one up. */
public final class Faults {
    /** How a call fails. */
    public sealed interface Fault {
        /** Answered with this status and no JSON, without any effect. */
        record Status(int code) implements Fault {}

        /** Answered with 429 and {@code Retry-After}, without any effect. */
        record RateLimited(Duration retryAfter) implements Fault {}

        /** Answered with status 200 and this error, without any effect. */
        record Refused(String error) implements Fault {}

        /** Never answered, without any effect: the connection is closed after this time. */
        record Silence(Duration heldFor) implements Fault {}

        /** Carried out, and the connection closed instead of an answer: the caller cannot know. */
        record DoneWithoutAnswer() implements Fault {}

        /** Carried out, and the answer comes so slowly that it takes this time. */
        record SlowAnswer(Duration spreadOver) implements Fault {}
    }

    private final World world;
    private final Map<String, Deque<Fault>> scripted = new HashMap<>();

    Faults(World world) {
        this.world = world;
    }

    /** The next {@code calls} calls of the method, such as {@code chat.postMessage}, fail like this. */
    public void next(String method, int calls, Fault fault) {
        world.run(() -> {
            for (int call = 0; call < calls; call++) {
                scripted.computeIfAbsent(method, one -> new ArrayDeque<>()).add(fault);
            }
        });
    }

    public void next(String method, Fault fault) {
        next(method, 1, fault);
    }

    /** Takes back what has not happened yet. */
    public void clear() {
        world.run(scripted::clear);
    }

    /** How many scripted failures of the method are left. */
    public int left(String method) {
        return world.get(() -> scripted.getOrDefault(method, new ArrayDeque<>()).size());
    }

    Optional<Fault> take(String method) {
        return world.get(() -> Optional.ofNullable(scripted.get(method)).map(Deque::poll));
    }
}
