package io.opsconductor.chat.slack.handle;

import java.time.Duration;

/** Says something when what it is opened for takes long. */
final class Patience implements AutoCloseable {
    /** What is said. */
    interface Words {
        void say() throws InterruptedException;
    }

    private final Thread thread;

    private Patience(Thread thread) {
        this.thread = thread;
    }

    static Patience of(Duration limit, Words words) {
        return new Patience(Thread.ofVirtual().name("slack-patience").start(() -> {
            try {
                Thread.sleep(limit);
                words.say();
            } catch (InterruptedException e) {
                // It did not take long.
                Thread.currentThread().interrupt();
            }
        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
