package io.opsconductor.chat.terminal;

import java.util.List;

/** Who decides about plans: somebody at the terminal, or the options of a script. */
interface Person {
    /** What somebody says to a plan. */
    sealed interface Decision {
        /**
         * Approve, as each of these people in turn; never empty.
         *
         * @param code what was typed for the plan's code; empty for nothing
         */
        record Approve(List<String> users, String code) implements Decision {}

        /**
         * Deny it.
         *
         * @param reason why; may be empty
         */
        record Deny(String user, String reason) implements Decision {}

        /** See the plan as it would run now, in its place. */
        record Fresh(String user) implements Decision {}

        /**
         * Ask for what the plan offers in its place.
         *
         * @param request what to say
         */
        record Rather(String user, String request) implements Decision {}

        /** Leave it waiting. */
        record Leave() implements Decision {}
    }

    /**
     * Asked when a plan waits, and again when the decision was refused or more approvals are missing.
     *
     * @param page where the conversation can be opened in a browser
     */
    Decision decide(ChatEvent.Plan plan, String page, boolean again);

    /** What Ctrl-C does from now on. */
    void onInterrupt(Runnable action);
}
