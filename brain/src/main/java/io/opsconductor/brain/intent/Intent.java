package io.opsconductor.brain.intent;

import io.opsconductor.brain.planning.Draft;
import java.util.List;

/** What a message asks for: a closed set, so that a new kind breaks every place that has to think about it. */
public sealed interface Intent {
    /**
     * Run one or several tools.
     *
     * @param requests one per clause ("restart nginx on web-01, then check its status" has two), in order, at least one
     */
    record RunTools(List<ToolRequest> requests) implements Intent {
        public RunTools {
            requests = List.copyOf(requests);
        }
    }

    /**
     * The message answers the pending question.
     *
     * @param draft the draft with the answer filled in
     */
    record Answered(Draft draft) implements Intent {}

    /**
     * What was planned last, once more: with other targets, with other values, or just so ("same on web-02", "again").
     *
     * @param draft the steps as they are meant now
     */
    record Again(Draft draft) implements Intent {}

    /**
     * "help", "what can you do".
     *
     * @param language to answer in, as ISO 639-1
     */
    record AskTools(String language) implements Intent {}

    /**
     * "which servers are there", "who is in web-servers".
     *
     * @param group the group asked about, or empty for all
     */
    record AskTargets(String group) implements Intent {}

    /** Greetings, thanks; {@code reply} is what to say. */
    record SmallTalk(String reply) implements Intent {}

    /** "cancel", "never mind". */
    record Cancel() implements Intent {}

    /** Understood as no operations request, or not understood at all; {@code reply} says what can be asked instead. */
    record NotForUs(String reply) implements Intent {}
}
