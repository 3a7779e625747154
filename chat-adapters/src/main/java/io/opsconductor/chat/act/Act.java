package io.opsconductor.chat.act;

import java.util.Objects;

/**
 * What somebody asks for with a button. Digests are those of the card that the person saw. Nothing is null, so that a value
 * that lacks something is no act.
 */
public sealed interface Act {
    /** Approves a plan. */
    record Approve(String approval, String digest) implements Act {
        public Approve {
            Objects.requireNonNull(approval);
            Objects.requireNonNull(digest);
        }
    }

    /** Opens the form for the reason of a denial. */
    record Deny(String approval, String digest) implements Act {
        public Deny {
            Objects.requireNonNull(approval);
            Objects.requireNonNull(digest);
        }
    }

    /** Opens the form for other parameters. */
    record Edit(String approval, String digest) implements Act {
        public Edit {
            Objects.requireNonNull(approval);
            Objects.requireNonNull(digest);
        }
    }

    /** Takes one's own plan back. */
    record Withdraw(String approval) implements Act {
        public Withdraw {
            Objects.requireNonNull(approval);
        }
    }

    /** Asks for the checks of a plan, before it is decided. */
    record DryRun(String approval) implements Act {
        public DryRun {
            Objects.requireNonNull(approval);
        }
    }

    /** Asks for a plan that changed since it was shown, as it would run now. */
    record Fresh(String approval) implements Act {
        public Fresh {
            Objects.requireNonNull(approval);
        }
    }

    /** Opens the form for the reason why one's own plan cannot wait for the approval of others. */
    record BreakGlass(String approval) implements Act {
        public BreakGlass {
            Objects.requireNonNull(approval);
        }
    }

    /** Ends what runs. */
    record Cancel(String execution) implements Act {
        public Cancel {
            Objects.requireNonNull(execution);
        }
    }

    /** Asks for a new plan that does the same again. */
    record RunAgain(String execution, boolean failedOnly) implements Act {
        public RunAgain {
            Objects.requireNonNull(execution);
        }
    }

    /** Asks for the whole output of one target as a file. */
    record FullOutput(String execution, int step, String target) implements Act {
        public FullOutput {
            Objects.requireNonNull(execution);
            Objects.requireNonNull(target);
        }
    }

    /** Answers a question, or asks what is suggested, in the words that the person would have typed. */
    record Say(String text) implements Act {
        public Say {
            Objects.requireNonNull(text);
        }
    }

    /** Opens the thread of a conversation; Slack itself follows the link, so there is nothing to do. */
    record Open() implements Act {}
}
