package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A proposal: steps in the order they would run. It has no authority; only a preview, approved by an attestation, does.
 *
 * @param steps 1 to {@value #MAX_STEPS} steps
 */
public record Plan(@JsonProperty(required = true) List<Step> steps) {
    public static final int MAX_STEPS = 20;

    public Plan {
        steps = Bounds.withoutNulls("steps", steps);
    }
}
