package io.opsconductor.runner.signal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What runners tell one another. None of it throws when the server is away: then it is not told. */
public interface Signals extends AutoCloseable {
    /** Of a runner that tells nobody anything. */
    Signals NONE = new Signals() {
        @Override
        public boolean isUp() {
            return false;
        }

        @Override
        public boolean offer(String hint) {
            return false;
        }

        @Override
        public Optional<String> take(Duration wait) throws InterruptedException {
            Thread.sleep(wait);
            return Optional.empty();
        }

        @Override
        public void tell(String message) {}

        @Override
        public void listen(Consumer<String> listener) {}

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    /** Whether others hear what is told, as far as is known. */
    boolean isUp();

    /** Puts a hint where one of the runners takes it; answers false when that is not possible now. */
    boolean offer(String hint);

    /** The next hint that is this one's; empty when none comes in this time, at most a few seconds. */
    Optional<String> take(Duration wait) throws InterruptedException;

    /** Tells all runners something, this one included. */
    void tell(String message);

    /** Hears what is told to all, from now on. To be called once; the listener must be quick, and may be given anything. */
    void listen(Consumer<String> listener);

    /** Why nobody hears anything, in a sentence that says what to do; empty while all is well. */
    Optional<String> trouble();

    @Override
    void close();
}
