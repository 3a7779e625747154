package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Json;
import io.opsconductor.yaml.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolLibraryTest {
    @TempDir
    private Path root;

    private Path shipped = Path.of("");
    private Path own = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        shipped = root.resolve("shipped");
        Files.createDirectories(shipped.resolve("linux"));
        own = Files.createDirectories(root.resolve("own"));
    }

    @Test
    void foldersAreReadToTheirEndsAndSortedByName() throws IOException {
        write(shipped.resolve("linux/b.yaml"), "bb");
        write(shipped.resolve("a.yml"), "zz");
        write(shipped.resolve("linux/c.yaml"), "aa");
        Files.writeString(shipped.resolve("README.md"), "not a tool");

        ToolLibrary library = ToolLibrary.load(List.of(shipped)).library();

        assertThat(library.tools().stream().map(ToolDefinition::name)).containsExactly("aa", "bb", "zz");
        assertThat(library.tool("bb")).isPresent();
        assertThat(library.tool("nope")).isEmpty();
        assertThat(library.catalogue().tools().stream().map(CatalogueEntry::name))
                .containsExactly("aa", "bb", "zz");
    }

    @Test
    void aNameOccursOnceInAFolder() throws IOException {
        write(shipped.resolve("a.yaml"), "same");
        write(shipped.resolve("b.yaml"), "same");

        var result = ToolLibrary.load(List.of(shipped));

        assertThat(texts(result))
                .containsExactly(shipped.resolve("b.yaml")
                        + ":1:1: name: expected each tool once in a folder, found same also in "
                        + shipped.resolve("a.yaml") + ". Rename or remove one; the first is used.");
        assertThat(result.library().tool("same").orElseThrow().source()).isEqualTo(shipped.resolve("a.yaml"));
    }

    @Test
    void aLaterFolderTakesPrecedenceWithANotice() throws IOException {
        write(shipped.resolve("a.yaml"), "same");
        write(own.resolve("mine.yaml"), "same");

        var result = ToolLibrary.load(List.of(shipped, own));

        assertThat(result.hasErrors()).isFalse();
        assertThat(texts(result))
                .containsExactly(own.resolve("mine.yaml") + ":1:1: notice: name: same takes the place of the tool in "
                        + shipped.resolve("a.yaml"));
        assertThat(result.library().tool("same").orElseThrow().source()).isEqualTo(own.resolve("mine.yaml"));
    }

    @Test
    void oneBrokenFileLeavesTheOthersUsable() throws IOException {
        write(own.resolve("good.yaml"), "good");
        Files.writeString(own.resolve("bad.yaml"), "name: bad\n");
        Files.write(own.resolve("big.yaml"), new byte[70_000]);

        var result = ToolLibrary.load(List.of(own));

        assertThat(result.hasErrors()).isTrue();
        assertThat(result.library().tools()).hasSize(1);
        assertThat(texts(result))
                .contains(
                        own.resolve("big.yaml")
                                + ":1:1: expected at most 65536 bytes, found more. Split the file, or check that it is the right one.");
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        assertThat(texts(ToolLibrary.load(List.of(root.resolve("nope")))))
                .containsExactly(root.resolve("nope")
                        + ":1:1: expected a folder of tools or a tool file, found nothing there. Check the path.");
    }

    @Test
    void aMountedConfigMapIsReadOnce() throws IOException {
        Path data = Files.createDirectories(own.resolve("..2026_01_01"));
        write(data.resolve("a.yaml"), "once");
        Files.createSymbolicLink(own.resolve("..data"), data.getFileName());
        Files.createSymbolicLink(own.resolve("a.yaml"), Path.of("..data/a.yaml"));

        var result = ToolLibrary.load(List.of(own));

        assertThat(result.findings()).isEmpty();
        assertThat(result.library().tools()).hasSize(1);
    }

    @Test
    void loopsAndDanglingLinksAreNamedAndPassedOver() throws IOException {
        write(own.resolve("a.yaml"), "fine");
        Files.createSymbolicLink(own.resolve("loop"), own);
        Files.createSymbolicLink(own.resolve("gone.yaml"), Path.of("nowhere"));

        var result = ToolLibrary.load(List.of(own));

        assertThat(result.library().tools()).hasSize(1);
        assertThat(texts(result))
                .containsExactlyInAnyOrder(
                        own.resolve("loop")
                                + ":1:1: expected a readable file, found a loop of links. Check the file's permissions and links.",
                        own.resolve("gone.yaml")
                                + ":1:1: expected a readable file, found a link to nothing. Check the file's permissions and links.");
    }

    @Test
    void aToolOfALaterVersionIsLeftOutWithANotice() throws IOException {
        Files.writeString(
                own.resolve("s.yaml"),
                ToolText.with("ssh", "login {key}", "{name: key, type: secret, required: true}"));

        var result = ToolLibrary.load(List.of(own));

        assertThat(result.hasErrors()).isFalse();
        assertThat(result.library().tools()).isEmpty();
        assertThat(texts(result))
                .containsExactly(
                        own.resolve("s.yaml")
                                + ":5:23: notice: parameters[0].type: a secret parameter is not supported yet by this version. The tool is left out.");
    }

    @Test
    void theCatalogueHoldsNothingOfHowAToolRunsAndReadsBackAsItWasWritten() {
        Catalogue catalogue =
                ToolLibrary.load(List.of(ShippedToolsTest.FOLDER)).library().catalogue();

        String json = Json.write(catalogue);

        assertThat(json).doesNotContain("command_template", "df -hP", "/dev/tcp", "systemctl restart");
        assertThat(Json.read(json, Catalogue.class).version()).isEqualTo(catalogue.version());
        assertThat(catalogue.tools().stream()
                        .filter(CatalogueEntry::needsTarget)
                        .map(CatalogueEntry::name))
                .contains("check_disk_space", "restart_service")
                .doesNotContain("ping", "http_check");
    }

    @Test
    void advicePointsOutWhatMakesAToolHardToFindOrRisky() throws IOException {
        Files.writeString(own.resolve("r.yaml"), """
                name: r
                description: d
                effect: read
                execution: {method: ssh}
                parameters:
                  - {name: service, type: service, required: true}
                command_template: systemctl restart {service}
                examples: [restart it]
                """);
        Files.writeString(own.resolve("u.yaml"), ToolText.with("ssh", "uptime; cat /proc/loadavg | head -n 1"));

        assertThat(Lint.run(List.of(own.resolve("r.yaml"))).stream().map(Finding::text))
                .containsExactly(
                        own.resolve("r.yaml")
                                + ":3:9: advice: effect: the effect is read, but restart usually changes something. Write \"effect: change\" or \"effect: destroy\" unless it really only looks.",
                        own.resolve("r.yaml")
                                + ":6:5: advice: parameters[0]: the parameter has no description. Say what it means; the chat shows it when it asks for the value.",
                        own.resolve("r.yaml")
                                + ":8:11: advice: examples: it has too few examples (1). Add more, up to eight in different words; they are how the tool is found.");
        assertThat(Lint.run(List.of(own.resolve("u.yaml"))).stream().map(Finding::text))
                .containsExactly(
                        own.resolve("u.yaml")
                                + ":1:1: advice: it has no examples. Add \"examples:\" with at least 4 requests as people write them; without them it is hard to find.",
                        own.resolve("u.yaml")
                                + ":1:1: advice: it names no effect, so it counts as change and asks for approval. Write \"effect: read\" if it only looks.");
        assertThat(ToolLibrary.load(List.of(own)).findings()).isEmpty();
    }

    private static void write(Path file, String name) throws IOException {
        Files.writeString(file, ToolText.with("ssh", "date").replace("name: t", "name: " + name));
    }

    private static List<String> texts(ToolLibrary.LoadResult result) {
        return result.findings().stream().map(Finding::text).toList();
    }
}
