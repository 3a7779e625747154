package io.opsconductor.kit.trace;

import io.opsconductor.kit.trace.Span.Kind;
import java.time.Instant;
import java.util.Optional;

/** Traces nothing, and loads nothing. */
final class NoTracing implements Tracing {
    static final NoTracing INSTANCE = new NoTracing();

    private NoTracing() {}

    @Override
    public Span root(String name, String id, Instant since) {
        return Span.NONE;
    }

    @Override
    public Optional<TraceContext> rootOf(String name, String id) {
        return Optional.empty();
    }

    @Override
    public Span within(String name, Kind kind) {
        return Span.NONE;
    }

    @Override
    public Span within(String name, Instant since) {
        return Span.NONE;
    }

    @Override
    public Span under(Optional<TraceContext> parent, String name, Kind kind) {
        return Span.NONE;
    }

    @Override
    public Span under(Optional<TraceContext> parent, String name, Instant since) {
        return Span.NONE;
    }

    @Override
    public Optional<TraceContext> current() {
        return Optional.empty();
    }

    @Override
    public Runnable carried(Runnable work) {
        return work;
    }

    @Override
    public void close() {}
}
