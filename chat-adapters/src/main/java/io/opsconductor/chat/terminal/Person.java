package io.opsconductor.chat.terminal;

import java.util.List;

/** Who decides about plans: somebody at the terminal, or the options of a script. */
interface Person {
    /** What somebody says to a plan. */
    sealed interface Decision {
        /** Approve, as each of these people in turn; never empty. */
        record Approve(List<String> users) implements Decision {}

        /** Deny it. */
        record Deny(String user) implements Decision {}

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
