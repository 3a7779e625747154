package io.opsconductor.kit.trace;

/** A piece of work that is going on in this thread, until it is closed by the same thread. */
public interface Span extends AutoCloseable {
    /** The one of whoever traces nothing. */
    Span NONE = new Span() {
        @Override
        public Span with(String key, String value) {
            return this;
        }

        @Override
        public Span with(String key, long value) {
            return this;
        }

        @Override
        public Span outcome(String word, boolean good) {
            return this;
        }

        @Override
        public void close() {}
    };

    /** On which side of a call the work is. */
    enum Kind {
        INTERNAL,
        /** It calls another process. */
        CLIENT,
        /** It answers another process. */
        SERVER,
        /** It takes up what was put down for it. */
        CONSUMER
    }

    /** Adds a name or an id; never a text of people, a command, an output, a value or a secret. */
    Span with(String key, String value);

    /** Adds a number. */
    Span with(String key, long value);

    /**
     * Says what became of it.
     *
     * @param word one of few, such as {@code succeeded}
     * @param good whether it is what was hoped for
     */
    Span outcome(String word, boolean good);

    /** Ends it; what this thread was in before goes on. */
    @Override
    void close();
}
