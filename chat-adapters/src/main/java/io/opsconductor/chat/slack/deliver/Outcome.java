package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.slack.call.Answer;
import java.time.Duration;

/** What became of telling one event. */
sealed interface Outcome {
    record Done() implements Outcome {}

    /**
     * Not now; again later.
     *
     * @param why for the log
     */
    record Later(String why) implements Outcome {}

    /** The place takes nothing any more. */
    record PlaceGone(String error) implements Outcome {}

    static Outcome of(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> _ -> new Done();
            case Answer.Refused<?>(String error, String detail) ->
                switch (Meaning.of(error)) {
                    case PLACE_GONE -> new PlaceGone(error);
                    case WORKSPACE_GONE, MESSAGE_GONE, OTHER ->
                        new Later("Slack refused it: " + error + (detail.isEmpty() ? "" : " (" + detail + ")"));
                };
            case Answer.Limited<?>(Duration retryAfter) ->
                new Later("Slack asks to wait " + retryAfter.toSeconds() + " s");
            case Answer.Unreachable<?>(String why) -> new Later("Slack cannot be reached: " + why);
            case Answer.Unknown<?>(String why) -> new Later("Slack's answer is missing: " + why);
        };
    }
}
