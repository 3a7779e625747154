package io.opsconductor.chat;

import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.kit.config.Settings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where notices are told.
 *
 * @param conversation the brain's id of it
 * @param slack the channel, when it is one of Slack's
 */
public record NoticePlace(String conversation, Optional<Channel> slack) {
    private static final Pattern CHANNEL = Pattern.compile("slack:([TE][A-Z0-9]{2,20})/([CG][A-Z0-9]{2,20})");
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** A channel of a workspace. */
    public record Channel(String team, String channel) {}

    static NoticePlace read(Settings settings, String key, String otherwise) {
        String text = settings.text(key, otherwise);
        Matcher channel = CHANNEL.matcher(text);
        if (channel.matches()) {
            Channel place = new Channel(channel.group(1), channel.group(2));
            return new NoticePlace(SlackThread.conversationId(place.team(), place.channel(), ""), Optional.of(place));
        }
        if (!LOCAL.matcher(text).matches()) {
            settings.mistake(key + " is \"" + text
                    + "\": expected a conversation of the page, such as break-glass, or a channel, such as"
                    + " slack:T024BE7LD/C024BE91L");
        }
        return new NoticePlace(text, Optional.empty());
    }
}
