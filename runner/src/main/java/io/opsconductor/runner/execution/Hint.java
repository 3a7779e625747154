package io.opsconductor.runner.execution;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.trace.TraceContext;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.Spot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a target waits for somebody to run it, as runners tell one another.
 *
 * @param tenant whose the execution is
 * @param execution its id
 * @param step index of the step, from 0
 * @param position index of the target within the step, from 0
 * @param trace what its leader does for it, as the value of {@value TraceContext#HEADER}; null where nothing is traced
 */
record Hint(
        String tenant,
        String execution,
        int step,
        int position,
        @Nullable String trace) {
    private static final int LONGEST = 1_000;

    /**
     * A target, as it was named.
     *
     * @param trace of which trace it is, for those who watch
     */
    record Named(Spot spot, Optional<TraceContext> trace) {}

    static Hint of(Spot spot, Optional<TraceContext> trace) {
        return new Hint(
                spot.execution().tenant().name(),
                spot.execution().id(),
                spot.step(),
                spot.position(),
                trace.map(TraceContext::header).orElse(null));
    }

    /** What somebody said, if it is one; anybody may have written anything. */
    static Optional<Named> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Hint hint = Json.read(text, Hint.class);
            if (hint.tenant() == null || hint.execution() == null) {
                return Optional.empty();
            }
            return Tenant.of(hint.tenant())
                    .filter(_ -> hint.step() >= 0
                            && hint.position() >= 0
                            && !hint.execution().isEmpty())
                    .map(tenant -> new Named(
                            new Spot(new ExecutionKey(tenant, hint.execution()), hint.step(), hint.position()),
                            TraceContext.read(Optional.ofNullable(hint.trace()))));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    String text() {
        return Json.write(this);
    }
}
