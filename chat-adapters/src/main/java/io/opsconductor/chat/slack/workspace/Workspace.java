package io.opsconductor.chat.slack.workspace;

import java.util.Set;

/**
 * A workspace in which the app is installed.
 *
 * @param team its id, such as {@code T024BE7LD}
 * @param name for people
 * @param app the app's id; empty when Slack did not say
 * @param botUser the app's own user there, such as {@code U0LAN0Z89}: what it says is never taken for a request
 * @param bot the app's bot id there
 * @param scopes what the token may do
 * @param token the bot token; it must not reach a log or an error
 */
public record Workspace(
        String team, String name, String app, String botUser, String bot, Set<String> scopes, String token) {
    public Workspace {
        scopes = Set.copyOf(scopes);
    }

    /** By which the tenant of everything in it is known. */
    public String origin() {
        return origin(team);
    }

    /** The origin of a workspace: {@code slack:T024BE7LD}. */
    public static String origin(String team) {
        return "slack:" + team;
    }

    @Override
    public String toString() {
        return "workspace " + team;
    }
}
