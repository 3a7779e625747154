package io.opsconductor.chat.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.tool.Lint;
import io.opsconductor.tool.ToolDefinition;
import io.opsconductor.tool.ToolLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorCommandTest {
    private static final Path SHIPPED = Path.of("../tool-library/tools");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int tools(Optional<String> typed, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return AuthorCommand.run(
                new Surroundings(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        Map.of("OPSCONDUCTOR_RUNNER_TOOLS", SHIPPED.toString())),
                typed.map(text -> new BufferedReader(new StringReader(text))),
                arguments);
    }

    private int tools(String... arguments) {
        return tools(Optional.empty(), arguments);
    }

    private int newWho(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "new",
                "who",
                "--folder",
                folder.toString(),
                "--description",
                "Show who is logged in on a machine.",
                "--method",
                "ssh",
                "--command",
                "who",
                "--effect",
                "read"));
        for (String example : List.of(
                "who is logged in on web-server-01",
                "which users are logged in on db-server-01",
                "is somebody logged in on web-server-02",
                "show the logged in users of web-server-01")) {
            arguments.addAll(List.of("--example", example));
        }
        arguments.addAll(Arrays.asList(more));
        return tools(arguments.toArray(String[]::new));
    }

    @Test
    void aToolOfOptionsIsWrittenAndHasNothingToSayToIt() throws IOException {
        assertThat(newWho()).as(out + " " + err).isZero();
        Path file = folder.resolve("who.yaml");
        assertThat(Files.readString(file)).isEqualTo("""
                name: who
                description: "Show who is logged in on a machine."
                effect: read
                platforms: [linux]

                execution:
                  method: ssh

                command_template: |
                  who

                timeout: 30s
                examples:
                  - "who is logged in on web-server-01"
                  - "which users are logged in on db-server-01"
                  - "is somebody logged in on web-server-02"
                  - "show the logged in users of web-server-01"
                """);
        assertThat(Lint.run(List.of(folder))).isEmpty();
        assertThat(out.toString()).startsWith("Wrote " + file + ".\n").contains("tools try who --target NAME");
        assertThat(tools("lint", "--strict", folder.toString()))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo("1 tool can be used, 0 mistakes\n");
    }

    @Test
    void aFileThatIsThereIsNeverOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("who.yaml"), "mine");
        assertThat(newWho()).isOne();
        assertThat(out.toString()).contains("who.yaml is there already. Nothing was written");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void aToolThatWouldHaveMistakesIsNotWritten() throws IOException {
        assertThat(newWho("--parameter", "{name: user, type: strin, description: Whom}"))
                .isOne();
        assertThat(out.toString()).contains("parameters[0].type").contains("Nothing was written");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whatIsMissingIsNamedAtOnceWhereNobodyCanBeAsked() {
        assertThat(tools("new", "--method", "ssh")).isEqualTo(2);
        assertThat(err.toString()).contains("these are needed: NAME, --description, --command");
        assertThat(tools("new", "Who")).isEqualTo(2);
        assertThat(tools("new", "who", "--description", "d", "--command", "c", "--method", "telnet"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected one of", "found \"telnet\"");
    }

    @Test
    void atATerminalItAsksForEachThingAndForTheValuesOfTheCommand() throws IOException {
        assertThat(tools(Optional.of("""
                                Big Files
                                find_big_files
                                Find the largest files below a folder.
                                telnet
                                ssh
                                find {path} -xdev -type f -size +{size}M
                                read
                                The folder to search
                                path

                                How large at least, in megabytes
                                integer
                                1
                                100000
                                100

                                find big files below /var on web-server-01
                                big files in /srv of db-server-01
                                find the biggest files below /home on web-server-02
                                which files are big in /var/lib on db-server-01

                                """), "new", "--folder", folder.toString()))
                .as(out + " " + err)
                .isZero();
        ToolDefinition tool = ToolLibrary.load(List.of(folder))
                .library()
                .tool("find_big_files")
                .orElseThrow();
        assertThat(tool.parameters().toString())
                .contains("name=path, description=The folder to search, type=PATH, required=true")
                .contains("name=size")
                .contains("type=INTEGER, required=false, defaultValue=100");
        assertThat(tool.examples()).hasSize(4);
        assertThat(out.toString()).contains("Expected lower-case letters", "Expected one of local-command", "Wrote ");
    }

    @Test
    void aCommandWithAMistakeIsAskedForAgain() throws IOException {
        String typed = """
                who
                Show who is logged in on a machine.
                ssh
                echo "unclosed
                read
                30s

                who -a
                """;
        assertThat(tools(Optional.of(typed), "new", "--folder", folder.toString()))
                .as(out + " " + err)
                .isZero();
        assertThat(Files.readString(folder.resolve("who.yaml"))).contains("  who -a\n");
        assertThat(out.toString()).contains("command_template", "advice: it has no examples");
    }

    @Test
    void whoeverStopsAnsweringLeavesNothingBehind() throws IOException {
        assertThat(tools(Optional.of("who\n"), "new", "--folder", folder.toString()))
                .isOne();
        assertThat(err.toString()).contains("nothing was written");
        assertThat(folder.resolve("who.yaml")).doesNotExist();
    }

    @Test
    void aFolderWithTheSchemaGetsTheLineThatEditorsRead() throws IOException {
        assertThat(tools("schema")).isZero();
        Files.writeString(folder.resolve("tool.schema.json"), out.toString());
        assertThat(out.toString())
                .isEqualTo(Files.readString(
                        Path.of("../tool-library/src/main/resources/io/opsconductor/tool/tool.schema.json")));
        assertThat(newWho()).isZero();
        assertThat(Files.readString(folder.resolve("who.yaml")))
                .startsWith("# yaml-language-server: $schema=tool.schema.json\nname: who\n");
    }

    @Test
    void otherMethodsHaveTheirCommandWhereItBelongs() {
        for (String[] tool : List.of(
                new String[] {"w1", "winrm", "Get-Service | Format-Table"},
                new String[] {"h1", "http", "GET /health"},
                new String[] {"d1", "database", "select 1"},
                new String[] {"l1", "local-command", "uptime"})) {
            assertThat(tools(
                            "new",
                            tool[0],
                            "--folder",
                            folder.toString(),
                            "--description",
                            "Shows what the test wants.",
                            "--effect",
                            "read",
                            "--method",
                            tool[1],
                            "--command",
                            tool[2]))
                    .as(out.toString())
                    .isZero();
        }
        assertThat(ToolLibrary.load(List.of(folder)).library().tools()).hasSize(4);
    }

    @Test
    void anExampleThatAnotherToolWinsIsPointedOutAtItsPlace() throws IOException {
        newWho();
        Path file = folder.resolve("who.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("is somebody logged in on web-server-02", "check disk space on web-server-02"));
        assertThat(tools("lint", folder.toString())).isZero();
        assertThat(out.toString())
                .isEqualTo(file + ":16:5: advice: examples[2]: the request finds check_disk_space instead."
                        + " Say what sets this tool apart, here and in its description and name.\n"
                        + "1 tool can be used, 0 mistakes, 1 piece of advice\n");
        assertThat(tools("lint", "--strict", folder.toString())).isOne();
    }

    @Test
    void everyMistakeOfEveryFileIsReportedAtOnceAndFails() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "name: a\ndescription: x\nefect: read\n");
        Files.writeString(folder.resolve("b.yaml"), "name: B\n");
        assertThat(tools("lint", folder.toString())).isOne();
        assertThat(out.toString()).contains("a.yaml:3:1", "efect", "b.yaml:1:7").contains("0 tools can be used");
    }

    @Test
    void theShippedLibraryHasNoMistakes() {
        assertThat(tools("lint")).as(out.toString()).isZero();
        assertThat(out.toString()).contains(" 0 mistakes");
    }
}
