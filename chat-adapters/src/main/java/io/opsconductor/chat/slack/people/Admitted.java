package io.opsconductor.chat.slack.people;

import io.opsconductor.chat.slack.call.SlackUser;

/** Whether somebody may talk to us in a place. */
public sealed interface Admitted {
    /**
     * Yes.
     *
     * @param identity platform-qualified, with the person's own workspace, which need not be the place's
     */
    record Welcome(String identity, SlackUser user) implements Admitted {}

    /** No, and without a word: programs, ourselves among them, that would talk back for ever. */
    record Silent() implements Admitted {}

    /** No; {@code why} is for that person alone. */
    record Refused(String why) implements Admitted {}

    /** It cannot be known now, so the answer is no; {@code why} is for that person alone. */
    record NotNow(String why) implements Admitted {}
}
