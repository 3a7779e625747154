package io.opsconductor.chat.deliver;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps to a platform's pace: so many posts a channel, so many changes a message, and silence of a workspace's or tenant's
 * method for as long as the platform asked for it.
 */
public final class Pace {
    private static final int FORGET_AT = 5_000;

    private final Tempo tempo;
    /** When the next one would be due if they came evenly; by channel or message. */
    private final Map<String, Long> due = new HashMap<>();

    private final Map<String, Long> silentUntil = new HashMap<>();

    public Pace(Tempo tempo) {
        this.tempo = tempo;
    }

    /** The methods that are limited apart from one another. */
    public enum Method {
        POST,
        UPDATE,
        UPLOAD,
        SHARE,
        SEARCH
    }

    public void beforePost(String team, String channel) throws InterruptedException {
        await(team, Method.POST, slot(team + "/" + channel, tempo.postGap(), tempo.burst()));
    }

    public void beforeUpdate(String team, String channel, String ts) throws InterruptedException {
        await(team, Method.UPDATE, slot(team + "/" + channel + "/" + ts, tempo.updateGap(), 1));
    }

    /**
     * Takes the next change of a progress message, when one is free now.
     *
     * @return zero when it was taken, else how long until one is free
     */
    public synchronized Duration progress(String team) {
        Duration silence = silence(team, Method.UPDATE);
        if (silence.isPositive()) {
            return silence;
        }
        long now = System.nanoTime();
        long next = due.getOrDefault(team, now);
        long wait = next - now - tempo.teamProgressGap().toNanos();
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        due.put(team, (next - now < 0 ? now : next) + tempo.teamProgressGap().toNanos());
        return Duration.ZERO;
    }

    public void before(String team, Method method) throws InterruptedException {
        await(team, method, 0);
    }

    /** The platform asked for silence. */
    public void limited(String team, Method method, Duration asked) {
        long until = System.nanoTime() + tempo.patience(asked).toNanos();
        synchronized (this) {
            silentUntil.merge(key(team, method), until, (one, other) -> one - other > 0 ? one : other);
        }
    }

    /** How long a workspace's method is silent still; zero when it is not. */
    public synchronized Duration silence(String team, Method method) {
        Long until = silentUntil.get(key(team, method));
        if (until == null) {
            return Duration.ZERO;
        }
        long left = until - System.nanoTime();
        if (left <= 0) {
            silentUntil.remove(key(team, method));
            return Duration.ZERO;
        }
        return Duration.ofNanos(left);
    }

    private static String key(String team, Method method) {
        return team + "/" + method;
    }

    /** Takes the next slot; answers how long it is until then, in nanoseconds. */
    private synchronized long slot(String key, Duration gap, int burst) {
        long now = System.nanoTime();
        if (due.size() > FORGET_AT) {
            due.values().removeIf(time -> time - now <= 0);
        }
        long next = due.getOrDefault(key, now);
        if (next - now < 0) {
            next = now;
        }
        due.put(key, next + gap.toNanos());
        return Math.max(0, next - now - gap.toNanos() * (burst - 1));
    }

    private void await(String team, Method method, long nanos) throws InterruptedException {
        if (nanos > 0) {
            Thread.sleep(Duration.ofNanos(nanos));
        }
        for (Duration left = silence(team, method); left.isPositive(); left = silence(team, method)) {
            Thread.sleep(left);
        }
    }
}
