package io.opsconductor.runner.execution;

import io.opsconductor.runner.execution.ApprovedAgain.Verdict;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.StoredExecution;

/** Whether this process goes on with what another one led that counts no more. */
interface Succession {
    /** What is done with it. */
    sealed interface Fate {
        /** Nothing by this process now; it, or another one, looks at it again. */
        record Later() implements Fate {}

        /**
         * It ends, and what had not begun is skipped.
         *
         * @param because why, as a sentence that follows {@code Not started: }
         */
        record Ends(String because) implements Fate {}

        /** It goes on here, and there is room for it. */
        record GoesOn(Verdict.Sound approved) implements Fate {}
    }

    String STOPPED = "the runner stopped before.";

    /** Of a process that goes on with nothing. */
    Succession NONE = new Succession() {
        @Override
        public boolean runsHere(ExecutionKey execution) {
            return false;
        }

        @Override
        public Fate of(StoredExecution execution, long owner, long epoch) {
            return new Fate.Ends(STOPPED);
        }

        @Override
        public void notTaken() {
            throw new IllegalStateException("no room was kept");
        }

        @Override
        public void goOn(StoredExecution execution, Verdict.Sound approved, long epoch) {
            throw new IllegalStateException("nothing goes on here");
        }
    };

    /** Whether this very process runs it. */
    boolean runsHere(ExecutionKey execution);

    /**
     * What shall be done with it.
     *
     * @param owner the number of whoever led it
     * @param epoch the number of this process
     */
    Fate of(StoredExecution execution, long owner, long epoch);

    /** Another one took what would have gone on here. */
    void notTaken();

    /** Goes on with it, which is this process's by now. */
    void goOn(StoredExecution execution, Verdict.Sound approved, long epoch);
}
