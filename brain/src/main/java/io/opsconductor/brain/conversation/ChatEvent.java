package io.opsconductor.brain.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of a conversation sees, in the fields of the local chat API; {@code seq}, {@code type} and {@code at} are
 * added when it is appended. Absent fields are null here.
 */
public sealed interface ChatEvent {
    /** Who speaks when nobody of the users does. */
    String US = "opsconductor";

    /** The word in the field {@code type}. */
    default String type() {
        return switch (this) {
            case Message _ -> "message";
            case PlanCard _ -> "plan";
            case Decision _ -> "decision";
            case Progress _ -> "progress";
            case Result _ -> "result";
            case Question _ -> "question";
            case Failure _ -> "error";
        };
    }

    /**
     * Something said.
     *
     * @param from a user's name, or {@link #US}
     * @param sender platform-qualified identity of the user; null for ours
     * @param message the message's id when a user said it
     * @param named identity of the person whom our words name; null when they name nobody
     */
    record Message(
            String from,
            @Nullable String sender,
            String text,
            @Nullable String message,
            List<Choice> choices,
            @Nullable String named)
            implements ChatEvent {
        public Message {
            choices = List.copyOf(choices);
        }

        public static Message ours(String text) {
            return ours(text, List.of());
        }

        public static Message ours(String text, List<Choice> choices) {
            return new Message(US, null, text, null, choices, null);
        }

        /** Our words about somebody. */
        public static Message naming(String identity, String text) {
            return new Message(US, null, text, null, List.of(), identity);
        }
    }

    /**
     * A plan as the runner rendered it, to be decided about.
     *
     * @param note how the request was understood, in sentences; null when nothing needs saying
     * @param how how the plan as a whole runs, such as a deadline, in words; null when as usual
     * @param code what whoever approves it types, because it cannot be undone; null when nothing is typed
     * @param needs who must approve, a sentence each
     * @param breakGlass why the requester does without the approval of others; null when they do not
     * @param instead what else may have been meant, to be said by whoever presses it
     */
    record PlanCard(
            String approval,
            String digest,
            Effect effect,
            String summary,
            String requester,
            String requesterName,
            List<CardStep> steps,
            Preview.BlastRadius blastRadius,
            Preview.ApprovalRule approvalRule,
            Instant expiresAt,
            List<String> actions,
            @Nullable String note,
            @Nullable String how,
            @Nullable String code,
            List<String> needs,
            @Nullable String breakGlass,
            List<Choice> instead)
            implements ChatEvent {
        public PlanCard {
            // What an earlier version stored has none.
            instead = instead == null ? List.of() : List.copyOf(instead);
            steps = List.copyOf(steps);
            actions = List.copyOf(actions);
            // What an earlier version stored has none.
            needs = needs == null ? DemandWords.sentences(approvalRule, requesterName) : List.copyOf(needs);
        }

        /** A plan that is approved as usual, by people who type nothing, and that was clearly meant. */
        public PlanCard(
                String approval,
                String digest,
                Effect effect,
                String summary,
                String requester,
                String requesterName,
                List<CardStep> steps,
                Preview.BlastRadius blastRadius,
                Preview.ApprovalRule approvalRule,
                Instant expiresAt,
                List<String> actions,
                @Nullable String note,
                @Nullable String how) {
            this(
                    approval,
                    digest,
                    effect,
                    summary,
                    requester,
                    requesterName,
                    steps,
                    blastRadius,
                    approvalRule,
                    expiresAt,
                    actions,
                    note,
                    how,
                    null,
                    DemandWords.sentences(approvalRule, requesterName),
                    null,
                    List.of());
        }
    }

    /**
     * A step on a card.
     *
     * @param command the command when it is the same on every target, else a line {@code target: command} for each
     * @param how after what it runs, how fast, and what of failures, in words; null when as usual
     */
    record CardStep(
            String tool,
            Effect effect,
            List<String> targets,
            String command,
            List<CardCommand> commands,
            @Nullable String how) {
        public CardStep {
            targets = List.copyOf(targets);
            commands = List.copyOf(commands);
        }
    }

    /** A step's command on one target. */
    record CardCommand(String target, String command, String account, String environment) {}

