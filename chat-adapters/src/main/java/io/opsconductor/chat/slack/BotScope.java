package io.opsconductor.chat.slack;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the bot token must be allowed, each with its reason; nothing else is asked for. */
public enum BotScope {
    APP_MENTIONS_READ("app_mentions:read", "to hear that somebody mentions it"),
    ASSISTANT_WRITE("assistant:write", "to answer in the assistant pane, with status and suggestions"),
    CHANNELS_HISTORY("channels:history", "to hear what is said in its threads of public channels without a mention"),
    CHAT_WRITE("chat:write", "to answer"),
    COMMANDS("commands", "for the slash command and the message shortcut"),
    FILES_READ("files:read", "to see whether an attachment arrived when Slack's answer was lost"),
    FILES_WRITE("files:write", "to attach output that is too long for messages"),
    GROUPS_HISTORY("groups:history", "to hear what is said in its threads of private channels that it was invited to"),
    IM_HISTORY("im:history", "to hear direct messages"),
    IM_WRITE("im:write", "to begin a direct talk with somebody"),
    MPIM_HISTORY("mpim:history", "to hear what is said in its threads of group direct messages"),
    USERS_READ("users:read", "to tell members from guests, bots and people of other companies");

    private final String scope;
    private final String reason;

    BotScope(String scope, String reason) {
        this.scope = scope;
        this.reason = reason;
    }

    /** Slack's word, such as {@code chat:write}. */
    public String scope() {
        return scope;
    }

    /** What it is for. */
    public String reason() {
        return reason;
    }

    /** Slack's words of all, in the form of a request for them. */
    public static String list() {
        return Arrays.stream(values()).map(BotScope::scope).collect(Collectors.joining(","));
    }

    /** Those that are missing among the granted ones. */
    public static Set<BotScope> missing(Set<String> granted) {
        return Arrays.stream(values())
                .filter(one -> !granted.contains(one.scope))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
