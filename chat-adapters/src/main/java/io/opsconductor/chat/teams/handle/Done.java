package io.opsconductor.chat.teams.handle;

/** What came of a press, for whoever pressed. */
sealed interface Done {
    /** It was done, or has begun; the card of the plan shows how it stands now. */
    record Card(String approval) implements Done {}

    /** It was done, and shows by itself what came of it. */
    record Shown(String words) implements Done {}

    /** Nothing was done, because what would run is not what was shown any more. */
    record Changed(String words, String approval) implements Done {}

    /** Nothing was done, and why; {@code approval} is the plan whose card is out of date, or empty. */
    record Refused(String words, String approval) implements Done {}
}
