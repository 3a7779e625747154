package io.opsconductor.runner.selection;

/** What came of reading a selection. */
sealed interface Parsed {
    record Good(Selection selection) implements Parsed {}

    /**
     * It cannot be read.
     *
     * @param column where, from 1
     * @param message what was expected there and found, without a full stop
     */
    record Bad(int column, String message) implements Parsed {}
}
