package io.opsconductor.chat.slack.card;

import io.opsconductor.chat.card.Amounts;
import java.time.Instant;

/** Text for where Slack offers nothing but {@code mrkdwn}: notifications. */
public final class Mrkdwn {
    private static final int NOTIFICATION = 600;

    private Mrkdwn() {}

    /**
     * Text that cannot become a mention, a link or a command such as {@code <!channel>}: the three characters that Slack asks
     * to be escaped are (docs.slack.dev/messaging/formatting-message-text).
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String unescape(String mrkdwn) {
        return mrkdwn.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** A message's {@code text}: one line, without the marks of code, cut where a notification ends anyway. */
    static String notification(String text) {
        return escape(Cut.to(text.replace('\n', ' ').replace("`", ""), NOTIFICATION));
    }

    /** A time in the reader's time zone. */
    static String when(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{date_short_pretty} at {time}|" + Amounts.utc(at) + ">";
    }
}
