package io.opsconductor.brain.outputs;

import java.util.List;
import java.util.Optional;

/**
 * A kind of output that is read by rule. An output that is not surely of the kind is not read: nothing said is better than
 * something wrong.
 *
 * @param <T> what one output says
 */
interface Kind<T> {
    /** What an output says; empty for one that it cannot read. Never throws, whatever it holds. */
    Optional<T> read(Written output);

    /** What is to be remembered of it. */
    Seen seen(T one);

    /**
     * What all of them say.
     *
     * @param what the value that the tool was asked about, such as a service; may be empty
     * @param all at least one, in the order of the plan
     * @param alone whether it is all that the step was about, so that its name need not be repeated
     */
    Laid laid(String what, List<Of<T>> all, boolean alone);

    /** What a picture says better; empty where it would say no more than the words. The same values as for {@link #laid}. */
    default Optional<Chart> chart(String what, List<Of<T>> all, boolean alone) {
        return Optional.empty();
    }

    /**
     * What one output says, and of whom.
     *
     * @param subject a target of the plan, or the host or address that the plan names
     */
    record Of<T>(String subject, T value) {}

    /**
     * A sentence without its full stop, and a table.
     *
     * @param table empty when the sentence says all
     */
    record Laid(String sentence, Optional<ReadTable> table) {}
}
