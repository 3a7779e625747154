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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        assertThat(json).doesNotContain("command_template", "df -hP", "/dev/tcp", "systemctl is-active");
        assertThat(Json.read(json, Catalogue.class).version()).isEqualTo(catalogue.version());
        assertThat(catalogue.tools().stream()
                        .filter(CatalogueEntry::needsTarget)
                        .map(CatalogueEntry::name))
                .contains("check_disk_space", "restart_service")
                .doesNotContain("ping", "http_check");
    }

    @Test
    void advicePointsOutWhatMakesAToolHardToFindOrRisky() throws IOException {
        assertThat(advice("""
                name: r
                description: d
                effect: read
                execution: {method: ssh}
                parameters:
                  - {name: service, type: service, required: true}
                  - {name: lines, description: How many, type: integer, min: 1}
                  - {name: wait, description: How long, type: duration}
                command_template: systemctl restart {service} {lines} {wait}
                examples: [restart it]
                """)).containsExactly("""
                        :1:1: advice: it has no timeout, so a run may take 60 s. Write how long one run on one target may take, such as "timeout: 15s".
                        :2:14: advice: description: the description says little. Say in a sentence what it shows or does, and of what; people and the chat's understanding read it.
                        :3:9: advice: effect: the effect is read, but restart usually changes something. Write "effect: change" or "effect: destroy" unless it really only looks.
                        :6:5: advice: parameters[0]: the parameter has no description. Say what it means; the chat shows it when it asks for the value.
                        :7:5: advice: parameters[1]: the parameter has no bounds. Add "min" and "max", so that a slip of the pen is refused.
                        :8:5: advice: parameters[2]: the parameter has no bounds. Add "max", so that a slip of the pen is refused.
                        :10:11: advice: examples: it has too few examples (1). Add more, up to eight in different words; they are how the tool is found.""".split("\n", -1));
        assertThat(ToolLibrary.load(List.of(own)).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            read | method: ssh | command_template: "rm -rf /srv/cache" | the effect is read, but rm usually
            read | method: ssh | command_template: "sudo kill -9 1" | the effect is read, but kill usually
            read | method: ssh | script: "if true; then kill 1; fi" | the effect is read, but kill usually
            read | method: ssh | script: "set -e; systemctl restart nginx" | the effect is read, but restart usually
            read | method: winrm | powershell: "Get-Service x; Restart-Service x" | the effect is read, but Restart-Service usually
            read | method: http | request: {method: DELETE, path: /x} | the effect is read, but DELETE usually
            change | method: ssh | ~command_template: "df -hP / 2>/dev/null | head -n 3"~ | the effect is change, but its command usually only looks
            destroy | method: ssh | command_template: "uptime" | the effect is destroy, but its command usually only looks
            """)
    void anEffectThatDoesNotFitTheCommandIsNamed(String effect, String method, String command, String advice)
            throws IOException {
        assertThat(advice(sound(effect, method, command)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(":3:9: advice: effect: " + advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            read | method: ssh | command_template: "df -hP /"
            change | method: ssh | command_template: "date > /tmp/stamp"
            change | method: ssh | command_template: "journalctl --vacuum-time=2d"
            change | method: ssh | command_template: "hostname web-1"
            change | method: winrm | powershell: "Restart-Service x"
            read | method: winrm | powershell: "Get-Service x"
            read | method: http | request: {method: POST, path: /api/v1/query}
            """)
    void anEffectThatFitsIsNoSubject(String effect, String method, String command) throws IOException {
        assertThat(advice(sound(effect, method, command))).isEmpty();
    }

    private static String sound(String effect, String method, String command) {
        return """
                name: r
                description: Does what the test wants.
                effect: %s
                execution: {%s}
                %s
                timeout: 5s
                examples: [a one, a two, a three, a four]
                """.formatted(effect, method, command);
    }

    /** What lint says about a file of this text, without the file's name. */
    private List<String> advice(String text) throws IOException {
        Path file = Files.writeString(own.resolve("r.yaml"), text);
        return Lint.run(List.of(file)).stream()
                .map(finding -> finding.text().replace(file.toString(), ""))
                .toList();
    }

    @Test
    void adviceFailsAReportThatIsStrictAndMistakesFailAny() throws IOException {
        Files.writeString(own.resolve("u.yaml"), ToolText.with("ssh", "uptime"));
        Lint.Report advice = Lint.report(List.of(own));
        assertThat(advice.summary()).isEqualTo("1 tool can be used, 0 mistakes, 4 pieces of advice");
        assertThat(advice.passes(false)).isTrue();
        assertThat(advice.passes(true)).isFalse();
        Files.writeString(own.resolve("v.yaml"), "name: v");
        assertThat(Lint.report(List.of(own)).passes(false)).isFalse();
    }

    private static void write(Path file, String name) throws IOException {
        Files.writeString(file, ToolText.with("ssh", "date").replace("name: t", "name: " + name));
    }

    private static List<String> texts(ToolLibrary.LoadResult result) {
        return result.findings().stream().map(Finding::text).toList();
    }
}
