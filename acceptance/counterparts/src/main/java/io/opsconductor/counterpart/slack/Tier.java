package io.opsconductor.counterpart.slack;

/** How many calls of a method a workspace may make in a minute: https://docs.slack.dev/apis/web-api/rate-limits. */
public enum Tier {
    /** One, and the small burst that Slack says it tolerates: a client that reconnects needs it. */
    ONE(10),
    TWO(20),
    THREE(50),
    FOUR(100),
    /** {@code chat.postMessage}: one a second a channel, several hundred a minute a workspace. */
    POSTING(300),
    /** {@code auth.test} and others of which Slack allows hundreds a minute. */
    SPECIAL(600);

    private final int callsAMinute;

    Tier(int callsAMinute) {
        this.callsAMinute = callsAMinute;
    }

    public int callsAMinute() {
        return callsAMinute;
    }
}
