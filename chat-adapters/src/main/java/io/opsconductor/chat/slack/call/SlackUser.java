package io.opsconductor.chat.slack.call;

/**
 * What {@code users.info} says of somebody.
 *
 * @param team the workspace the person belongs to, which in a shared channel may be another company's
 * @param timeZone such as {@code Europe/Amsterdam}; empty when unknown
 */
public record SlackUser(
        String id,
        String team,
        String name,
        boolean bot,
        boolean deactivated,
        boolean guest,
        boolean stranger,
        String timeZone) {}
