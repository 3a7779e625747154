package io.opsconductor.kit.trace.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opsconductor.kit.config.UnreadableSecretException;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Span.Kind;
import io.opsconductor.kit.trace.TraceContext;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.kit.trace.TracingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Traces that go to a collector over OTLP/HTTP in protobuf. What ended waits in a bounded queue for a thread that sends it; when the
 * queue is full it is dropped.
 */
public final class OtlpTracing implements Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpTracing.class);
    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final int BATCH = 512;
    private static final int MAX_VALUE_CHARS = 256;
    private static final Duration ENDING = Duration.ofSeconds(2);
    private static final String OUTCOME = "opsconductor.outcome";

    private final Sampler sampler;
    private final GivenIds ids = new GivenIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    @SuppressWarnings("ThreadLocalUsage") // Of this one alone: a process has one, a test of two processes has two.
    private final ThreadLocal<@Nullable TraceContext> current = new ThreadLocal<>();

    private OtlpTracing(TracingSettings settings, String process) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setHeaders(() -> headers(settings))
                .setTimeout(settings.timeout())
                .setConnectTimeout(settings.timeout())
                .setCompression("gzip")
                .build();
        this.sampler = Sampler.parentBased(Sampler.traceIdRatioBased(settings.percent() / 100.0));
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", process)
                                .put("service.namespace", "opsconductor")
                                .build())))
                .setSampler(sampler)
                .setIdGenerator(ids)
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(MAX_VALUE_CHARS)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(new TellingExporter(exporter, settings.endpoint()))
                        .setMaxQueueSize(settings.queue())
                        .setMaxExportBatchSize(Math.min(BATCH, settings.queue()))
                        .setScheduleDelay(SEND_EVERY)
                        .setExporterTimeout(settings.timeout())
                        .build())
                .build();
        this.tracer = provider.get("io.opsconductor");
    }

    /**
     * Starts to trace.
     *
     * @param process its name, under which its work is shown
     */
    public static Tracing start(TracingSettings settings, String process) {
        Tracing tracing = new OtlpTracing(settings, process);
        LOG.info("traces go to {}", settings.endpoint());
        return tracing;
    }

    private static Map<String, String> headers(TracingSettings settings) {
        try {
            return settings.readHeaders();
        } catch (IllegalArgumentException | UnreadableSecretException e) {
            LOG.warn("traces are sent without headers: {}", e.getMessage());
            return Map.of();
        }
    }

    @Override
    public Span root(String name, String id, Instant since) {
        TraceContext context = GivenIds.of(name, id);
        SpanBuilder builder = tracer.spanBuilder(name)
                .setNoParent()
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(since);
        return entered(ids.giving(context, builder::startSpan));
    }

    @Override
    public Optional<TraceContext> rootOf(String name, String id) {
        TraceContext context = GivenIds.of(name, id);
        boolean sampled = sampler.shouldSample(
                                Context.root(),
                                context.traceId(),
                                name,
                                SpanKind.CONSUMER,
                                Attributes.empty(),
                                List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
        return Optional.of(new TraceContext(context.traceId(), context.spanId(), sampled));
    }

    @Override
    public Span within(String name, Kind kind) {
        return under(current(), name, kind);
    }

    @Override
    public Span within(String name, Instant since) {
        return under(current(), name, since);
    }

    @Override
    public Span under(Optional<TraceContext> parent, String name, Kind kind) {
        return parent.map(known -> entered(builder(known, name, kind).startSpan()))
                .orElse(Span.NONE);
    }

    @Override
    public Span under(Optional<TraceContext> parent, String name, Instant since) {
        return parent.map(known -> entered(builder(known, name, Kind.INTERNAL)
                        .setStartTimestamp(since)
                        .startSpan()))
                .orElse(Span.NONE);
    }

    private SpanBuilder builder(TraceContext parent, String name, Kind kind) {
        SpanContext remote = SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.spanId(),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
        return tracer.spanBuilder(name)
                .setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote)))
                .setSpanKind(
                        switch (kind) {
                            case INTERNAL -> SpanKind.INTERNAL;
                            case CLIENT -> SpanKind.CLIENT;
                            case SERVER -> SpanKind.SERVER;
                            case CONSUMER -> SpanKind.CONSUMER;
                        });
    }

    private Span entered(io.opentelemetry.api.trace.Span span) {
        SpanContext context = span.getSpanContext();
        return new Entered(
                span, swap(new TraceContext(context.getTraceId(), context.getSpanId(), context.isSampled())));
    }

    /** Puts this thread into a piece of work, or out of all; answers what it was in. */
    private @Nullable TraceContext swap(@Nullable TraceContext next) {
        TraceContext before = current.get();
        if (next == null) {
            current.remove();
            MDC.remove("trace_id");
            MDC.remove("span_id");
        } else {
            current.set(next);
            MDC.put("trace_id", next.traceId());
            MDC.put("span_id", next.spanId());
        }
        return before;
    }

    private final class Entered implements Span {
        private final io.opentelemetry.api.trace.Span span;
        private final @Nullable TraceContext before;

        Entered(io.opentelemetry.api.trace.Span span, @Nullable TraceContext before) {
            this.span = span;
            this.before = before;
        }

        @Override
        public Span with(String key, String value) {
            span.setAttribute(key, value);
            return this;
        }

        @Override
        public Span with(String key, long value) {
            span.setAttribute(key, value);
            return this;
        }

        @Override
        public Span outcome(String word, boolean good) {
            span.setAttribute(OUTCOME, word);
            if (!good) {
                span.setStatus(StatusCode.ERROR);
            }
            return this;
        }

        @Override
        public void close() {
            var _ = swap(before);
            span.end();
        }
    }

    @Override
    public Optional<TraceContext> current() {
        return Optional.ofNullable(current.get());
    }

    @Override
    public Runnable carried(Runnable work) {
        TraceContext here = current.get();
        return () -> {
            TraceContext before = swap(here);
            try {
                work.run();
            } finally {
                var _ = swap(before);
            }
        };
    }

    @Override
    public void close() {
        if (!provider.shutdown().join(ENDING.toMillis(), TimeUnit.MILLISECONDS).isDone()) {
            LOG.warn("the last pieces of work did not reach the collector in time");
        }
    }
}
