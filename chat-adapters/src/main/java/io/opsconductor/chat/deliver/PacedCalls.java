package io.opsconductor.chat.deliver;

import io.opsconductor.chat.call.Answer;
import java.time.Duration;

/** Calls at a platform's pace. When it asks for patience they wait and are made again, for then nothing took effect. */
public final class PacedCalls {
    private final Pace pace;
    private final DeliveryMeasures measures;

    public PacedCalls(Pace pace, DeliveryMeasures measures) {
        this.pace = pace;
        this.measures = measures;
    }

    /** One call to the platform. */
    public interface Call<T> {
        Answer<T> made() throws InterruptedException;
    }

    /**
     * A post of anything, when its channel has room for one.
     *
     * @param team the workspace or tenant
     */
    public <T> Answer<T> post(String team, String channel, Pace.Method method, Call<T> call)
            throws InterruptedException {
        pace.beforePost(team, channel);
        return patiently(team, method, call);
    }

    /** A change of one message, when that may be changed again. */
    public <T> Answer<T> update(String team, String channel, String message, Call<T> call) throws InterruptedException {
        pace.beforeUpdate(team, channel, message);
        return patiently(team, Pace.Method.UPDATE, call);
    }

    /** Takes the next change of a progress message; answers how long until one is free when none is. */
    public Duration progress(String team) {
        return pace.progress(team);
    }

    /** A call that no channel and no message holds up. */
    public <T> Answer<T> patiently(String team, Pace.Method method, Call<T> call) throws InterruptedException {
        while (true) {
            pace.before(team, method);
            Answer<T> answer = call.made();
            measures.called(method, answer);
            if (!(answer instanceof Answer.Limited<T>(Duration retryAfter))) {
                return answer;
            }
            pace.limited(team, method, retryAfter);
            measures.retried();
        }
    }
}
