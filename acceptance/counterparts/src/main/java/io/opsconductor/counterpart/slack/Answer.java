package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;

/**
 * What came back from the app for one delivery.
 *
 * @param status the HTTP status; 200 for an acknowledged Socket Mode envelope, 0 when nothing came in time
 * @param body what the app answered, perhaps empty
 * @param problem empty when acknowledged, otherwise Slack's word for it: {@code http_timeout}, {@code http_error},
 *     {@code connection_failed}, and over Socket Mode {@code timeout} or {@code no_connection}
 * @param noRetry whether the app sent {@code X-Slack-No-Retry: 1}
 * @param sent when it was sent
 * @param took how long until the answer was there, or until Slack gave up
 */
public record Answer(int status, String body, String problem, boolean noRetry, Instant sent, Duration took) {
    /** Slack takes no acknowledgement after three seconds: https://docs.slack.dev/apis/events-api/#responding. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    public boolean acknowledged() {
        return problem.isEmpty();
    }

    /** The body as JSON; missing when it is none. */
    public JsonNode json() {
        return Json.read(body).orElse(MissingNode.getInstance());
    }

    /** This answer, or an {@link AssertionError} that says why it is no acknowledgement. */
    public Answer orFail() {
        if (!acknowledged()) {
            throw new AssertionError("The app did not acknowledge: " + this);
        }
        return this;
    }
}
