package io.opsconductor.runner.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends entries as log records over OTLP/HTTP, in the protocol's JSON form (opentelemetry-proto 1.x: 64-bit numbers are
 * text, enumerations numbers, names in camel case). In batches, each answered within the deadline; what the protocol calls
 * retryable is tried again.
 */
public final class OtlpLogs implements AutoCloseable {
    private static final int BATCH = 500;
    private static final int MOST_BYTES_OF_ANSWER = 64 * 1024;
    private static final int TRIES = 4;
    private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
    private static final int INFO = 9;
    private static final int WARN = 13;

    private final URI endpoint;
    private final Map<String, String> headers;
    private final Duration deadline;
    private final HttpClient http;
    private final List<JournalEntry> batch = new ArrayList<>();

    /**
     * A sender.
     *
     * @param endpoint where logs are taken, such as {@code http://collector:4318/v1/logs}
     * @param headers sent with each request, for credentials
     * @param deadline for each request, its answer included
     */
    public OtlpLogs(URI endpoint, Map<String, String> headers, Duration deadline) {
        this.endpoint = endpoint;
        this.headers = Map.copyOf(headers);
        this.deadline = deadline;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    void add(JournalEntry entry) throws IOException {
        if (!batch.isEmpty()
                && (batch.size() == BATCH || !batch.getFirst().writer().equals(entry.writer()))) {
            flush();
        }
        batch.add(entry);
    }

    /** Sends what is left. */
    void flush() throws IOException {
        if (!batch.isEmpty()) {
            send(Json.write(request(batch)));
            batch.clear();
        }
    }

    private void send(String body) throws IOException {
        String why = "";
        for (int tried = 1; tried <= TRIES; tried++) {
            HttpResponse<String> response = answer(body);
            if (response.statusCode() / 100 == 2) {
                rejected(response.body());
                return;
            }
            why = "answers with HTTP status " + response.statusCode();
            if (!RETRYABLE.contains(response.statusCode()) || tried == TRIES) {
                break;
            }
            pause(response, tried);
        }
        throw new IOException("the OTLP endpoint " + endpoint + " " + why
                + ": the export ends in the middle; send it again, with --since");
    }

    private HttpResponse<String> answer(String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES_OF_ANSWER));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(
                    "the OTLP endpoint " + endpoint + " did not answer within " + deadline.toMillis()
                            + " ms: the export ends in the middle; send it again, with --since",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    "the OTLP endpoint " + endpoint + " cannot be reached: "
                            + (cause == null || cause.getMessage() == null
                                    ? String.valueOf(cause)
                                    : cause.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the export was interrupted", e);
        }
    }

    /** It may take a batch and drop records of it: a trail with holes is no trail. */
    private void rejected(String answer) throws IOException {
        try {
            JsonNode partial = Json.tree(answer.isBlank() ? "{}" : answer).path("partialSuccess");
            long rejected = partial.path("rejectedLogRecords").asLong();
            if (rejected > 0) {
                throw new IOException("the OTLP endpoint " + endpoint + " rejected " + rejected + " records: "
                        + partial.path("errorMessage").asText());
            }
        } catch (InvalidJsonException e) {
            throw new IOException("the OTLP endpoint " + endpoint + " does not answer as one", e);
        }
    }

    private void pause(HttpResponse<String> response, int tried) throws IOException {
        long seconds = response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Long::parseLong)
                .orElse(1L << (tried - 1));
        try {
            Thread.sleep(Duration.ofSeconds(Math.min(seconds, deadline.toSeconds())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the export was interrupted", e);
        }
    }

    /** An {@code ExportLogsServiceRequest}. */
    private static ObjectNode request(List<JournalEntry> entries) {
        ObjectNode request = Json.mapper().createObjectNode();
        ObjectNode resource = request.putArray("resourceLogs").addObject();
        ArrayNode attributes = resource.putObject("resource").putArray("attributes");
        attribute(attributes, "service.name", entries.getFirst().writer());
        attribute(attributes, "service.namespace", "opsconductor");
        ObjectNode scope = resource.putArray("scopeLogs").addObject();
        scope.putObject("scope").put("name", "io.opsconductor.audit");
        ArrayNode records = scope.putArray("logRecords");
        entries.forEach(entry -> record(records.addObject(), entry));
        return request;
    }

    private static void record(ObjectNode record, JournalEntry entry) {
        boolean alarming = ExportFormat.isAlarming(entry);
        record.put("timeUnixNano", nanos(entry.at()));
        record.put("observedTimeUnixNano", nanos(entry.at()));
        record.put("severityNumber", alarming ? WARN : INFO);
        record.put("severityText", alarming ? "WARN" : "INFO");
        record.put("eventName", "opsconductor.audit." + entry.type());
        record.putObject("body").put("stringValue", EntryWords.of(entry));
        ArrayNode attributes = record.putArray("attributes");
        attribute(attributes, "opsconductor.type", entry.type());
        attributes
                .addObject()
                .put("key", "opsconductor.seq")
                .putObject("value")
                .put("intValue", String.valueOf(entry.seq()));
        attribute(attributes, "opsconductor.conversation", entry.conversation());
        attribute(attributes, "opsconductor.execution", entry.execution());
        attribute(attributes, "opsconductor.digest", entry.digest());
        attribute(attributes, "opsconductor.data", Json.write(entry.data()));
        attribute(attributes, "opsconductor.prev", entry.prev());
        attribute(attributes, "opsconductor.hash", entry.hash());
    }

    private static String nanos(Instant at) {
        return String.valueOf(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        if (!value.isEmpty()) {
            attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
