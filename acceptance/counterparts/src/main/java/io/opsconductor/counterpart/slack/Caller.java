package io.opsconductor.counterpart.slack;

/** Whose token came with a call. */
sealed interface Caller {
    /** No token: the few methods that take client id and secret instead. */
    record Nobody() implements Caller {}

    /** An app-level token. */
    record App(SlackApp app) implements Caller {}

    /** A bot token. */
    record Bot(Installation installation) implements Caller {}
}
