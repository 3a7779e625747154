package io.opsconductor.runner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.TraceContext;
import io.opsconductor.kit.trace.Tracing;
import java.util.Optional;

/** What a call does goes on with the trace that its caller names; a call without one is in none. */
record CallTraces(Tracing tracing) {
    private static final HeaderName TRACE = HeaderNames.create(TraceContext.HEADER);
    private static final int FAILED = 500;

    /** The handler of a call, which is known by its name and not by whose ids are in its path. */
    Handler traced(String call, Handler handler) {
        return (request, response) -> {
            Optional<TraceContext> caller = TraceContext.read(request.headers().first(TRACE));
            try (Span span = tracing.under(caller, call, Span.Kind.SERVER)) {
                handler.handle(request, response);
                int status = response.status().code();
                span.with("http.response.status_code", status).outcome(Integer.toString(status), status < FAILED);
            }
        };
    }
}
