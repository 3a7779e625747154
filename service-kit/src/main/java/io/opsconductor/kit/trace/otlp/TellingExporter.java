package io.opsconductor.kit.trace.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when a collector begins to take nothing, and once when it takes something again. */
final class TellingExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(TellingExporter.class);

    private final SpanExporter exporter;
    private final URI collector;
    private final AtomicBoolean failing = new AtomicBoolean();

    TellingExporter(SpanExporter exporter, URI collector) {
        this.exporter = exporter;
        this.collector = collector;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> told(result));
        return result;
    }

    private void told(CompletableResultCode result) {
        boolean fails = !result.isSuccess();
        if (failing.getAndSet(fails) == fails) {
            return;
        }
        if (fails) {
            LOG.warn(
                    "the collector at {} takes no traces ({}): what is traced meanwhile is dropped, everything else goes on;"
                            + " look at the collector and at tracing.endpoint",
                    collector,
                    why(result.getFailureThrowable()));
        } else {
            LOG.info("the collector at {} takes traces again", collector);
        }
    }

    private static String why(@Nullable Throwable cause) {
        if (cause == null) {
            return "it refuses them";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
