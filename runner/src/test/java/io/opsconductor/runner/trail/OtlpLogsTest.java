package io.opsconductor.runner.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.runner.cli.RunnerCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is exported over OTLP, as the OpenTelemetry project's own messages read it: an unknown field fails there. */
class OtlpLogsTest {
    private static RecordedHome home;

    @TempDir
    private static Path shared;

    private final List<ExportLogsServiceRequest> received = new ArrayList<>();
    private final List<String> authorization = new ArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private String answer = "{}";
    private HttpServer server;

    @BeforeAll
    static void record() {
        home = RecordedHome.make(shared.resolve("home"));
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/logs", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = statuses.isEmpty() ? 200 : statuses.remove();
            if (status == 200) {
                ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
                JsonFormat.parser().merge(body, request);
                received.add(request.build());
                authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            } else {
                exchange.getResponseHeaders().add("Retry-After", "0");
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/logs");
    }

    private int export(String... more) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(new StringWriter(), true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(
                "audit", "export", "--format", "otlp", "--home", home.path().toString()));
        all.addAll(List.of(more));
        return line.execute(all.toArray(String[]::new));
    }

    private final StringWriter err = new StringWriter();

    @Test
    void everyEntryArrivesWholeWithItsTimeAndItsProcess() throws IOException {
        Path headers = Files.writeString(shared.resolve("headers"), "Authorization: Bearer secret\n");
        assertThat(export("--to", endpoint().toString(), "--headers", headers.toString()))
                .as(err.toString())
                .isZero();
        assertThat(received).hasSize(2);
        assertThat(authorization).containsOnly("Bearer secret");
        for (int i = 0; i < 2; i++) {
            String process = HomeFiles.PROCESSES.get(i);
            List<JournalEntry> entries = home.lines(home.journal(process)).stream()
                    .map(line -> Json.read(line, JournalEntry.class))
                    .toList();
            var resource = received.get(i).getResourceLogs(0);
            assertThat(texts(resource.getResource().getAttributesList()))
                    .containsEntry("service.name", process)
                    .containsEntry("service.namespace", "opsconductor");
            List<LogRecord> records = resource.getScopeLogs(0).getLogRecordsList();
            assertThat(records).hasSameSizeAs(entries);
            for (int n = 0; n < entries.size(); n++) {
                JournalEntry entry = entries.get(n);
                LogRecord record = records.get(n);
                Instant at = Instant.ofEpochSecond(0, record.getTimeUnixNano());
                assertThat(at).isEqualTo(entry.at());
                assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
                assertThat(record.getEventName()).isEqualTo("opsconductor.audit." + entry.type());
                assertThat(record.getBody().getStringValue()).isNotEmpty();
                assertThat(texts(record.getAttributesList()))
                        .containsEntry("opsconductor.seq", String.valueOf(entry.seq()))
                        .containsEntry("opsconductor.hash", entry.hash())
                        .containsEntry("opsconductor.data", Json.write(entry.data()));
            }
        }
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        each -> each.getValue().hasIntValue()
                                ? String.valueOf(each.getValue().getIntValue())
                                : each.getValue().getStringValue()));
    }

    @Test
    void whatIsRetryableIsTriedAgainAndWhatIsNotEndsTheExport() {
        statuses.addAll(List.of(503, 429));
        assertThat(export("--to", endpoint().toString())).isZero();
        assertThat(received).hasSize(2);
        statuses.add(401);
        assertThat(export("--to", endpoint().toString())).isEqualTo(3);
        assertThat(err.toString()).contains("the OTLP endpoint " + endpoint() + " answers with HTTP status 401");
    }

    @Test
    void rejectedRecordsEndTheExport() {
        answer = "{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"too old\"}}";
        assertThat(export("--to", endpoint().toString())).isEqualTo(3);
        assertThat(err.toString()).contains("rejected 3 records: too old");
    }

    @Test
    void anEndpointThatDoesNotAnswerIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OtlpLogs logs = new OtlpLogs(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1/logs"),
                        Map.of(),
                        Duration.ofMillis(300))) {
            assertThatThrownBy(() ->
                            new Export(HomeFiles.of(home.path(), Map.of()), Optional.empty(), Whose.ALL).into(logs))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not answer within 300 ms: the export ends in the middle");
        }
    }

    @Test
    void anEndpointMustBeNamed() {
        assertThat(export()).isEqualTo(2);
        assertThat(export("--to", "tcp://127.0.0.1:1")).isEqualTo(2);
    }
}
