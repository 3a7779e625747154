package io.opsconductor.brain.outputs;

import io.opsconductor.brain.planning.Draft;

/** What a message means that may name targets by what came of the last execution: "the ones above 80%". */
public sealed interface Narrowed {
    /** It names none that way. */
    record Unchanged() implements Narrowed {}

    /**
     * The names stand in the message now.
     *
     * @param text what was written, with names in the place of the words that meant them
     * @param note what was chosen, for the card
     */
    record Named(String text, String note) implements Narrowed {}

    /**
     * The last steps once more, on fewer targets.
     *
     * @param draft the steps
     * @param note what was chosen, for the card
     */
    record Again(Draft draft, String note) implements Narrowed {}

    /**
     * Which targets are meant cannot be known, or there are none.
     *
     * @param reply why, and what to say instead
     */
    record Unclear(String reply) implements Narrowed {}
}
