package io.opsconductor.runner.step;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many logins at one host at once; the others wait in the order in which they came, and can leave the queue. */
final class LoginTurns {
    private final Deque<Ending> waiting = new ArrayDeque<>();
    private int free;

    LoginTurns(int atOnce) {
        this.free = atOnce;
    }

    /**
     * Waits for a turn.
     *
     * @return {@code ENDED} when the turn has come; only then it is given back
     */
    Ending.Cause take(Duration limit, Cancellation cancellation) {
        Ending queueing = new Ending();
        synchronized (this) {
            if (free > 0) {
                free--;
                return Ending.Cause.ENDED;
            }
            waiting.add(queueing);
        }
        try (var _ = cancellation.onCancel(queueing::cancelled)) {
            Ending.Cause cause = queueing.await(limit);
            if (cause != Ending.Cause.ENDED && !leave(queueing)) {
                // It came just as we left, and is the next one's.
                giveBack();
            }
            return cause;
        }
    }

    private synchronized boolean leave(Ending queueing) {
        return waiting.remove(queueing);
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    synchronized void giveBack() {
        Ending next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.ended();
        }
    }
}
