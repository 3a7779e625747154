package io.opsconductor.chat.terminal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of a conversation, as the chat API sends it. Absent texts are empty and absent lists have no elements;
 * fields and types of newer servers are passed over.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = ChatEvent.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatEvent.Message.class, name = "message"),
    @JsonSubTypes.Type(value = ChatEvent.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = ChatEvent.Decision.class, name = "decision"),
    @JsonSubTypes.Type(value = ChatEvent.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = ChatEvent.Result.class, name = "result"),
    @JsonSubTypes.Type(value = ChatEvent.Question.class, name = "question"),
    @JsonSubTypes.Type(value = ChatEvent.Failure.class, name = "error")
})
sealed interface ChatEvent {
    /** The name that the bot's own messages come from. */
    String BOT = "opsconductor";

    /** Rises from 1 in a conversation. */
    long seq();

    /** Somebody's message, or the bot's. {@code message} is its id, for people's messages. */
    record Message(
            long seq, String from, String text, @Nullable String message, List<Choice> choices) implements ChatEvent {
        public Message {
            from = given(from);
            text = given(text);
            choices = given(choices);
        }
    }

    /** What would run. {@code code} is what whoever approves it types, because it cannot be undone. */
    record Plan(
            long seq,
            String approval,
            String digest,
            String effect,
            String summary,
            String requesterName,
            List<Step> steps,
            @Nullable BlastRadius blastRadius,
            @Nullable Rule approvalRule,
            @Nullable Instant expiresAt,
            List<String> actions,
            String note,
            String how,
            String code,
            List<String> needs,
            String breakGlass,
            List<Choice> instead)
            implements ChatEvent {
        public Plan {
            effect = given(effect);
            summary = given(summary);
            requesterName = given(requesterName);
            steps = given(steps);
            actions = given(actions);
            note = given(note);
            how = given(how);
            code = given(code);
            needs = given(needs);
            breakGlass = given(breakGlass);
            instead = given(instead);
        }

        /** Whether somebody has to approve it before it runs. */
        boolean needsApproval() {
            return actions.contains("approve");
        }
    }

    /**
     * What was decided about a plan; {@code status} is pending while more approvals are missing.
     *
     * @param at when; null where it is not said
     */
    record Decision(
            long seq,
            String approval,
            String decision,
            @Nullable String user,
            @Nullable String reason,
            String status,
            @Nullable Integer missing,
            String still,
            @Nullable Instant at)
            implements ChatEvent {
        public Decision {
            status = given(status);
            still = given(still);
        }
    }

    /** Something happened on a target while the plan runs. */
    record Progress(
            long seq,
            String execution,
            String approval,
            int step,
            String target,
            String state,
            String stream,
            String text)
            implements ChatEvent {
        public Progress {
            approval = given(approval);
            target = given(target);
            state = given(state);
            stream = given(stream);
            text = given(text);
        }
    }

    /** The end of an execution. */
    record Result(
            long seq,
            @Nullable String execution,
            String approval,
            String status,
            String summary,
            List<StepResult> stepResults,
            List<OutputReading> readings,
            List<Choice> next)
            implements ChatEvent {
        public Result {
            approval = given(approval);
            status = given(status);
            summary = given(summary);
            stepResults = given(stepResults);
            readings = given(readings);
            next = given(next);
        }
    }

    /** What the outputs of a tool say. */
    record OutputReading(
            String tool, String sentence, @Nullable Table table) {
        public OutputReading {
            sentence = given(sentence);
        }
    }

    /** The same, side by side; {@code more} rows were left out. */
    record Table(List<String> columns, int shareColumn, List<Row> rows, int more) {
        public Table {
            columns = given(columns);
            rows = given(rows);
        }
    }

    /** A row of a table. */
    record Row(List<String> cells, @Nullable Integer share, String level) {
        public Row {
            cells = given(cells);
            level = given(level);
        }
    }

    /** The bot needs to know something. */
    record Question(long seq, String text, List<Choice> choices) implements ChatEvent {
        public Question {
            text = given(text);
            choices = given(choices);
        }
    }

    /** Something did not work. */
    record Failure(
            long seq,
            String code,
            String message,
            String hint,
            List<Choice> choices,
            @Nullable String reference) implements ChatEvent {
        public Failure {
            message = given(message);
            hint = given(hint);
            choices = given(choices);
        }
    }

    /** An event type of a newer server. */
    record Unknown(long seq) implements ChatEvent {}

    /** Something to choose: choosing sends the reply. */
    record Choice(String label, String reply) {}

    /** One step of a plan. */
    record Step(String tool, String effect, List<String> targets, String command, List<Command> commands, String how) {
        public Step {
            how = given(how);
            targets = given(targets);
            command = given(command);
            commands = given(commands);
        }
    }

    /** What runs on one target. */
    record Command(String target, String command, String account, String environment) {
        public Command {
            command = given(command);
            account = given(account);
            environment = given(environment);
        }
    }

    /** How much a plan touches. */
    record BlastRadius(int targets, Map<String, Integer> environments) {
        public BlastRadius {
            environments = environments == null ? Map.of() : environments;
        }
    }

    /** Who may approve, and why. */
    record Rule(String kind, int approvals, List<String> approvers, String reason) {
        public Rule {
            approvers = given(approvers);
            reason = given(reason);
        }
    }

    /** How one target of one step ended. */
    record StepResult(
            int step,
            String tool,
            String target,
            String status,
            @Nullable Integer exitCode,
            String stdout,
            String stderr,
            boolean stdoutTruncated,
            boolean stderrTruncated,
            long durationMs,
            String reason) {
        public StepResult {
            stdout = given(stdout);
            stderr = given(stderr);
            reason = given(reason);
        }
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
