package io.opsconductor.chat.slack.call;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one message in its metadata, so that it is found again. It holds when it was made, so that a search need not go
 * further back.
 */
public final class PostKey {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})-[0-9a-f-]{36}");

    /** How far Slack's clock and ours may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private PostKey() {}

    public static String fresh(Instant now) {
        return now.getEpochSecond() + "-" + UUID.randomUUID();
    }

    /** The second before which a message with this key cannot have been posted; empty for keys of another form. */
    static OptionalLong earliest(String key) {
        Matcher matcher = FORM.matcher(key);
        return matcher.matches()
                ? OptionalLong.of(Math.max(0, Long.parseLong(matcher.group(1)) - SKEW.toSeconds()))
                : OptionalLong.empty();
    }
}
