package io.opsconductor.chat;

import io.opsconductor.brain.approval.GlassNotices;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.kit.config.Settings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where notices are told.
 *
 * @param conversation the brain's id of it
 * @param slack the channel, when it is one of Slack's
 * @param teams the channel, when it is one of Microsoft Teams'; its team is the tenant
 */
public record NoticePlace(String conversation, Optional<Channel> slack, Optional<Channel> teams) {
    private static final Pattern CHANNEL = Pattern.compile("slack:([TE][A-Z0-9]{2,20})/([CG][A-Z0-9]{2,20})");
    private static final Pattern TEAMS_CHANNEL =
            Pattern.compile("teams:([0-9A-Za-z-]{1,64})/(19:[0-9A-Za-z_-]{1,100}@thread\\.[a-z0-9]{1,20})");
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** A channel of a workspace. */
    public record Channel(String team, String channel) {}

    /** Of the page, or of Slack. */
    public NoticePlace(String conversation, Optional<Channel> slack) {
        this(conversation, slack, Optional.empty());
    }

    /** It, as the brain takes it. */
    GlassNotices.Place place() {
        return new GlassNotices.Place(
                conversation,
                slack.map(channel -> "slack:" + channel.team())
                        .or(() -> teams.map(channel -> "teams:" + channel.team()))
                        .orElse("web"));
    }

    static NoticePlace read(Settings settings, String key, String otherwise) {
        String text = settings.text(key, otherwise);
        Matcher channel = CHANNEL.matcher(text);
        if (channel.matches()) {
            Channel place = new Channel(channel.group(1), channel.group(2));
            return new NoticePlace(SlackThread.conversationId(place.team(), place.channel(), ""), Optional.of(place));
        }
        Matcher teams = TEAMS_CHANNEL.matcher(text);
        if (teams.matches()) {
            Channel place = new Channel(teams.group(1), teams.group(2));
            return new NoticePlace(
                    TeamsPlace.channel(place.team(), place.channel(), "").conversation(),
                    Optional.empty(),
                    Optional.of(place));
        }
        if (!LOCAL.matcher(text).matches()) {
            settings.mistake(key + " is \"" + text
                    + "\": expected a conversation of the page, such as break-glass, or a channel, such as"
                    + " slack:T024BE7LD/C024BE91L or teams:TENANT/19:CHANNEL@thread.tacv2");
        }
        return new NoticePlace(text, Optional.empty());
    }
}
