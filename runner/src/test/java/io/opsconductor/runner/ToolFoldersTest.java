package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.file.FileStamp;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.Reloadable;
import io.opsconductor.tool.ToolDefinition;
import io.opsconductor.tool.ToolLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools follow their files while the runner works. */
class ToolFoldersTest {
    @TempDir
    private Path home;

    private Path shipped = Path.of("");
    private Path own = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        shipped = Files.createDirectories(home.resolve("shipped"));
        own = Files.createDirectories(home.resolve("own"));
    }

    private Reloadable<ToolLibrary> followed() {
        List<Path> folders = List.of(shipped, own);
        ToolFolders tools = new ToolFolders(folders);
        var before = FileStamp.of(ToolFolders.withSubfolders(folders));
        Reading.Good<ToolLibrary> first = tools.read();
        return Reloadable.following(before, first, tools::read, reading -> {});
    }

    private static void write(Path folder, String file, String name, String description) throws IOException {
        Files.writeString(folder.resolve(file), """
                name: %s
                description: %s
                execution: {method: ssh}
                command_template: date
                """.formatted(name, description));
    }

    private static List<String> described(Reloadable<ToolLibrary> followed) {
        return followed.fresh().tools().stream()
                .map(tool -> tool.name() + " " + tool.description())
                .toList();
    }

    @Test
    void aChangedANewAndADeletedFileAreTakenUp() throws IOException {
        write(own, "a.yaml", "a", "one");
        Reloadable<ToolLibrary> followed = followed();
        write(own, "a.yaml", "a", "one, changed");
        write(own, "b.yaml", "b", "two");
        assertThat(described(followed)).containsExactly("a one, changed", "b two");
        Files.delete(own.resolve("a.yaml"));
        assertThat(described(followed)).containsExactly("b two");
    }

    @Test
    void aFileThatTurnsBadLeavesItsToolAsItWasAndSaysSo() throws IOException {
        write(own, "a.yaml", "a", "one");
        Reloadable<ToolLibrary> followed = followed();
        Files.writeString(own.resolve("a.yaml"), "name: a\nefect: [");
        write(own, "b.yaml", "b", "two");
        assertThat(described(followed)).containsExactly("a one", "b two");
        assertThat(followed.warnings())
                .anyMatch(finding -> finding.text()
                        .equals(own.resolve("a.yaml")
                                + ":1:1: notice: the file cannot be used as it is now; a stays as it was read last"));
        Files.writeString(own.resolve("c.yaml"), "no: tool");
        assertThat(described(followed)).containsExactly("a one", "b two");
        write(own, "a.yaml", "a", "mended at last");
        assertThat(described(followed)).containsExactly("a mended at last", "b two");
    }

    @Test
    void aBadFileThatTookTheShippedToolsPlaceStillDoes() throws IOException {
        write(shipped, "a.yaml", "a", "shipped");
        write(own, "a.yaml", "a", "mine");
        Reloadable<ToolLibrary> followed = followed();
        Files.writeString(own.resolve("a.yaml"), "nonsense");
        assertThat(described(followed)).containsExactly("a mine");
        Files.delete(own.resolve("a.yaml"));
        assertThat(described(followed)).containsExactly("a shipped");
    }

    @Test
    void aToolThatMovedToAnotherFileIsTheNewOne() throws IOException {
        write(own, "a.yaml", "a", "old place");
        Reloadable<ToolLibrary> followed = followed();
        Files.writeString(own.resolve("a.yaml"), "nonsense");
        write(own, "moved.yaml", "a", "new place");
        assertThat(described(followed)).containsExactly("a new place");
    }

    @Test
    void aFileThatIsBadFromTheStartIsLeftOut() throws IOException {
        Files.writeString(own.resolve("a.yaml"), "nonsense");
        write(own, "b.yaml", "b", "two");
        ToolLibrary library = followed().current();
        assertThat(library.tools().stream().map(ToolDefinition::name)).containsExactly("b");
    }
}
