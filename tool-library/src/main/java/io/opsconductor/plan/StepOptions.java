package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a step runs: after what, on what condition, how fast, and what of failures.
 *
 * @param id what other steps call it, {@code [a-z][a-z0-9_-]*}, at most 40; empty when none does
 * @param dependsOn ids of the steps that must have ended before; null for the step before it in the list; none at all for a
 *     step that starts with the plan
 * @param when a condition on another step's outcome; null for none
 * @param pace how fast it goes through its targets
 * @param failures what failures mean
 * @param retry how often a target is tried again
 * @param deadlineSeconds from its start, pauses and waiting included, 1 to 86400; 0 for none
 * @param verify whether it verifies the one step that it depends on: it runs after each batch of that step, on the targets of
 *     the batch, and a target that fails here counts as failed there
 * @param check whether the tool's check runs in place of its command
 */
public record StepOptions(
        @JsonInclude(value = Include.CUSTOM, valueFilter = AsUsual.class)
        String id,

        @Nullable List<String> dependsOn,
        @Nullable When when,

        @JsonInclude(value = Include.CUSTOM, valueFilter = AsUsual.class)
        Pace pace,

        @JsonInclude(value = Include.CUSTOM, valueFilter = AsUsual.class)
        Failures failures,

        @JsonInclude(value = Include.CUSTOM, valueFilter = AsUsual.class)
        Retry retry,

        @JsonInclude(Include.NON_DEFAULT) int deadlineSeconds,
        @JsonInclude(Include.NON_DEFAULT) boolean verify,
        @JsonInclude(Include.NON_DEFAULT) boolean check) {
    /** After the step before it, on all its targets side by side, once. */
    public static final StepOptions USUAL =
            new StepOptions("", null, null, Pace.FREE, Failures.STOP, Retry.NONE, 0, false, false);

    static final int MAX_ID_LENGTH = 40;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final int LONGEST_DEADLINE_SECONDS = 86_400;

    public StepOptions {
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id must be lower-case letters, digits, - and _ after a letter, at most " + MAX_ID_LENGTH);
        }
        if (dependsOn != null) {
            Bounds.size("depends_on", dependsOn, Plan.MAX_STEPS);
            dependsOn = Bounds.withoutNulls("depends_on", dependsOn);
            dependsOn.forEach(other -> Bounds.length("depends_on", other, MAX_ID_LENGTH));
        }
        Bounds.range("deadline_seconds", deadlineSeconds, 0, LONGEST_DEADLINE_SECONDS);
    }

    @JsonCreator
    static StepOptions read(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("depends_on") @Nullable List<String> dependsOn,
            @JsonProperty("when") @Nullable When when,
            @JsonProperty("pace") @Nullable Pace pace,
            @JsonProperty("failures") @Nullable Failures failures,
            @JsonProperty("retry") @Nullable Retry retry,
            @JsonProperty("deadline_seconds") @Nullable Integer deadlineSeconds,
            @JsonProperty("verify") @Nullable Boolean verify,
            @JsonProperty("check") @Nullable Boolean check) {
        return new StepOptions(
                id == null ? "" : id,
                dependsOn,
                when,
                pace == null ? Pace.FREE : pace,
                failures == null ? Failures.STOP : failures,
                retry == null ? Retry.NONE : retry,
                Bounds.orZero(deadlineSeconds),
                Boolean.TRUE.equals(verify),
                Boolean.TRUE.equals(check));
    }

    public StepOptions called(String other) {
        return new StepOptions(other, dependsOn, when, pace, failures, retry, deadlineSeconds, verify, check);
    }

    /** {@code null} means the step before. */
    public StepOptions after(@Nullable List<String> others) {
        return new StepOptions(id, others, when, pace, failures, retry, deadlineSeconds, verify, check);
    }

    public StepOptions onlyWhen(@Nullable When other) {
        return new StepOptions(id, dependsOn, other, pace, failures, retry, deadlineSeconds, verify, check);
    }

    public StepOptions with(Pace other) {
        return new StepOptions(id, dependsOn, when, other, failures, retry, deadlineSeconds, verify, check);
    }

    public StepOptions with(Failures other) {
        return new StepOptions(id, dependsOn, when, pace, other, retry, deadlineSeconds, verify, check);
    }

    public StepOptions with(Retry other) {
        return new StepOptions(id, dependsOn, when, pace, failures, other, deadlineSeconds, verify, check);
    }

    /** 0 for none. */
    public StepOptions within(int seconds) {
        return new StepOptions(id, dependsOn, when, pace, failures, retry, seconds, verify, check);
    }

    public StepOptions verifying() {
        return new StepOptions(id, dependsOn, when, pace, failures, retry, deadlineSeconds, true, check);
    }

    public StepOptions checking() {
        return new StepOptions(id, dependsOn, when, pace, failures, retry, deadlineSeconds, verify, true);
    }
}
