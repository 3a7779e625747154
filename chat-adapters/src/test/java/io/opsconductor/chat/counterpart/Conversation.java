package io.opsconductor.chat.counterpart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The events of one conversation, which can be waited for. */
final class Conversation {
    static final String BOT = "opsconductor";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final Instant started = Instant.now();
    final String id;
    final String title;

    Conversation(String id, String title) {
        this.id = id;
        this.title = title;
    }

    Instant started() {
        return started;
    }

    void append(String type, Map<String, Object> fields) {
        lock.lock();
        try {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("seq", events.size() + 1);
            event.put("type", type);
            event.put("at", Instant.now().toString());
            event.putAll(fields);
            events.add(event);
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void say(String text, Object... labelsAndReplies) {
        append("message", Fields.of("from", BOT, "text", text, "choices", choices(labelsAndReplies)));
    }

    static List<Map<String, Object>> choices(Object... labelsAndReplies) {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (int i = 0; i < labelsAndReplies.length; i += 2) {
            choices.add(Fields.of("label", labelsAndReplies[i], "reply", labelsAndReplies[i + 1]));
        }
        return choices;
    }

    /** The events after a sequence number; waits for the first one, at most as long as given. */
    List<Map<String, Object>> after(int seq, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long nanos = wait.toNanos();
            while (events.size() <= seq && nanos > 0) {
                nanos = appended.awaitNanos(nanos);
            }
            return seq >= events.size() ? List.of() : List.copyOf(events.subList(Math.max(0, seq), events.size()));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until an event of this type is there; for scenes that go on after something happened. */
    boolean await(String type, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long nanos = wait.toNanos();
            while (events.stream().noneMatch(event -> type.equals(event.get("type")))) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = appended.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    static Duration seconds(long seconds) {
        return Duration.of(seconds, TimeUnit.SECONDS.toChronoUnit());
    }
}
