package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Outcome;
import java.time.Duration;

/** What an answer of Slack's means for telling an event. */
final class SlackOutcome {
    private SlackOutcome() {}

    static Outcome of(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> _ -> new Outcome.Done();
            case Answer.Refused<?>(String error, String detail) ->
                switch (Meaning.of(error)) {
                    case PLACE_GONE -> new Outcome.PlaceGone(error);
                    case WORKSPACE_GONE, MESSAGE_GONE, OTHER ->
                        new Outcome.Later("Slack refused it: " + error + (detail.isEmpty() ? "" : " (" + detail + ")"));
                };
            case Answer.Limited<?>(Duration retryAfter) ->
                new Outcome.Later("Slack asks to wait " + retryAfter.toSeconds() + " s");
            case Answer.Unreachable<?>(String why) -> new Outcome.Later("Slack cannot be reached: " + why);
            case Answer.Unknown<?>(String why) -> new Outcome.Later("Slack's answer is missing: " + why);
        };
    }
}
