package io.opsconductor.counterpart.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slack's rate limits: calls a minute by method and workspace, and one message a second a channel with a short burst
 * (https://docs.slack.dev/apis/web-api/rate-limits). Both can be loosened, tightened or switched off by a test.
 */
public final class RateLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** How many messages a channel takes at once before the one a second begins to count. */
    private static final int BURST = 5;

    private record Bucket(double tokens, Instant at) {}

    private final World world;
    private final Map<String, Integer> callsAMinute = new HashMap<>();
    private final Map<String, Deque<Instant>> calls = new HashMap<>();
    private final Map<String, Bucket> channels = new HashMap<>();
    private boolean on = true;
    private double messagesASecond = 1;
    private int burst = BURST;

    RateLimits(World world) {
        this.world = world;
    }

    /** Switches all of them off, for a bench that measures something else. */
    public RateLimits off() {
        world.run(() -> on = false);
        return this;
    }

    public RateLimits on() {
        world.run(() -> on = true);
        return this;
    }

    /** So many calls of the method in a minute, instead of Slack's number. */
    public RateLimits allow(String method, int callsInAMinute) {
        world.run(() -> callsAMinute.put(method, callsInAMinute));
        return this;
    }

    /** So many messages a second in each channel, after a burst of so many. */
    public RateLimits allowMessages(double aSecond, int burstOf) {
        world.run(() -> {
            messagesASecond = aSecond;
            burst = burstOf;
            channels.clear();
        });
        return this;
    }

    /** Counts one call: how long to wait when it is one too many. */
    Optional<Duration> count(ApiMethod method, Caller caller, Args args) {
        return world.get(() -> {
            if (!on) {
                return Optional.<Duration>empty();
            }
            String who = switch (caller) {
                case Caller.Bot(Installation bot) ->
                    bot.app().id() + bot.workspace().id();
                case Caller.App(SlackApp app) -> app.id();
                case Caller.Nobody nobody -> "";
            };
            Optional<Duration> tooMany = overMinute(method, who);
            if (tooMany.isEmpty() && method.tier() == Tier.POSTING) {
                tooMany = overChannel(who + args.text("channel"));
            }
            return tooMany;
        });
    }

    private Optional<Duration> overMinute(ApiMethod method, String who) {
        Instant now = world.now();
        Deque<Instant> recent = calls.computeIfAbsent(method.name() + who, one -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.getFirst().plus(MINUTE).isAfter(now)) {
            recent.removeFirst();
        }
        int most = callsAMinute.getOrDefault(method.name(), method.tier().callsAMinute());
        if (recent.size() >= most) {
            return Optional.of(
                    recent.isEmpty()
                            ? MINUTE
                            : Duration.between(now, recent.getFirst().plus(MINUTE)));
        }
        recent.addLast(now);
        return Optional.empty();
    }

    private Optional<Duration> overChannel(String channel) {
        Instant now = world.now();
        Bucket bucket = channels.getOrDefault(channel, new Bucket(burst, now));
        double gained = Duration.between(bucket.at(), now).toMillis() / 1000.0 * messagesASecond;
        double tokens = Math.min(burst, bucket.tokens() + gained);
        if (tokens < 1) {
            channels.put(channel, new Bucket(tokens, now));
            return Optional.of(Duration.ofMillis((long) ((1 - tokens) / messagesASecond * 1000)));
        }
        channels.put(channel, new Bucket(tokens - 1, now));
        return Optional.empty();
    }

    /** {@code Retry-After} in whole seconds, at least one. */
    static String seconds(Duration wait) {
        return Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000));
    }
}
