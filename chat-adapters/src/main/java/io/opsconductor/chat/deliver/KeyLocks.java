package io.opsconductor.chat.deliver;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each key that somebody holds or waits for, so that one key's work never holds up another's. */
public final class KeyLocks {
    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    private final Map<String, Counted> counted = new HashMap<>();

    /** What is done under a lock. */
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    public <T> T locked(String key, Work<T> work) throws InterruptedException {
        Counted own = take(key);
        try {
            own.lock.lockInterruptibly();
            try {
                return work.run();
            } finally {
                own.lock.unlock();
            }
        } finally {
            leave(key, own);
        }
    }

    private synchronized Counted take(String key) {
        Counted own = counted.computeIfAbsent(key, _ -> new Counted());
        own.users++;
        return own;
    }

    private synchronized void leave(String key, Counted own) {
        own.users--;
        if (own.users == 0) {
            counted.remove(key);
        }
    }
}
