package io.opsconductor.counterpart.teams;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a bot may write in one conversation: 7 times in a second, 8 in two, 60 in thirty, 1,800 in an hour; and 50 times a
 * second in all.
 */
final class Throttle {
    private record Window(long millis, int most) {}

    private static final List<Window> A_CONVERSATION =
            List.of(new Window(1_000, 7), new Window(2_000, 8), new Window(30_000, 60), new Window(3_600_000, 1_800));
    private static final int A_SECOND_IN_ALL = 50;

    private final Map<String, Deque<Long>> calls = new HashMap<>();
    private final Deque<Long> all = new ArrayDeque<>();
    private int scripted;
    private long scriptedSeconds;
    private int refused;

    /** Refuses so many of the next calls. */
    synchronized void next(int times, long retryAfterSeconds) {
        scripted = times;
        scriptedSeconds = retryAfterSeconds;
    }

    /** How many calls came too soon. */
    synchronized int refused() {
        return refused;
    }

    synchronized void take(String conversation) {
        if (scripted > 0) {
            scripted--;
            throw tooSoon(scriptedSeconds);
        }
        long now = System.nanoTime() / 1_000_000;
        all.removeIf(at -> now - at > 1_000);
        Deque<Long> own = calls.computeIfAbsent(conversation, id -> new ArrayDeque<>());
        own.removeIf(at -> now - at > 3_600_000);
        boolean tooMany = all.size() >= A_SECOND_IN_ALL
                || A_CONVERSATION.stream()
                        .anyMatch(window -> own.stream()
                                        .filter(at -> now - at < window.millis())
                                        .count()
                                >= window.most());
        if (tooMany) {
            throw tooSoon(1);
        }
        all.add(now);
        own.add(now);
    }

    private Refusal tooSoon(long seconds) {
        refused++;
        return new Refusal(429, "TooManyRequests", "API calls quota exceeded", seconds);
    }
}
