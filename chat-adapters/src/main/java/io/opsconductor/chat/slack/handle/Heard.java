package io.opsconductor.chat.slack.handle;

/** What a message's event means to us. */
sealed interface Heard {
    /** Said to us: a mention, or a direct talk. */
    record Direct(Place place, String user, String ts, String raw, boolean files) implements Heard {}

    /** Said in a thread, to whomever. */
    record Overheard(Place place, String user, String ts, String raw) implements Heard {}

    /** The words of an older message were changed. */
    record Edited(Place place, String user, String ts) implements Heard {}

    /** Nothing that is our business: a program's words, ours, a deletion, a notice of Slack. */
    record Nothing() implements Heard {}
}
