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
        write(
                "chatbot",
                "decision",
                "e-1",
                DIGEST,
                Map.of("approval", "a-1", "approver", "policy", "decision", "no_approval_needed"));
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-1", DIGEST);
        int answer = run("audit", "verify", "--home", home.toString());
        assertThat(answer).as(out.toString()).isZero();
        assertThat(out.toString()).contains("chatbot: 2 entries; ", "runner: 1 entry; ", "the journals hold");
    }

    @Test
    void anExecutionThatNobodyRequestedIsNamed() {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-2", DIGEST);
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "PROBLEM runner/journal/journal.jsonl:1 accepts e-2, which the chatbot's journal never requested")
                .contains("chatbot/journal/journal.jsonl:1 requests e-1, which the runner's journal does not know");
    }

    @Test
    void anExecutionOfAnotherDigestIsNamed() {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-1", "sha256:b");
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("PROBLEM runner/journal/journal.jsonl:1 accepts e-1 with sha256:b, where"
                        + " chatbot/journal/journal.jsonl:1 requested " + DIGEST);
    }

    @Test
    void anEditedLineIsNamed() throws IOException {
        write("chatbot", "execution_requested", "e-1", DIGEST);
        write("runner", "execution_accepted", "e-1", DIGEST);
        Path file = home.resolve("runner/journal/journal.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"c1\"", "\"c2\""));
        assertThat(run("audit", "verify", "--home", home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("PROBLEM runner/journal/journal.jsonl:1 was changed after it was written");
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
                .contains("opsconductor tools has no \"bogus\", it has: docs, folders, lint, list")
                .contains("More: ./opsconductor tools --help");
    }

    @Test
    void wrongUsageHasItsCode() {
        assertThat(run("tools")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("policy", "explain", "bob")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--actor=NAME'");
    }

    private int run(String... arguments) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void write(String writer, String type, String execution, String digest) {
        write(writer, type, execution, digest, Map.of());
    }

    private void write(String writer, String type, String execution, String digest, Map<String, String> data) {
        try (Journal journal =
                Journal.open(home.resolve(writer + "/journal"), writer, Clock.systemUTC(), RunnerCliTest::ignore)) {
            journal.append(new JournalRecord(type, "c1", execution, digest, data));
        }
    }

    private static void ignore(JournalEntry entry) {}
}
