package io.opsconductor.kit.metrics;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.keys.CertificateTerm;
import io.opsconductor.kit.keys.KeyFileException;
import java.nio.file.Path;
import java.util.List;

/** The registry of one process and its {@code /metrics}. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Metrics() {
        List.of(new JvmMemoryMetrics(), collections, new ProcessorMetrics(), new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Shows when the process's certificate ends, as the file says at each look.
     *
     * @param certificate the file; while it cannot be read there is no value
     */
    public void watchCertificate(Path certificate) {
        Gauge.builder("opsconductor_certificate_expiry_timestamp_seconds", certificate, Metrics::endInSeconds)
                .description("When the certificate ends with which this process speaks to the other one")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how far the copy of the journal in the store is behind the file. */
    public void watchJournal(JournalMirror mirror) {
        Gauge.builder("opsconductor_journal_uncopied_lines", mirror, JournalMirror::behind)
                .description("Lines of the journal that the store's copy has not yet")
                .strongReference(true)
                .register(registry);
    }

    private static double endInSeconds(Path certificate) {
        try {
            return (double) CertificateTerm.of(certificate).end().getEpochSecond();
        } catch (KeyFileException e) {
            // Which the health page tells, with the reason.
            return Double.NaN;
        }
    }

    /** Adds {@code GET /metrics} in Prometheus' text form. */
    public void route(HttpRules rules) {
        rules.get("/metrics", (request, response) -> {
            response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            response.send(registry.scrape());
        });
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
