package io.opsconductor.chat.slack.act;

import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.act.ActJson;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An act as a button carries it: {@code action_id} is a fixed word with a counter that keeps ids of one message apart,
 * {@code value} is JSON of at most {@value #MAX_VALUE} characters (Slack's limit for a button's value).
 */
public final class ActButtons {
    public static final int MAX_VALUE = 2_000;

    private static final Pattern ID = Pattern.compile("ops_[a-z_]{1,32}(\\.[0-9]{1,4})?");

    private ActButtons() {}

    /** The word that begins the act's {@code action_id}. */
    public static String id(Act act, int counter) {
        String word = switch (act) {
            case Act.Approve _ -> "ops_approve";
            case Act.Deny _ -> "ops_deny";
            case Act.Edit _ -> "ops_edit";
            case Act.Withdraw _ -> "ops_withdraw";
            case Act.DryRun _ -> "ops_dry_run";
            case Act.Fresh _ -> "ops_fresh";
            case Act.BreakGlass _ -> "ops_break_glass";
            case Act.Cancel _ -> "ops_cancel";
            case Act.RunAgain again -> again.failedOnly() ? "ops_run_again_failed" : "ops_run_again";
            case Act.FullOutput _ -> "ops_full_output";
            case Act.Say _ -> "ops_say";
            case Act.Open _ -> "ops_open";
        };
        return counter == 0 ? word : word + "." + counter;
    }

    /** The button's value. */
    public static String value(Act act) {
        return ActJson.write(act);
    }

    /** The act of a button that Slack says was pressed; empty when it is none of ours. */
    public static Optional<Act> read(String actionId, String value) {
        return ID.matcher(actionId).matches() && value.length() <= MAX_VALUE ? ActJson.read(value) : Optional.empty();
    }
}
