package io.opsconductor.chat.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a plan stands, told from the stored events of its conversation: the card shows that and nothing remembered. */
public final class PlanStates {
    private final Conversations conversations;
    private final RecordedPlans recorded;
    private final UnaryOperator<String> named;

    /** @param named how a name that is nobody's identity is written on a card */
    public PlanStates(Conversations conversations, RecordedPlans recorded, UnaryOperator<String> named) {
        this.conversations = conversations;
        this.recorded = recorded;
        this.named = named;
    }

    /**
     * A plan and how it stands now.
     *
     * @param seq number of the event that showed it
     */
    public record Standing(long seq, ChatEvent.PlanCard plan, PlanState state) {}

    /** Empty when the conversation has no such plan. */
    public Optional<Standing> of(String conversation, String approval, Mentions mentions) {
        Fold fold = new Fold(mentions, named, recorded.executionOf(approval).orElse(""));
        for (long seq : recorded.planEvents(conversation, approval)) {
            conversations.eventsAfter(conversation, seq - 1, 1).stream()
                    .filter(told -> told.seq() == seq)
                    .forEach(told -> fold.add(told, approval));
        }
        return fold.standing();
    }

    /** Goes through a plan's events. */
    private static final class Fold {
        private final Mentions mentions;
        private final UnaryOperator<String> named;
        private final String execution;
        private final List<String> approvedBy = new ArrayList<>();
        private Instant decidedAt = Instant.EPOCH;
        private long seq;
        private ChatEvent.@Nullable PlanCard plan;
        private PlanState state = new PlanState.Waiting(List.of(), 0);

        Fold(Mentions mentions, UnaryOperator<String> named, String execution) {
            this.mentions = mentions;
            this.named = named;
            this.execution = execution;
        }

        Optional<Standing> standing() {
            return Optional.ofNullable(plan).map(card -> new Standing(seq, card, state));
        }

        void add(Told told, String approval) {
            switch (told.event()) {
                case ChatEvent.PlanCard card
                when card.approval().equals(approval) -> {
                    plan = card;
                    seq = told.seq();
                }
                case ChatEvent.Decision decision
                when decision.approval().equals(approval) -> decided(told.at(), decision);
                case ChatEvent.Result result when result.approval().equals(approval) -> ended(result);
                // Another plan's words may hold this one's id.
                case ChatEvent.PlanCard _,
                        ChatEvent.Decision _,
                        ChatEvent.Result _,
                        ChatEvent.Message _,
                        ChatEvent.Progress _,
                        ChatEvent.Question _,
                        ChatEvent.Failure _ -> {}
            }
        }

        private void decided(Instant at, ChatEvent.Decision decision) {
            String by = who(decision);
            String reason = Objects.requireNonNullElse(decision.reason(), "");
            decidedAt = at;
            switch (decision.decision()) {
                case "approve" -> {
                    if (!by.isEmpty()) {
                        approvedBy.add(by);
                    }
                    Integer missing = decision.missing();
                    state = decision.status().equals("pending")
                            ? new PlanState.Waiting(
                                    approvedBy,
                                    missing == null ? 0 : missing,
                                    Objects.requireNonNullElse(decision.still(), ""))
                            : new PlanState.Running(approvedBy, at, execution);
                }
                case "deny" -> state = new PlanState.Denied(by, reason, at);
                case "expired" -> state = new PlanState.Expired(at);
                case "cancelled" -> state = new PlanState.Withdrawn(by, at);
                case "superseded" -> state = new PlanState.Superseded(by, reason, at);
                default -> throw new IllegalStateException("an unknown decision is stored: " + decision.decision());
            }
        }

        private String who(ChatEvent.Decision decision) {
            if (decision.identity() != null) {
                return mentions.of(decision.identity());
            }
            return decision.user() == null ? "" : named.apply(decision.user());
        }

        private void ended(ChatEvent.Result result) {
            if (result.execution() != null) {
                state = new PlanState.Finished(approvedBy, decidedAt, result.execution(), result.status());
            }
        }
    }
}
