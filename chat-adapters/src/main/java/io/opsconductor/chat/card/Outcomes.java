package io.opsconductor.chat.card;

import io.opsconductor.plan.TargetStatus;
import java.util.List;

/** How something ended: the same signs and words everywhere. */
public final class Outcomes {
    /** What must be looked at first comes first. */
    public static final List<TargetStatus> WORST_FIRST = List.of(
            TargetStatus.INTERRUPTED,
            TargetStatus.FAILED,
            TargetStatus.TIMED_OUT,
            TargetStatus.UNREACHABLE,
            TargetStatus.CANCELLED,
            TargetStatus.SKIPPED,
            TargetStatus.NOT_NEEDED,
            TargetStatus.SUCCEEDED);

    private Outcomes() {}

    public static String emoji(TargetStatus status) {
        return switch (status) {
            case SUCCEEDED -> "white_check_mark";
            case FAILED -> "x";
            case UNREACHABLE -> "electric_plug";
            case TIMED_OUT -> "alarm_clock";
            case CANCELLED -> "octagonal_sign";
            case SKIPPED -> "fast_forward";
            case NOT_NEEDED -> "heavy_minus_sign";
            case INTERRUPTED -> "question";
        };
    }

    public static String word(TargetStatus status) {
        return switch (status) {
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case UNREACHABLE -> "unreachable";
            case TIMED_OUT -> "timed out";
            case CANCELLED -> "cancelled";
            case SKIPPED -> "skipped";
            case NOT_NEEDED -> "not needed";
            case INTERRUPTED -> "outcome unknown";
        };
    }

    /** Of a whole execution, by its word in the events. */
    public static String emoji(String status) {
        return switch (status) {
            case "succeeded" -> "white_check_mark";
            case "failed" -> "x";
            case "partial" -> "warning";
            case "denied" -> "no_entry";
            case "cancelled" -> "octagonal_sign";
            case "interrupted" -> "question";
            default -> "grey_question";
        };
    }

    public static String word(String status) {
        return switch (status) {
            case "succeeded" -> "Succeeded";
            case "failed" -> "Failed";
            case "partial" -> "Partly failed";
            case "denied" -> "Denied";
            case "cancelled" -> "Cancelled";
            case "interrupted" -> "Outcome unknown";
            default -> status.length() <= 40 ? status : status.substring(0, 39) + "…";
        };
    }
}
