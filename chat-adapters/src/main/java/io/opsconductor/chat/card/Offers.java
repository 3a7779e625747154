package io.opsconductor.chat.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.deliver.PlanState;

/** What else a request may have meant, below its plan. */
public final class Offers {
    /** What the choices answer. */
    public static final String TITLE = "Not this?";

    private Offers() {}

    /** Whether they are shown: as long as nobody has decided about the plan; one that nobody decides about keeps them. */
    public static boolean are(ChatEvent.PlanCard plan, PlanState state) {
        boolean undecided = switch (state) {
            case PlanState.Waiting waiting -> waiting.approvedBy().isEmpty();
            case PlanState.Running _, PlanState.Finished _ -> plan.actions().isEmpty();
            case PlanState.Denied _, PlanState.Expired _, PlanState.Withdrawn _, PlanState.Superseded _ -> false;
        };
        return undecided && !plan.instead().isEmpty();
    }
}
