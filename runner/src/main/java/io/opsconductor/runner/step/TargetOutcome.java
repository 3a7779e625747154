package io.opsconductor.runner.step;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one command on one target ended. */
public sealed interface TargetOutcome {
    /** The status that the plan's vocabulary has for it. */
    TargetStatus status();

    /** A sentence for an operator; empty for exit code 0. */
    String reason();

    /** It ran to its end. */
    record Exited(int exitCode, Captured stdout, Captured stderr, Duration duration) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return exitCode == 0 ? TargetStatus.SUCCEEDED : TargetStatus.FAILED;
        }

        @Override
        public String reason() {
            return exitCode == 0 ? "" : "The command ended with exit code " + exitCode + ".";
        }
    }

    /** A signal that was not ours ended it, such as {@code SEGV} or {@code KILL}. */
    record Signalled(String signal, Captured stdout, Captured stderr, Duration duration) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return TargetStatus.FAILED;
        }

        @Override
        public String reason() {
            return "The command was ended by signal " + signal + ".";
        }
    }

    /**
     * A web interface, a database or a network device answered.
     *
     * @param failure a sentence that says why the answer is no success; empty for success
     */
    record Answered(String failure, Captured stdout, Captured stderr, Duration duration) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return failure.isEmpty() ? TargetStatus.SUCCEEDED : TargetStatus.FAILED;
        }

        @Override
        public String reason() {
            return failure;
        }
    }

    /**
     * Nothing ran: the place could not be reached, or the program is not there.
     *
     * @param code {@code not_resolved}, {@code not_reachable}, {@code host_key_unknown}, {@code host_key_changed},
     *     {@code jump_failed}, {@code login_refused}, {@code credential_unavailable}, {@code session_refused}, {@code sudo_refused},
     *     {@code program_not_found}, {@code capability_missing}, {@code not_startable}, {@code not_configured}, {@code address_refused}, {@code tls_failed},
     *     {@code unknown_database} or {@code busy}
     */
    record NotStarted(String code, String reason) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return TargetStatus.UNREACHABLE;
        }
    }

    /** The deadline passed and the command was ended. */
    record TimedOut(Captured stdout, Captured stderr, Duration duration, String reason) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return TargetStatus.TIMED_OUT;
        }
    }

    /** Somebody cancelled; the command was ended, or not even started when the duration is zero. */
    record Cancelled(Captured stdout, Captured stderr, Duration duration, String reason) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return TargetStatus.CANCELLED;
        }
    }

    /** The connection was lost after the start: whether the command took effect is unknown. */
    record Interrupted(Captured stdout, Captured stderr, Duration duration, String reason) implements TargetOutcome {
        @Override
        public TargetStatus status() {
            return TargetStatus.INTERRUPTED;
        }
    }

    /** This outcome in the plan's vocabulary. */
    default TargetResult result(int step, String tool, String target) {
        return switch (this) {
            case Exited(int exitCode, Captured out, Captured err, Duration took) ->
                result(step, tool, target, exitCode, out, err, took);
            case Signalled(String signal, Captured out, Captured err, Duration took) ->
                result(step, tool, target, null, out, err, took);
            case Answered(String failure, Captured out, Captured err, Duration took) ->
                result(step, tool, target, null, out, err, took);
            case NotStarted(String code, String reason) ->
                result(step, tool, target, null, Captured.NOTHING, Captured.NOTHING, Duration.ZERO);
            case TimedOut(Captured out, Captured err, Duration took, String reason) ->
                result(step, tool, target, null, out, err, took);
            case Cancelled(Captured out, Captured err, Duration took, String reason) ->
                result(step, tool, target, null, out, err, took);
            case Interrupted(Captured out, Captured err, Duration took, String reason) ->
                result(step, tool, target, null, out, err, took);
        };
    }

    private TargetResult result(
            int step,
            String tool,
            String target,
            @Nullable Integer exitCode,
            Captured out,
            Captured err,
            Duration took) {
        return new TargetResult(
                step,
                tool,
                target,
                status(),
                exitCode,
                out.text(),
                err.text(),
                out.truncated(),
                err.truncated(),
                took.toMillis(),
                reason());
    }
}
