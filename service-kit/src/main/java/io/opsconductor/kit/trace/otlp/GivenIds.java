package io.opsconductor.kit.trace.otlp;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.opsconductor.kit.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Random ids, but for the outermost piece of work of a trace, whose ids follow from what it is about. */
final class GivenIds implements IdGenerator {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private static final ScopedValue<TraceContext> GIVEN = ScopedValue.newInstance();

    private final IdGenerator random = IdGenerator.random();

    /** The ids of what is about a thing; a digest is not all zero. */
    static TraceContext of(String name, String id) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256")
                    .digest(("opsconductor " + name + " " + id).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        HexFormat hex = HexFormat.of();
        return new TraceContext(
                hex.formatHex(digest, 0, TRACE_BYTES),
                hex.formatHex(digest, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES),
                false);
    }

    /** Does something in which these ids are the next ones. */
    <T> T giving(TraceContext ids, Supplier<T> work) {
        return ScopedValue.where(GIVEN, ids).call(work::get);
    }

    @Override
    public String generateTraceId() {
        return GIVEN.isBound() ? GIVEN.get().traceId() : random.generateTraceId();
    }

    @Override
    public String generateSpanId() {
        return GIVEN.isBound() ? GIVEN.get().spanId() : random.generateSpanId();
    }
}
