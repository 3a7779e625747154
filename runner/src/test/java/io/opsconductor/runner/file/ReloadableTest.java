package io.opsconductor.runner.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadableTest {
    @TempDir
    Path folder;

    @Test
    void changedFileIsReadAgainAndAnUnchangedOneIsNot() throws Exception {
        Path file = Files.writeString(folder.resolve("value"), "one");
        List<Reading<String>> seen = new ArrayList<>();
        try (Reloadable<String> value = following(file, seen)) {
            assertThat(value.fresh()).isEqualTo("one");
            value.check();
            assertThat(seen).isEmpty();

            Files.writeString(file, "two!");
            assertThat(value.current()).isEqualTo("one");
            assertThat(value.fresh()).isEqualTo("two!");
        }
    }

    @Test
    void badFileIsReportedAndTheLastGoodValueStays() throws Exception {
        Path file = Files.writeString(folder.resolve("value"), "first");
        try (Reloadable<String> value = following(file, new ArrayList<>())) {
            Files.writeString(file, "bad");
            assertThat(value.fresh()).isEqualTo("first");
            assertThat(value.problems()).extracting(Finding::message).containsExactly("it is bad");

            Files.writeString(file, "three");
            assertThat(value.fresh()).isEqualTo("three");
            assertThat(value.problems()).isEmpty();
        }
    }

    @Test
    void removedFileKeepsTheLastGoodValueUntilItIsBack() throws Exception {
        Path file = Files.writeString(folder.resolve("value"), "one");
        try (Reloadable<String> value = following(file, new ArrayList<>())) {
            Files.delete(file);
            assertThat(value.fresh()).isEqualTo("one");
            assertThat(value.problems()).extracting(Finding::message).containsExactly("it is gone");

            Files.writeString(file, "two");
            assertThat(value.fresh()).isEqualTo("two");
        }
    }

    @Test
    void newFileInAFollowedFolderIsNoticed() throws Exception {
        Files.writeString(folder.resolve("a"), "");
        List<Reading<String>> seen = new ArrayList<>();
        try (Reloadable<String> value =
                Reloadable.following(FileStamp.of(List.of(folder)), names(), this::names, seen::add)) {
            value.check();
            Files.writeString(folder.resolve("b"), "");

            assertThat(value.fresh()).isEqualTo("2 files");
        }
    }

    @Test
    void whenAFileTurnsOutToBelongToItTheFirstCheckReadsOnceMore() throws Exception {
        Files.writeString(folder.resolve("a"), "");
        List<Reading<String>> seen = new ArrayList<>();
        try (Reloadable<String> value =
                Reloadable.following(FileStamp.of(List.of()), names(), this::names, seen::add)) {
            value.check();
            assertThat(seen).hasSize(1);
            value.check();
            assertThat(seen).hasSize(1);
        }
    }

    private Reading.Good<String> names() {
        try (var files = Files.list(folder)) {
            return new Reading.Good<>(files.count() + " files", List.of(), List.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reloadable<String> following(Path file, List<Reading<String>> seen) {
        Map<Path, FileStamp> before = FileStamp.of(List.of(file));
        return switch (read(file)) {
            case Reading.Good<String> good -> Reloadable.following(before, good, () -> read(file), seen::add);
            case Reading.Bad<String> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private static Reading<String> read(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            if (text.isEmpty() || text.equals("bad")) {
                Finding finding = Finding.error(
                        file.toString(), Place.START, "", text.isEmpty() ? "it is gone" : "it is bad", "");
                return new Reading.Bad<>(List.of(finding), List.of(file));
            }
            return new Reading.Good<>(text, List.of(), List.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
