package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import java.util.Optional;

/** The stages of a request's way. */
enum Custody {
    MESSAGE,
    INTENT,
    PREVIEW,
    PLAN,
    RERUN,
    DECISION,
    CHECK,
    REQUEST,
    ACCEPTED,
    COMMAND,
    EXIT,
    CANCEL,
    END,
    RESULT,
    REFUSAL,
    REMOVAL;

    /** The stage that a record tells of; empty when it tells of none. */
    static Optional<Custody> of(JournalEntry entry) {
        return Optional.ofNullable(
                switch (entry.type()) {
                    case "message_received" -> MESSAGE;
                    case "intent" -> INTENT;
                    case "preview_issued" -> PREVIEW;
                    case "plan_previewed" -> PLAN;
                    case "rerun_asked" -> RERUN;
                    case "decision", "decision_void" -> DECISION;
                    case "decision_checked" -> CHECK;
                    case "execution_requested" -> REQUEST;
                    case "execution_accepted", "execution_repeated" -> ACCEPTED;
                    case "step_started" -> COMMAND;
                    case "step_finished" -> EXIT;
                    case "cancel_requested" -> CANCEL;
                    case "execution_finished" -> END;
                    case "result_posted" -> RESULT;
                    case "refused" -> REFUSAL;
                    case "outputs_removed" -> REMOVAL;
                    default -> null;
                });
    }
}
