package io.opsconductor.chat.slack.receive;

import java.util.List;

/** Whose a delivery is. */
public interface Ownership {
    /** The answer. */
    sealed interface Owner {
        /** One of the workspaces in which the app is installed. */
        record Ours(String team) implements Owner {}

        /** None of them. */
        record Foreign() implements Owner {}

        /** Slack did not yet say whose the token is. */
        record NotKnownYet() implements Owner {}
    }

    /**
     * Whose it is; answers at once, from memory.
     *
     * @param teams the likeliest first
     * @param app empty when Slack did not say
     */
    Owner of(List<String> teams, String app);
}
