package io.opsconductor.plan;

import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson which values are left out of the JSON because they say what is so without them. A plan that asks for nothing
 * special has the canonical bytes, and so the digest, that it had before there was anything special to ask for.
 */
final class AsUsual {
    // Jackson's filter of values is this method of a class it makes itself: equal means left out.
    @Override
    public boolean equals(@Nullable Object value) {
        return value == null
                || value.equals(StepOptions.USUAL)
                || value.equals(Pace.FREE)
                || value.equals(Failures.STOP)
                || value == Failures.Then.STOP
                || value.equals(Retry.NONE)
                || value.equals("");
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
