package io.opsconductor.chat.deliver;

/** What became of telling one event. */
public sealed interface Outcome {
    record Done() implements Outcome {}

    /**
     * Not now; again later.
     *
     * @param why for the log
     */
    record Later(String why) implements Outcome {}

    /** The place takes nothing any more. */
    record PlaceGone(String error) implements Outcome {}
}
