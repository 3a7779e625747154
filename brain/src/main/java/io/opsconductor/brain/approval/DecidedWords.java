package io.opsconductor.brain.approval;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Why a request takes no decision any more. */
final class DecidedWords {
    private DecidedWords() {}

    static Refusal refusal(StoredApproval stored, People people) {
        String who = stored.decidedBy().isEmpty() ? "nobody" : people.name(stored.decidedBy());
        String at = stored.decidedAt().isEmpty() ? "" : " at " + inSeconds(Instant.parse(stored.decidedAt()));
        return switch (stored.state()) {
            case PENDING ->
                Refusal.of(503, "try_again", "the plan is being decided about right now", "try again in a moment");
            case APPROVED ->
                stored.decidedBy().isEmpty()
                        ? decided("this plan needed no approval and was sent to the runner" + at)
                        : decided(who + " approved this plan" + at);
            case DENIED -> decided(who + " denied this plan" + at);
            case EXPIRED -> expired(stored.request());
            case CANCELLED -> decided(who + " withdrew this plan" + at);
            case SUPERSEDED ->
                Refusal.of(
                        409,
                        "already_decided",
                        who + " replaced this plan with a newer one" + at,
                        "decide about the newer plan in the conversation");
        };
    }

    static Refusal expired(ApprovalRequest request) {
        return Refusal.of(
                410,
                "expired",
                "the plan expired at " + inSeconds(request.preview().expiresAt()) + " before anybody decided",
                "ask again for a fresh plan");
    }

    private static Instant inSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Refusal decided(String what) {
        return Refusal.of(409, "already_decided", what, "a plan gets one decision; this one changed nothing");
    }
}
