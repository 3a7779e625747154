package io.opsconductor.chat.deliver;

import java.time.Duration;

/**
 * How fast things are said.
 *
 * @param postGap between two posts to one channel, on average
 * @param burst so many posts to a channel may come without a gap
 * @param updateGap between two changes of one message
 * @param progressGap between two changes of a progress message
 * @param teamProgressGap between two changes of progress messages in one workspace, on average, so that they leave room for
 *     cards under Slack's limit of about 50 changes a minute
 * @param firstProgress after the start of an execution; one that is over sooner has a result and no progress message
 * @param heartbeat a progress message is changed after this time though nothing happened, so that it is seen to live
 * @param settle how long a message may need to be found after a call whose answer is missing
 * @param retryFirst before the first repetition; each further one waits twice as long
 * @param retryLast at most so long
 * @param turnGap between two looks at one conversation, so that fast output costs no more than slow
 * @param sweep between two looks for conversations that nobody told of
 * @param jitter at most so much is added to what the platform asks to wait, so that not all come back at once
 */
public record Tempo(
        Duration postGap,
        int burst,
        Duration updateGap,
        Duration progressGap,
        Duration teamProgressGap,
        Duration firstProgress,
        Duration heartbeat,
        Duration settle,
        Duration retryFirst,
        Duration retryLast,
        Duration turnGap,
        Duration sweep,
        Duration jitter) {
    /** What Slack's limits ask for. */
    public static Tempo slack() {
        return new Tempo(
                Duration.ofSeconds(1),
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(1_500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                Duration.ofMillis(500));
    }

    /** What the limits of Teams ask for: 7 calls a second, 8 in two, 60 in thirty and 1,800 an hour in one conversation. */
    public static Tempo teams() {
        return new Tempo(
                Duration.ofMillis(1_200),
                4,
                Duration.ofMillis(1_200),
                Duration.ofSeconds(4),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1));
    }

    /** How long the repetition after so many failures waits, half of it at random. */
    public Duration retryAfter(int failures) {
        long most = Math.min(retryLast.toMillis(), retryFirst.toMillis() << Math.min(failures, 20));
        return Duration.ofMillis(most / 2 + random(most / 2));
    }

    /** What the platform asked for and a little more. */
    public Duration patience(Duration asked) {
        return asked.plusMillis(random(jitter.toMillis()));
    }

    private static long random(long below) {
        return below <= 0 ? 0 : java.util.concurrent.ThreadLocalRandom.current().nextLong(below);
    }
}
