package io.opsconductor.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.journal.JournalProblem;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StorePlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
    @TempDir
    Path dir;

    @Test
    void concurrentAppendsMakeOneUnbrokenChain() throws IOException {
        try (Journal journal = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                int n = i;
                threads.execute(() -> journal.append(record("step_" + n)));
            }
        }
        JournalVerification verification = JournalVerification.of(file(), entry -> {});
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.entries()).isEqualTo(200);
    }

    @Test
    void aLineHasAllThatItsEntryHasAndNothingElse() throws IOException {
        JournalEntry written;
        try (Journal journal = open()) {
            written = journal.append(new JournalRecord(
                    "step_started",
                    "web:1",
                    "e-1",
                    "sha256:0",
                    Map.of("step", 0, "took", 1.5, "names", List.of("ä", "\u2028"), "none", Map.of())));
        }
        String line = Files.readString(file()).strip();
        assertThat(line).isEqualTo(Json.write(written));
        assertThat(Json.read(line, JournalEntry.class)).isEqualTo(written);
    }

    @Test
    void anEditedLineIsNamed() throws IOException {
        try (Journal journal = open()) {
            journal.append(record("approved"));
            journal.append(record("executed"));
        }
        Files.writeString(file(), Files.readString(file()).replace("approved", "appruved"));
        assertThat(JournalVerification.of(file(), entry -> {}).problems())
                .extracting(JournalProblem::toString)
                .containsExactly("line 1 was changed after it was written");
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("line 1 was changed after it was written");
    }

    @Test
    void aRemovedLineIsNamed() throws IOException {
        try (Journal journal = open()) {
            journal.append(record("one"));
            journal.append(record("two"));
            journal.append(record("three"));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        lines.remove(1);
        Files.write(file(), lines);
        assertThat(JournalVerification.of(file(), entry -> {}).problems())
                .extracting(JournalProblem::toString)
                .containsExactly(
                        "line 2 has number 3 in the place of 2: lines are missing before it",
                        "line 2 does not follow the line before it");
    }

    @Test
    void aTornLastLineIsCutOffAndTheChainGoesOn() throws IOException {
        try (Journal journal = open()) {
            journal.append(record("one"));
        }
        Files.writeString(file(), "{\"seq\":2,\"at\":\"20", StandardOpenOption.APPEND);
        try (Journal journal = open()) {
            assertThat(journal.append(record("two")).seq()).isEqualTo(2);
        }
        assertThat(JournalVerification.of(file(), entry -> {}).intact()).isTrue();
    }

    @Test
    void afterTheFileIsDeletedNothingIsRecordedAndTheReasonIsKnown() throws IOException {
        try (Journal journal = open()) {
            journal.append(record("one"));
            Files.delete(file());
            assertThatThrownBy(() -> journal.append(record("two")))
                    .isInstanceOf(JournalUnavailableException.class)
                    .hasMessageStartingWith("the journal " + file() + " was deleted: put the very file back");
            assertThat(journal.broken()).contains("was deleted");
        }
    }

    @Test
    void aSecondWriterIsRefused() {
        try (Journal journal = open()) {
            assertThatThrownBy(this::open).isInstanceOf(JournalUnavailableException.class);
            journal.append(record("one"));
        }
    }

    @Test
    void aSecondProcessIsRefusedToo() throws Exception {
        try (Journal journal = open()) {
            journal.append(record("one"));
            Process second = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            SecondWriter.class.getName(),
                            dir.resolve("journal").toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                    .endsWith("another process writes the journal " + file());
        }
    }

    /** What a second process does that is started on the same home. */
    static final class SecondWriter {
        private SecondWriter() {}

        public static void main(String[] arguments) {
            try (Journal journal =
                    Journal.open(Path.of(arguments[0]), "second", Clock.systemUTC(), JournalTest::ignore)) {
                System.out.println("opened: " + journal.append(record("two")).seq());
            } catch (JournalUnavailableException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedWritesItsRecordAndBreaksNothing() {
        try (Journal journal = open()) {
            Thread.currentThread().interrupt();
            journal.append(record("one"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.append(record("two")).seq()).isEqualTo(2);
        }
    }

    @Test
    void aFileThatTookTheJournalsPlaceIsNotTakenForIt() throws IOException {
        try (Journal journal = open()) {
            journal.append(record("one"));
            Files.move(file(), dir.resolve("journal/journal.1"));
            Files.createFile(file());
            assertThatThrownBy(() -> journal.append(record("two")))
                    .isInstanceOf(JournalUnavailableException.class)
                    .hasMessageStartingWith("the journal " + file() + " was replaced by another file: ");
        }
    }

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void theMirrorCatchesUpWithWhatItMissed(TestStore store) {
        try (Journal journal = open()) {
            journal.append(record("one"));
        }
        try (Database database = Database.open(StorePlace.of("test", dir, store.settings("test", dir)), "db/test")) {
            try (JournalMirror mirror = new JournalMirror(database);
                    Journal journal = Journal.open(dir.resolve("journal"), "test", Clock.systemUTC(), mirror)) {
                journal.append(record("two"));
            }
            assertThat(database.query("select type from journal order by seq", row -> Rows.text(row, "type")))
                    .containsExactly("one", "two");
        }
    }

    private Journal open() {
        return Journal.open(dir.resolve("journal"), "test", Clock.systemUTC(), JournalTest::ignore);
    }

    private static void ignore(JournalEntry entry) {}

    private Path file() {
        return dir.resolve("journal/journal.jsonl");
    }

    private static JournalRecord record(String type) {
        return new JournalRecord(type, "c1", "e1", "sha256:0", Map.of("target", "web-01"));
    }
}
