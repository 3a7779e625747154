package io.opsconductor.runner.store;

import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which executions are looked for. What is null does not matter.
 *
 * @param tenant whose
 * @param status how they stand
 * @param requester identity of who asked
 * @param conversation the chat thread
 * @param tool one of their tools
 * @param target one of their targets, by its inventory name
 * @param since accepted at this second or later
 * @param until accepted before this second
 * @param limit at most so many, the newest
 */
public record ExecutionQuery(
        Tenant tenant,
        @Nullable ExecutionStatus status,
        @Nullable String requester,
        @Nullable String conversation,
        @Nullable String tool,
        @Nullable String target,
        @Nullable Instant since,
        @Nullable Instant until,
        int limit) {
    private static final int LENGTH_TO_SECONDS = "2026-01-01T00:00:00".length();

    /** A condition in SQL, and what is bound to it. */
    record Where(String sql, List<Object> values) {}

    Where where() {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        add(conditions, values, "tenant = ?", tenant.name());
        add(conditions, values, "status = ?", status == null ? null : status.word());
        add(conditions, values, "requester = ?", requester);
        add(conditions, values, "conversation = ?", conversation);
        add(conditions, values, "id in (select execution from target_run where tool = ?)", tool);
        add(conditions, values, "id in (select execution from target_run where target = ?)", target);
        // Instants are stored with as many digits as they need, so that they compare as text only up to the second.
        String second = "substr(accepted_at, 1, " + LENGTH_TO_SECONDS + ")";
        add(conditions, values, second + " >= ?", toSecond(since));
        add(conditions, values, second + " < ?", toSecond(until));
        return new Where(" where " + String.join(" and ", conditions), values);
    }

    private static void add(List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private static @Nullable String toSecond(@Nullable Instant instant) {
        return instant == null ? null : instant.toString().substring(0, LENGTH_TO_SECONDS);
    }
}
