package io.opsconductor.kit.trace;

import io.opsconductor.kit.trace.Span.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * Pieces of work, each within another one. A thread is in one of them at most; what it begins is within that one, and outside of
 * all nothing is traced: what is done again and again for nobody's message is in no trace.
 */
public interface Tracing extends AutoCloseable {
    /** Traces nothing. */
    static Tracing off() {
        return NoTracing.INSTANCE;
    }

    /**
     * Begins the outermost piece of work of a trace, whose ids follow from the id of what it is about: also after a restart it is
     * the same.
     *
     * @param name also of the kind of thing, such as {@code message}
     * @param since when it began, by the clock
     */
    Span root(String name, String id, Instant since);

    /** The ids that {@link #root} gives or will give; empty where nothing is traced. */
    Optional<TraceContext> rootOf(String name, String id);

    /** Begins a piece of work within the one that this thread is in. */
    Span within(String name, Kind kind);

    /** Begins one that began earlier, within the one that this thread is in. */
    Span within(String name, Instant since);

    /** Begins a piece of work within one of another thread, another process, or an earlier one; with none, nothing is traced. */
    Span under(Optional<TraceContext> parent, String name, Kind kind);

    /**
     * Begins one that began earlier, within one of another thread, another process, or an earlier one.
     *
     * @param since when it began, by the clock
     */
    Span under(Optional<TraceContext> parent, String name, Instant since);

    /** What this thread is in. */
    Optional<TraceContext> current();

    /** Work for another thread, which is then in what this one is in now. */
    Runnable carried(Runnable work);

    /** Sends what is left, as far as that takes no more than a moment. */
    @Override
    void close();
}
