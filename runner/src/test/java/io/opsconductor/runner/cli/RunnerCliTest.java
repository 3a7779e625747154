package io.opsconductor.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunnerCliTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void journalsThatFitTogetherHold() {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-1", DIGEST);
        assertThat(run("audit", "verify", "--home", home.toString())).isZero();
        assertThat(out.toString()).contains("chatbot: 1 entries", "runner: 1 entries", "the journals hold");
    }

    @Test
    void anExecutionThatNobodyRequestedIsNamed() {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-2", DIGEST);
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("PROBLEM the runner executed e-2, which the chatbot's journal never requested")
                .contains("the chatbot requested e-1, which the runner's journal does not know");
    }

    @Test
    void anExecutionOfAnotherDigestIsNamed() {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-1", "sha256:b");
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("PROBLEM the runner executed e-1 with sha256:b, the chatbot requested " + DIGEST);
    }

    @Test
    void anEditedLineIsNamed() throws IOException {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-1", DIGEST);
        Path file = home.resolve("runner/journal/journal.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"c1\"", "\"c2\""));
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("PROBLEM runner: line 1 was changed after it was written");
    }

    @Test
    void aHomeWithoutJournalsCannotBeVerified() {
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("there is no journal below " + home + ": name the home with --home");
    }

    @Test
    void lintNamesFileLineAndColumn() throws IOException {
        Path tool = Files.writeString(home.resolve("bad.yaml"), "name: bad\neffect: reed\n");
        assertThat(run("tools", "lint", tool.toString())).isEqualTo(1);
        assertThat(out.toString()).contains(tool + ":2:9: ").contains("0 tools can be used");
    }

    @Test
    void theShippedToolsHaveNoMistake() {
        assertThat(run("tools", "lint", Path.of("../tool-library/tools").toString()))
                .as(out.toString())
                .isZero();
    }

    @Test
    void anUnknownSubcommandIsNamedWithTheKnownOnes() {
        assertThat(run("tools", "bogus")).isEqualTo(2);
        assertThat(err.toString())
                .contains("opsconductor tools has no \"bogus\", it has: lint, list")
                .contains("More: ./opsconductor tools --help");
    }

    @Test
    void wrongUsageAndWhatIsNotThereYetHaveTheirCodes() {
        assertThat(run("tools")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("policy", "explain", "bob")).isEqualTo(2);
        assertThat(run("db", "migrate", "--now")).isEqualTo(3);
        assertThat(err.toString())
                .contains("Missing required option: '--actor=NAME'", "'db migrate' is not in this version.");
    }

    private int run(String... arguments) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void write(String writer, String type, String execution, String digest) {
        try (Journal journal =
                Journal.open(home.resolve(writer + "/journal"), writer, Clock.systemUTC(), RunnerCliTest::ignore)) {
            journal.append(new JournalRecord(type, "c1", execution, digest, Map.of()));
        }
    }

    private static void ignore(JournalEntry entry) {}
}
