package io.opsconductor.chat.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what is said to somebody in some place to once in an hour. What a restart forgets may be said once more. */
public final class Seldom {
    private static final Duration APART = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Instant> said = new LinkedHashMap<>(64, 0.75f, false) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Seldom(Clock clock) {
        this.clock = clock;
    }

    /** Whether it may be said now; asking counts as saying. */
    public synchronized boolean mayBeSaid(String what) {
        Instant now = clock.instant();
        Instant last = said.get(what);
        if (last != null && now.isBefore(last.plus(APART))) {
            return false;
        }
        said.remove(what);
        said.put(what, now);
        return true;
    }
}