    /**
     * A plan was decided about, or its time ended.
     *
     * @param decision {@code approve}, {@code deny}, {@code expired}, {@code cancelled} or {@code superseded}
     * @param user name of who decided; null when nobody did
     * @param identity platform-qualified identity of who decided; null when nobody did
     * @param status how the plan stands now
     * @param missing how many more people must approve at least; null when none
     * @param still what is missing and from whom, in words; null when nothing is
     */
    record Decision(
            String approval,
            String decision,
            @Nullable String user,
            @Nullable String identity,
            @Nullable String reason,
            String status,
            @Nullable Integer missing,
            @Nullable String still)
            implements ChatEvent {
        /** A decision after which nobody is waited for, or of which that is not known. */
        public Decision(
                String approval,
                String decision,
                @Nullable String user,
                @Nullable String identity,
                @Nullable String reason,
                String status,
                @Nullable Integer missing) {
            this(approval, decision, user, identity, reason, status, missing, null);
        }
    }

    /**
     * How far an execution is.
     *
     * @param target empty where a step as a whole waits
     * @param state {@code started}, {@code waiting}, {@code output} or {@code finished}; waiting and output are never stored
     * @param text the output, or why it waits
     */
    record Progress(
            String execution,
            String approval,
            int step,
            String tool,
            String target,
            String state,
            @Nullable String stream,
            @Nullable String text,
            @Nullable TargetStatus status,
            @Nullable Integer exitCode,
            @Nullable Long durationMs)
            implements ChatEvent {
        public static Progress started(String execution, String approval, int step, String tool, String target) {
            return new Progress(execution, approval, step, tool, target, "started", null, null, null, null, null);
        }

        public static Progress waiting(
                String execution, String approval, int step, String tool, String target, String reason) {
            return new Progress(execution, approval, step, tool, target, "waiting", null, reason, null, null, null);
        }

        public static Progress output(
                String execution, String approval, int step, String tool, String target, String stream, String text) {
            return new Progress(execution, approval, step, tool, target, "output", stream, text, null, null, null);
        }

        public static Progress finished(String execution, String approval, TargetResult result) {
            return new Progress(
                    execution,
                    approval,
                    result.step(),
                    result.tool(),
                    result.target(),
                    "finished",
                    null,
                    null,
                    result.status(),
                    result.exitCode(),
                    result.durationMs());
        }
    }

    /**
     * The end of a plan.
     *
     * @param execution null when it never became one
     * @param status {@code succeeded}, {@code failed}, {@code partial}, {@code denied}, {@code cancelled} or
     *     {@code interrupted}
     * @param identity of who denied or cancelled it; null when nobody did, or when it is not known here
     * @param readings what the outputs say, tool by tool; none where nothing could be read
     * @param next requests to offer, each to be said by whoever presses it
     */
    record Result(
            @Nullable String execution,
            String approval,
            String status,
            String summary,
            @JsonProperty("step_results") List<TargetResult> stepResults,
            @Nullable String identity,
            List<OutputReading> readings,
            List<Choice> next)
            implements ChatEvent {
        public Result {
            stepResults = List.copyOf(stepResults);
            // What an earlier version stored has none.
            readings = readings == null ? List.of() : List.copyOf(readings);
            next = next == null ? List.of() : List.copyOf(next);
        }

        /** A result of which nothing is read. */
        public Result(
                @Nullable String execution,
                String approval,
                String status,
                String summary,
                List<TargetResult> stepResults,
                @Nullable String identity) {
            this(execution, approval, status, summary, stepResults, identity, List.of(), List.of());
        }
    }

    /** Something that must be known before there can be a plan. */
    record Question(String question, String text, List<Choice> choices) implements ChatEvent {
        public Question {
            choices = List.copyOf(choices);
        }
    }

    /** What went wrong, in words. */
    record Failure(
            String code,
            String message,
            String hint,
            List<Choice> choices,
            @Nullable String reference) implements ChatEvent {
        public Failure {
            choices = List.copyOf(choices);
        }

        public static Failure of(String code, String message, String hint) {
            return new Failure(code, message, hint, List.of(), null);
        }
    }
}
