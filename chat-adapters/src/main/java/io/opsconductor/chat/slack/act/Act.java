package io.opsconductor.chat.slack.act;

/** What somebody asks for with a button. Digests are those of the card that the person saw. */
public sealed interface Act {
    /** Approves a plan. */
    record Approve(String approval, String digest) implements Act {}

    /** Opens the form for the reason of a denial. */
    record Deny(String approval, String digest) implements Act {}

    /** Opens the form for other parameters. */
    record Edit(String approval, String digest) implements Act {}

    /** Takes one's own plan back. */
    record Withdraw(String approval) implements Act {}

    /** Ends what runs. */
    record Cancel(String execution) implements Act {}

    /** Asks for a new plan that does the same again. */
    record RunAgain(String execution, boolean failedOnly) implements Act {}

    /** Asks for the whole output of one target as a file. */
    record FullOutput(String execution, int step, String target) implements Act {}

    /** Answers a question, or asks what is suggested, in the words that the person would have typed. */
    record Say(String text) implements Act {}

    /** Opens the thread of a conversation; Slack itself follows the link, so there is nothing to do. */
    record Open() implements Act {}
}
