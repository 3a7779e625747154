package io.opsconductor.kit.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.opsconductor.counterpart.otlp.TraceCollector;
import io.opsconductor.counterpart.otlp.TraceCollector.Recorded;
import io.opsconductor.json.Json;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.log.JsonLineEncoder;
import io.opsconductor.kit.trace.Span.Kind;
import io.opsconductor.kit.trace.otlp.OtlpTracing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class OtlpTracingTest {
    private final TraceCollector collector = TraceCollector.start();
    private final List<Tracing> begun = new ArrayList<>();

    private Tracing tracing(int percent) {
        Tracing tracing = OtlpTracing.start(
                new TracingSettings(
                        collector.endpoint(),
                        SecretReference.file(Path.of("/nowhere/headers")),
                        Duration.ofMillis(300),
                        64,
                        percent),
                "chatbot");
        begun.add(tracing);
        return tracing;
    }

    @AfterEach
    void end() {
        begun.forEach(Tracing::close);
        collector.close();
    }

    @Test
    void whatAThreadBeginsIsWithinWhatItIsInAndOutsideOfAllIsNothing() {
        Tracing tracing = tracing(100);
        tracing.within("nobody's", Kind.CLIENT).close();
        assertThat(tracing.current()).isEmpty();
        try (Span _ = tracing.root("message", "m1", Instant.now().minusSeconds(5))) {
            try (Span span = tracing.within("planning", Kind.INTERNAL)) {
                span.with("opsconductor.step", 1).outcome("no_target", false);
            }
            Thread other = Thread.ofVirtual()
                    .start(tracing.carried(
                            () -> tracing.within("elsewhere", Kind.CLIENT).close()));
            joined(other);
        }
        assertThat(tracing.current()).isEmpty();
        Recorded message = collector.await("message", span -> span.name().equals("message"));
        assertThat(message.took()).isGreaterThan(Duration.ofSeconds(4));
        assertThat(collector.spans()).extracting(Recorded::name).containsExactly("planning", "elsewhere", "message");
        Recorded planning = collector.spans().getFirst();
        assertThat(planning.parent()).isEqualTo(message.id());
        assertThat(planning.failed()).isTrue();
        assertThat(planning.attributes())
                .containsEntry("opsconductor.step", "1")
                .containsEntry("opsconductor.outcome", "no_target");
        assertThat(collector.spans().get(1).parent()).isEqualTo(message.id());
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void afterARestartTheSameThingIsInTheSameTrace() {
        Optional<TraceContext> before;
        try (Span _ = tracing(100).root("message", "m1", Instant.now())) {
            before = begun.getFirst().current();
        }
        Tracing next = tracing(100);
        assertThat(next.rootOf("message", "m1")).isEqualTo(before).isPresent();
        assertThat(next.rootOf("message", "m2")).isNotEqualTo(before);
        assertThat(next.rootOf("approval", "m1")).isNotEqualTo(before);
    }

    @Test
    void ofAShareOfTheTracesTheOthersAreSentByNobody() {
        Tracing tracing = tracing(10);
        int sampled = 0;
        for (int i = 0; i < 1_000; i++) {
            Optional<TraceContext> announced = tracing.rootOf("message", "m" + i);
            try (Span _ = tracing.root("message", "m" + i, Instant.EPOCH)) {
                assertThat(tracing.current()).isEqualTo(announced);
            }
            sampled += announced.orElseThrow().sampled() ? 1 : 0;
        }
        assertThat(sampled).isBetween(60, 140);
        // Whoever is called follows what the caller says.
        Tracing called = tracing(100);
        TraceContext unsampled = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);
        try (Span _ = called.under(Optional.of(unsampled), "call", Kind.SERVER)) {
            assertThat(called.current().orElseThrow().traceId()).isEqualTo(unsampled.traceId());
            assertThat(called.current().orElseThrow().sampled()).isFalse();
        }
        called.close();
        assertThat(collector.spans()).extracting(Recorded::name).doesNotContain("call");
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsDroppedAndWaitsForNobody() {
        collector.silent();
        Tracing tracing = tracing(100);
        long began = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            tracing.root("message", "m" + i, Instant.EPOCH).close();
        }
        tracing.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(collector.spans()).hasSizeLessThan(5_000);
    }

    @Test
    void aLineOfTheLogHasTheIdsOfWhatItIsWrittenIn() {
        Tracing tracing = tracing(100);
        String within;
        TraceContext context;
        try (Span _ = tracing.root("message", "m1", Instant.EPOCH)) {
            context = tracing.current().orElseThrow();
            within = line();
        }
        assertThat(Json.tree(within).get("trace_id").asText()).isEqualTo(context.traceId());
        assertThat(Json.tree(within).get("span_id").asText()).isEqualTo(context.spanId());
        assertThat(line()).doesNotContain("trace_id");
    }

    private static String line() {
        LoggerContext context = new LoggerContext();
        JsonLineEncoder encoder = new JsonLineEncoder();
        encoder.start();
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLevel(Level.INFO);
        event.setMessage("something happens");
        event.setInstant(Instant.EPOCH);
        event.setMDCPropertyMap(Optional.ofNullable(MDC.getCopyOfContextMap()).orElseGet(Map::of));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
