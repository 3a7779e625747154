package io.opsconductor.runner.execution;

import io.opsconductor.plan.Preview;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.preview.PreviewResult;
import io.opsconductor.runner.preview.PreviewResult.Previewed;
import io.opsconductor.runner.store.IssuedPreview;
import io.opsconductor.runner.tenant.Estate;
import java.time.InstantSource;

/** Whether what was shown is still what would run: tools, targets, policy and credentials are those of this moment. */
public final class RenderedAgain {
    private final InstantSource clock;

    public RenderedAgain(InstantSource clock) {
        this.clock = clock;
    }

    /** The plan rendered now, which is to the byte what was shown; a refusal when it is not. */
    Previewed sameAsShown(Estate estate, IssuedPreview issued) {
        Preview shown = issued.preview();
        PreviewResult result =
                estate.previewer().preview(issued.request(), shown.nonce(), shown.issuedAt(), clock.instant());
        return switch (result) {
            case PreviewResult.Refused(int status, var problem) ->
                throw refused(
                        "what was shown can no longer run: " + problem.error().message(),
                        problem.error().hint());
            case Previewed now -> {
                if (!now.preview().digest().equals(issued.digest())) {
                    throw refused(
                            "since the preview was shown, this changed: "
                                    + String.join(", ", PreviewDifference.between(shown, now.preview())),
                            "preview the plan again and have the new preview approved");
                }
                yield now;
            }
        };
    }

    private static RefusedException refused(String message, String hint) {
        return new RefusedException(Refusal.of(409, "changed_since_preview", message, hint));
    }
}
