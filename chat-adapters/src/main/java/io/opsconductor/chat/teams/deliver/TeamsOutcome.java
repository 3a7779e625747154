package io.opsconductor.chat.teams.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Outcome;
import java.time.Duration;
import java.util.Set;

/** What an answer of the connector means for telling an event. */
final class TeamsOutcome {
    private static final Set<String> PLACE_GONE = Set.of(
            "ConversationNotFound",
            "BotNotInConversationRoster",
            "ConversationBlockedByUser",
            "BotDisabledByAdmin",
            "MessageWritesBlocked",
            "Forbidden",
            "HTTP status 403",
            "HTTP status 404");
    private static final Set<String> MESSAGE_GONE = Set.of("ActivityNotFoundInConversation", "MessageNotFound");

    private TeamsOutcome() {}

    /** Whether a post was deleted, or can be changed no more. */
    static boolean isGone(Answer<?> answer) {
        return answer instanceof Answer.Refused<?>(String error, String _) && MESSAGE_GONE.contains(error);
    }

    static Outcome of(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> _ -> new Outcome.Done();
            case Answer.Refused<?>(String error, String detail) ->
                PLACE_GONE.contains(error)
                        ? new Outcome.PlaceGone(error)
                        : new Outcome.Later(
                                "Teams refused it: " + error + (detail.isEmpty() ? "" : " (" + detail + ")"));
            case Answer.Limited<?>(Duration retryAfter) ->
                new Outcome.Later("Teams asks to wait " + retryAfter.toSeconds() + " s");
            case Answer.Unreachable<?>(String why) -> new Outcome.Later("Teams cannot be reached: " + why);
            case Answer.Unknown<?>(String why) -> new Outcome.Later("the answer of Teams is missing: " + why);
        };
    }
}
