package io.opsconductor.chat.slack.people;

import io.opsconductor.chat.slack.call.SlackUser;

/** What Slack says of a user's id. */
public sealed interface FoundUser {
    record Known(SlackUser user) implements FoundUser {}

    /** Slack knows nobody with this id, or does not tell us. */
    record Unknown() implements FoundUser {}

    /** Slack could not be asked. */
    record NotNow(String why) implements FoundUser {}
}
