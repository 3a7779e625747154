package io.opsconductor.chat.slack.workspace;

import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Slack says of a token ({@code auth.test}). */
public sealed interface TokenTest {
    /**
     * It is good.
     *
     * @param slackTime Slack's clock; empty when it did not say
     */
    record Good(Workspace workspace, Optional<Instant> slackTime) implements TokenTest {}

    /**
     * It is not.
     *
     * @param error Slack's word, such as {@code invalid_auth}
     */
    record Refused(String error) implements TokenTest {}

    /** Slack did not answer, or not now. */
    record Unreachable(String why) implements TokenTest {}

    /** Asks Slack; answers within the client's deadline. */
    static TokenTest of(Slack slack, String token) {
        try {
            AuthTestResponse answer = slack.methods().authTest(request -> request.token(token));
            if (!answer.isOk()) {
                return new Refused(text(answer.getError()));
            }
            Map<String, List<String>> headers = headers(answer);
            return new Good(
                    new Workspace(
                            text(answer.getTeamId()),
                            text(answer.getTeam()),
                            text(answer.getAppId()),
                            text(answer.getUserId()),
                            text(answer.getBotId()),
                            scopes(header(headers, "x-oauth-scopes")),
                            token),
                    time(header(headers, "date")));
        } catch (SlackApiException e) {
            return new Unreachable(
                    "it answered with HTTP status " + e.getResponse().code());
        } catch (IOException e) {
            return new Unreachable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The SDK fails so on an answer that is not JSON, such as a proxy's page.
            return new Unreachable("its answer cannot be read");
        }
    }

    private static Map<String, List<String>> headers(AuthTestResponse answer) {
        @Nullable Map<String, List<String>> headers = answer.getHttpResponseHeaders();
        return headers == null ? Map.of() : headers;
    }

    private static String header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .orElse("");
    }

    private static Set<String> scopes(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> time(String date) {
        try {
            return date.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
