package io.opsconductor.counterpart.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A collector of traces on a free port, which keeps what it was sent. */
public final class TraceCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Recorded> spans = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final ByteArrayOutputStream everything = new ByteArrayOutputStream();
    private boolean answers = true;
    private int requests;

    private TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /**
     * One piece of work as it arrived.
     *
     * @param process of its resource
     * @param parent empty for the outermost one
     * @param attributes their values as text
     */
    public record Recorded(
            String process,
            String name,
            String kind,
            String trace,
            String id,
            String parent,
            Duration took,
            boolean failed,
            Map<String, String> attributes) {}

    public static TraceCollector start() {
        return new TraceCollector();
    }

    /** Where it takes traces. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** From now on, requests are read and never answered. */
    public synchronized TraceCollector silent() {
        answers = false;
        return this;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            if (!"application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                    || !exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(415, -1);
                return;
            }
            if (!read(body, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")))) {
                closing.await();
            }
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InvalidProtocolBufferException e) {
            exchange.sendResponseHeaders(400, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(body).readAllBytes()
                : body.readAllBytes();
    }

    private synchronized boolean read(byte[] body, String authorization) throws IOException {
        requests++;
        authorizations.add(authorization);
        everything.write(body);
        for (ResourceSpans resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            String process = texts(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> spans.add(recorded(process, span)));
            }
        }
        notifyAll();
        return answers;
    }

    private static Recorded recorded(String process, Span span) {
        return new Recorded(
                process,
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                Duration.ofNanos(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()),
                span.getStatus().getCode().name().equals("STATUS_CODE_ERROR"),
                texts(span.getAttributesList()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach(each -> texts.put(
                each.getKey(),
                each.getValue().hasIntValue()
                        ? String.valueOf(each.getValue().getIntValue())
                        : each.getValue().getStringValue()));
        return texts;
    }

    /** All that arrived so far, in the order of its arrival. */
    public synchronized List<Recorded> spans() {
        return List.copyOf(spans);
    }

    /** The values of the Authorization header so far, one a request. */
    public synchronized List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** How many requests came so far. */
    public synchronized int requests() {
        return requests;
    }

    /** Every byte that arrived, for looking for what must not be there. */
    public synchronized String everything() {
        return everything.toString(StandardCharsets.ISO_8859_1);
    }

    /** Waits until one has arrived that fits, and answers the first. */
    public synchronized Recorded await(String what, Predicate<Recorded> fits) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (spans.stream().noneMatch(fits)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no " + what + " arrived; these did: " + spans);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        return spans.stream().filter(fits).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
