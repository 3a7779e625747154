package io.opsconductor.brain.selection;

/**
 * When a tool is chosen, when the user is asked, and when there is none. Figures are scores from 0 to 1, set by the
 * evaluation set in the tests.
 *
 * @param sure at least this for a choice without asking
 * @param margin at least this far ahead of the next one
 * @param possible at least this to be offered
 * @param likely at least this to be offered alone, where a target is named
 * @param behind at most this far behind one of the three that fits better, when what is usual puts it first
 * @param surer at least this for a choice without asking, when a value that the tool must have is not named
 */
record Gate(double sure, double margin, double possible, double likely, double surer, double behind) {
    static Gate tuned() {
        return new Gate(0.5, 0.08, 0.33, 0.4, 0.62, 0.1);
    }

    /** For a message of several requests, where what is usual decides. */
    Gate ofSeveral() {
        return new Gate(sure, margin / 4, possible, likely, surer, 1);
    }

    /** For a tool that is called by its whole name, where what else fits has more in its name: "expiring certificates in /etc/ssl". */
    Gate ofNamed() {
        return new Gate(sure, margin / 4, possible, likely, surer, 1);
    }

    boolean chooses(double best, double next, double fitting, boolean complete) {
        return best >= (complete ? sure : surer) && best - next >= margin && fitting - best <= behind;
    }
}
