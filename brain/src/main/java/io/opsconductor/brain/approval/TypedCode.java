package io.opsconductor.brain.approval;

import io.opsconductor.brain.Refusal;
import io.opsconductor.plan.PlanCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The short code that whoever approves what cannot be undone types. */
final class TypedCode {
    private TypedCode() {}

    /** What the attestation of an approval carries; null for a plan that asks for none. */
    static @Nullable String of(ApprovalRequest request) {
        return PlanCode.isAskedFor(request.preview()) ? PlanCode.of(request.digest()) : null;
    }

    /** Why what was typed approves nothing; empty when it does, or when nothing is to be typed. */
    static Optional<Refusal> missing(ApprovalRequest request, String typed) {
        if (!PlanCode.isAskedFor(request.preview()) || PlanCode.isTyped(typed, request.digest())) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                422,
                "wrong_code",
                typed.isBlank()
                        ? "this cannot be undone, so whoever approves it types its code"
                        : "what was typed is not the code of this plan",
                "nothing was approved; type the code that is on the plan's card"));
    }
}
