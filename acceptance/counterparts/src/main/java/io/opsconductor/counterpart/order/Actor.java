package io.opsconductor.counterpart.order;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Somebody or something that acts, step by step, when it is its turn. Whoever died tries again, with the next process. */
public final class Actor {
    private final String name;
    private final Runnable acts;
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private volatile boolean begun;
    private volatile boolean ended;
    private volatile boolean dies;
    private volatile boolean left;
    // Handed over with the turn: one thread at a time uses these two.
    private int steps;
    /** Of the present attempt; whoever tries again has seen nothing. */
    private String knows = "";

    private volatile @Nullable Throwable failure;

    /** @param acts what it does, which pauses wherever another one may act */
    public Actor(String name, Runnable acts) {
        this.name = name;
        this.acts = acts;
        Thread.ofVirtual().start(this::live);
    }

    /** What an actor is told that is left alone: the run is over. */
    private static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Left() {
            super("the run is over");
        }
    }

    private void live() {
        turn.acquireUninterruptibly();
        begun = true;
        try {
            while (!ended && !left) {
                try {
                    acts.run();
                    ended = true;
                } catch (Died e) {
                    dies = false;
                    knows = "";
                }
            }
        } catch (Left e) {
            ended = true;
        } catch (Throwable e) {
            failure = e;
            ended = true;
        }
        done.release();
    }

    /**
     * Another one may act now.
     *
     * @param known what it has seen since it began, or paused the last time, and may act upon afterwards
     * @throws Died when its process died meanwhile
     */
    public void pause(String known) {
        knows += known + ";";
        done.release();
        turn.acquireUninterruptibly();
        if (left) {
            throw new Left();
        }
        if (dies) {
            throw new Died();
        }
    }

    void step() {
        steps++;
        turn.release();
        done.acquireUninterruptibly();
        Throwable failed = failure;
        if (failed != null) {
            throw new AssertionError(name + " failed", failed);
        }
    }

    /** Its process dies, if it is in the middle of something. */
    void die() {
        dies = begun && !ended;
    }

    void leave() {
        left = true;
        turn.release();
        done.acquireUninterruptibly();
    }

    String name() {
        return name;
    }

    boolean isOver() {
        return ended;
    }

    /** Where it is, and what it has seen. */
    String state() {
        return name
                + (ended ? " over" : begun ? dies ? " dead " + steps : " at " + steps + " knows " + knows : " waits");
    }
}
