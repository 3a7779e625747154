package io.opsconductor.runner.trail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.plan.Visible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported to syslog, as a server that others wrote reads it. */
class RealSyslogTest {
    @TempDir
    private Path directory;

    @Test
    void rsyslogReadsEveryFieldOfEveryEntryAlsoWhereItsTextWouldEndAField() throws Exception {
        RecordedHome home = RecordedHome.make(directory.resolve("home"));
        try (Journal chatbot =
                Journal.open(home.path().resolve("chatbot/journal"), "chatbot", Clock.systemUTC(), entry -> {})) {
            chatbot.append(new JournalRecord(
                    "odd \"type\"] é",
                    "c\"1\\] hash=\"forged\"]\n<0>1 forged é",
                    "execution",
                    "",
                    Map.of("text", "two\nlines: 17 <110>1 é \u202E")));
            chatbot.append(new JournalRecord(
                    "refused", "", "", "", Map.of("call", "x", "actor", "web:eve", "message", "y".repeat(20_000))));
        }
        List<JournalEntry> entries = new ArrayList<>();
        for (String process : HomeFiles.PROCESSES) {
            entries(home.journal(process)).forEach(entries::add);
        }
        try (RealSyslog server = RealSyslog.start(directory)) {
            try (SyslogLines lines = SyslogLines.to(server.address())) {
                new Export(HomeFiles.of(home.path(), Map.of()), Optional.empty(), Whose.ALL)
                        .into(ExportFormat.SYSLOG, lines);
            }
            List<JsonNode> read = server.read(entries.size());
            assertThat(server.complaints()).isEmpty();
            assertThat(read).hasSameSizeAs(entries);
            for (JournalEntry entry : entries) {
                assertThat(read.stream()
                                .filter(message -> message.at("/data/opsconductor@32473/hash")
                                        .asText()
                                        .equals(entry.hash())))
                        .as(entry.type())
                        .singleElement()
                        .satisfies(message -> isRead(message, entry));
            }
        }
    }

    private static void isRead(JsonNode message, JournalEntry entry) {
        // Facility 13, log audit; 4 is a warning, 6 informational.
        assertThat(message.get("pri").asText()).isEqualTo(entry.type().equals("refused") ? "108" : "110");
        assertThat(message.get("version").asText()).isEqualTo("1");
        assertThat(Instant.parse(message.get("at").asText()))
                .isEqualTo(entry.at().truncatedTo(ChronoUnit.MICROS));
        assertThat(message.get("app").asText()).isEqualTo("opsconductor");
        assertThat(message.get("process").asText()).isEqualTo(entry.writer());
        assertThat(message.get("id").asText()).isEqualTo(entry.type().replaceAll("[ é]", "_"));
        Map<String, String> data = new LinkedHashMap<>();
        message.at("/data/opsconductor@32473")
                .properties()
                .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
        Map<String, String> expected =
                new LinkedHashMap<>(Map.of("seq", Long.toString(entry.seq()), "hash", entry.hash()));
        Map.of("execution", entry.execution(), "digest", entry.digest(), "conversation", entry.conversation())
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        expected.put(name, Visible.escape(value).replace("\n", "\\n"));
                    }
                });
        assertThat(data).isEqualTo(expected);
        assertThat(message.get("text").asText())
                .isEqualTo("\uFEFF" + EntryWords.of(entry).replace("\n", "\\n"));
    }

    private static List<JournalEntry> entries(Path journal) throws IOException {
        return Files.readAllLines(journal).stream()
                .map(line -> Json.read(line, JournalEntry.class))
                .toList();
    }
}
