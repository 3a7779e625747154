package io.opsconductor.brain.intent;

import java.util.List;

/**
 * What somebody wants to know of what was asked for before. Every condition holds; an empty one holds for everything.
 *
 * @param about which of the plans
 * @param targets inventory names, and names as written of what the inventory does not know
 * @param tools any of these
 * @param values all of these, such as {@code nginx}
 * @param person whose: who asked, or of a decision who decided
 * @param here whether only this conversation is meant
 */
public record HistoryQuestion(
        About about, List<String> targets, List<String> tools, List<String> values, Person person, boolean here) {
    public HistoryQuestion {
        targets = List.copyOf(targets);
        tools = List.copyOf(tools);
        values = List.copyOf(values);
    }

    /** Which plans. */
    public enum About {
        /** Those that were sent to the runner. */
        RAN,
        /** Those of them that did not succeed everywhere. */
        FAILED,
        /** Those that run now. */
        RUNNING,
        /** Whatever became of them. */
        ASKED,
        APPROVED,
        DENIED,
        /** Those that wait for a decision. */
        WAITING;

        /** Whether it is about this moment, and not about a time. */
        public boolean isNow() {
            return this == RUNNING || this == WAITING;
        }

        /** Whether the person is who decided. */
        public boolean isDecision() {
            return this == APPROVED || this == DENIED;
        }
    }

    /**
     * Whose.
     *
     * @param self whether whoever asks the question is meant
     * @param name as written; empty for anybody
     */
    public record Person(boolean self, String name) {
        public static final Person ANYBODY = new Person(false, "");
        public static final Person SELF = new Person(true, "");

        /** Whether it does not matter who. */
        public boolean anybody() {
            return !self && name.isEmpty();
        }
    }
}
