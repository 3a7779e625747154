package io.opsconductor.runner.api;

import io.helidon.common.uri.UriQuery;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.store.ExecutionQuery;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@code GET /executions} is asked for. */
final class ExecutionFilter {
    private static final int LISTED = 50;
    private static final int MAX_LISTED = 500;
    private static final int MAX_LENGTH = 200;
    private static final List<String> KEYS =
            List.of("status", "requester", "conversation", "tool", "target", "since", "until", "limit");

    private ExecutionFilter() {}

    /** A misspelt filter is refused: without it, the answer would be about something else. */
    static ExecutionQuery of(Tenant tenant, UriQuery query) {
        for (String name : query.names()) {
            if (!KEYS.contains(name)) {
                List<String> nearest = Nearest.of(name, KEYS, 1);
                throw HttpProblem.of(
                        400,
                        "unknown_filter",
                        "there is no filter " + Shown.quoted(name),
                        nearest.isEmpty()
                                ? "the filters are " + String.join(", ", KEYS)
                                : "did you mean " + nearest.getFirst() + "?");
            }
        }
        return new ExecutionQuery(
                tenant,
                status(text(query, "status")),
                text(query, "requester"),
                text(query, "conversation"),
                text(query, "tool"),
                text(query, "target"),
                instant(query, "since"),
                instant(query, "until"),
                limit(text(query, "limit")));
    }

    private static @Nullable String text(UriQuery query, String name) {
        if (!query.contains(name)) {
            return null;
        }
        String text = query.get(name);
        if (text.isEmpty() || text.length() > MAX_LENGTH || query.all(name).size() > 1) {
            throw invalid(name, "must be given once, with 1 to " + MAX_LENGTH + " characters");
        }
        return text;
    }

    private static @Nullable ExecutionStatus status(@Nullable String word) {
        return word == null
                ? null
                : Arrays.stream(ExecutionStatus.values())
                        .filter(status -> status.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> invalid(
                                "status",
                                "must be one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(ExecutionStatus.values())
                                                        .map(ExecutionStatus::word)
                                                        .toList())));
    }

    private static @Nullable Instant instant(UriQuery query, String name) {
        String text = text(query, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(name, "must be a time such as 2026-01-31T08:00:00Z");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return LISTED;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw invalid("limit", "must be a whole number of at most 18 digits");
        }
        return (int) Math.clamp(Long.parseLong(text), 1L, (long) MAX_LISTED);
    }

    private static HttpProblem invalid(String name, String rule) {
        return HttpProblem.of(400, "invalid_" + name, name + " " + rule, "");
    }
}
