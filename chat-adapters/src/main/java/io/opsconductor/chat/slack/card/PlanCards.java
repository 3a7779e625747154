package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import java.util.List;
import java.util.Optional;

/** A plan as a card. */
public final class PlanCards {
    private PlanCards() {}

    public static PlanPost of(ChatEvent.PlanCard plan, PlanState state, Mentions mentions) {
        return new PlanPost(new SlackMessage(plan.summary(), List.of()), List.of(), Optional.empty());
    }
}
