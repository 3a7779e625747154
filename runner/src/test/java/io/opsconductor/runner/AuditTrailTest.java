package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fluenda.parcefone.event.CommonEvent;
import com.fluenda.parcefone.parser.CEFParser;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Attestation.Statement;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.runner.cli.RunnerCli;
import io.opsconductor.runner.trail.Export;
import io.opsconductor.runner.trail.ExportFormat;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.SyslogLines;
import io.opsconductor.runner.trail.Whose;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the audit commands say of a runner that has run something, and of one whose records somebody touched. */
class AuditTrailTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestHome home;
    private ExecuteRequest request;

    @BeforeEach
    void runSomething() throws IOException {
        // In a file: the command reads where a store is in the environment of this process.
        home = TestHome.make(directory.resolve("home"), TestStore.SQLITE);
        try (Runner runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
                Journal journal = Journal.open(
                        home.path().resolve("chatbot/journal"), "chatbot", Clock.systemUTC(), entry -> {})) {
            String conversation = "c1";
            record(journal, "message_received", conversation, Map.of("message", "m0", "sender", "web:dan"));
            record(journal, "intent", conversation, Map.of("message", "m0", "kind", "help"));
            record(journal, "message_received", conversation, Map.of("message", "m1", "sender", "web:alice"));
            record(journal, "intent", conversation, Map.of("message", "m1", "kind", "run"));
            request = chatbot.approved(
                    plan(step("note", Map.of("file", directory.resolve("ran").toString()))), "web:alice", "web:bob");
            journal.append(
                    new JournalRecord("plan_previewed", conversation, "", request.digest(), Map.of("approval", "a1")));
            assertThat(chatbot.post(
                                    "/decisions/check",
                                    new DecisionCheck.Request(request.digest(), request.attestations()))
                            .status())
                    .isEqualTo(200);
            journal.append(new JournalRecord(
                    "decision",
                    conversation,
                    request.executionId(),
                    request.digest(),
                    Map.of("approval", "a1", "approver", "web:bob", "decision", "approve")));
            journal.append(new JournalRecord(
                    "execution_requested", conversation, request.executionId(), request.digest(), Map.of()));
            assertThat(chatbot.execute(request).status()).isEqualTo(200);
            journal.append(new JournalRecord(
                    "result_posted",
                    conversation,
                    request.executionId(),
                    request.digest(),
                    Map.of("status", "succeeded")));
        }
    }

    private static void record(Journal journal, String type, String conversation, Map<String, String> data) {
        journal.append(new JournalRecord(type, conversation, "", "", data));
    }

    private int audit(String... arguments) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 3];
        all[0] = "audit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--home";
        all[all.length - 1] = home.path().toString();
        return line.execute(all);
    }

    private int keys(String command) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute("keys", command, "--home", home.path().toString());
    }

    private void edit(String journal, String from, String to) {
        try {
            Path file = home.path().resolve(journal);
            String text = Files.readString(file);
            assertThat(text).contains(from);
            Files.writeString(file, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneScreenShowsWhoAskedWhoDecidedWhatRanAndHowItEnded() {
        assertThat(audit("show", request.executionId(), "--width", "300"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("execution  " + request.executionId(), "digest     " + request.digest(), "effect     change")
                .containsSubsequence(
                        "  message ",
                        "  intent ",
                        "  preview ",
                        "  plan ",
                        "  check ",
                        "  decision ",
                        "  request ",
                        "  accepted ",
                        "  command ",
                        "  exit ",
                        "  end ",
                        "  result ")
                .containsSubsequence(
                        "web:alice wrote message m1",
                        "message m1 was taken for: run",
                        "execution requested",
                        "execution accepted for web:alice, approved by web:bob (approve)",
                        "step 1 note on runner starts",
                        directory.resolve("ran").toString(),
                        "step 1 note on runner succeeded, exit code 0",
                        "execution succeeded")
                .contains(
                        "holds    the commands here have the digest that was approved",
                        "holds    the output of step 1 on runner that is kept is the one that the journal has the digest of",
                        "holds    web:bob's decision is signed with the key ",
                        "holds    what the chatbot requested is what the runner accepted")
                .doesNotContain("PROBLEM", "unknown", "message m0");
    }

    @Test
    void aCommandThatWasChangedInTheStoreAfterwardsIsNamed() {
        try (Database store = Database.existing(home.settings().store())) {
            assertThat(store.change("update execution set preview = replace(preview, 'ran', 'run')"))
                    .isEqualTo(1);
        }
        assertThat(audit("show", request.executionId())).isEqualTo(1);
        assertThat(out.toString()).contains("PROBLEM  the commands here have the digest that was approved");
    }

    @Test
    void aVoteThatWasGivenToSomebodyElseIsNamed() {
        edit("runner/journal/journal.jsonl", "web:bob", "web:carol");
        assertThat(audit("show", request.executionId())).isEqualTo(1);
        assertThat(out.toString())
                .contains("PROBLEM  web:carol's decision is signed with the key ")
                .contains("PROBLEM  the runner's journal does not hold: line ");
    }

    @Test
    void anExecutionThatNobodyKnowsIsNotShown() {
        assertThat(audit("show", "x1\u001b[2J")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("knows the execution \"x1\\u{1B}[2J\"");
    }

    @Test
    void theScreenIsAsWideAsTheTerminal() {
        for (int width : new int[] {80, 120}) {
            out.getBuffer().setLength(0);
            assertThat(audit("show", request.executionId(), "--width", String.valueOf(width)))
                    .isZero();
            assertThat(audit("verify", "--width", String.valueOf(width))).isZero();
            assertThat(keys("list")).isZero();
            assertThat(out.toString().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
        }
    }

    @Test
    void decisionsFromElsewhereAndWithTypedCodesAreCheckedAgainToo() {
        ExecuteRequest wiped;
        try (Runner runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            Plan plan = plan(step("wipe", Map.of()));
            PreviewAnswer preview = chatbot.preview(plan, "web:alice");
            Statement elsewhere = chatbot.typed(preview, "web:bob", PlanCode.of(preview.digest()));
            wiped = chatbot.request(
                    plan,
                    preview,
                    chatbot.sign(new Statement(
                            elsewhere.digest(),
                            elsewhere.decision(),
                            elsewhere.approver(),
                            elsewhere.requester(),
                            "slack:T1/C2/3.4",
                            elsewhere.time(),
                            elsewhere.nonce(),
                            elsewhere.typed())),
                    chatbot.typed(preview, "web:carol"));
            assertThat(chatbot.execute(wiped).status()).isEqualTo(200);
        }
        assertThat(audit("show", wiped.executionId())).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("web:bob's decision is signed with the key ", "web:carol's decision is signed with the key ");
    }

    @Test
    void anOutputThatWasChangedInTheStoreIsNamed() {
        try (Database store = Database.existing(home.settings().store())) {
            assertThat(store.change("update target_run set result = replace(result, 'done', 'gone')"))
                    .isEqualTo(1);
        }
        assertThat(audit("show", request.executionId())).isEqualTo(1);
        assertThat(out.toString()).contains("PROBLEM  the output of step 1 on runner that is kept");
    }

    @Test
    void retentionTakesOutputsAwayAndBothJournalsHold() {
        TestClock later = new TestClock();
        later.advance(Duration.ofDays(91));
        try (Runner runner = Main.start(home.settings(), home.environment(), later)) {
            assertThat(runner.apiPort()).isPositive();
            TestJournal journal = new TestJournal(home.path());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (journal.ofType("outputs_removed").isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
        assertThat(audit("verify")).as(out.toString()).isZero();
        assertThat(audit("show", request.executionId(), "--width", "120"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "holds    output removed by retention on "
                                + LocalDate.ofInstant(later.instant(), ZoneOffset.UTC)
                                + "; the journal has its digests",
                        "removal   outputs removed by retention, after 90 days");
    }

    @Test
    void theExportHasEveryLineOfBothJournals() throws IOException {
        assertThat(audit("export")).isZero();
        List<String> journals =
                new ArrayList<>(Files.readAllLines(home.path().resolve("chatbot/journal/journal.jsonl")));
        journals.addAll(Files.readAllLines(home.path().resolve("runner/journal/journal.jsonl")));
        List<JsonNode> exported = out.toString().lines().map(Json::tree).toList();
        assertThat(exported).isEqualTo(journals.stream().map(Json::tree).toList());
    }

    @Test
    void nothingOfBeforeIsExportedWhenAskedFor() {
        assertThat(audit("export", "--since", "2999-01-01T00:00:00Z")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void cefKeepsWhatWouldEndAField() throws IOException {
        try (Journal journal =
                Journal.open(home.path().resolve("chatbot/journal"), "chatbot", Clock.systemUTC(), entry -> {})) {
            record(journal, "odd|type", "c=1 cs9=forged", Map.of("sender", "web:eve\nCEF:0|forged"));
        }
        assertThat(audit("export", "--format", "cef")).isZero();
        assertThat(out.toString().lines())
                .allMatch(line -> line.startsWith("CEF:0|OpsConductor|"))
                .anyMatch(line -> line.contains("|odd\\|type|odd\\|type|3|rt=")
                        && line.contains(" suser=web:eve\\nCEF:0|forged ")
                        && line.contains(" cs3=c\\=1 cs9\\=forged "));
    }

    @Test
    void aCefParserOfOthersReadsEachEntryWithItsFields() throws Exception {
        assertThat(audit("export", "--format", "cef")).isZero();
        List<String> lines = out.toString().lines().toList();
        List<JournalEntry> entries = entries();
        assertThat(lines).hasSameSizeAs(entries);
        CEFParser parser = new CEFParser();
        for (int i = 0; i < lines.size(); i++) {
            JournalEntry entry = entries.get(i);
            CommonEvent event = parser.parse(lines.get(i));
            assertThat(event).as(lines.get(i)).isNotNull();
            assertThat(event.getHeader())
                    .containsEntry("deviceVendor", "OpsConductor")
                    .containsEntry("deviceProduct", entry.writer())
                    .containsEntry("deviceEventClassId", entry.type())
                    .containsEntry("severity", entry.type().equals("refused") ? "7" : "3");
            assertThat(event.getExtension(true))
                    .containsEntry("rt", Date.from(entry.at().truncatedTo(ChronoUnit.MILLIS)))
                    .containsEntry("externalId", Long.toString(entry.seq()))
                    .containsEntry("cs4Label", "hash")
                    .containsEntry("cs4", entry.hash());
            if (!entry.execution().isEmpty()) {
                assertThat(event.getExtension(true))
                        .containsEntry("cs1Label", "execution")
                        .containsEntry("cs1", entry.execution());
            }
        }
    }

    /** Both journals, as they are exported. */
    private List<JournalEntry> entries() throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        for (String process : List.of("chatbot", "runner")) {
            Files.readAllLines(home.path().resolve(process + "/journal/journal.jsonl")).stream()
                    .map(line -> Json.read(line, JournalEntry.class))
                    .forEach(entries::add);
        }
        return entries;
    }

    @Test
    void aSyslogServerGetsEachEntryWithItsLength() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept();
                        InputStream in = socket.getInputStream()) {
                    return in.readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(audit("export", "--format", "syslog", "--to", "tcp://127.0.0.1:" + server.getLocalPort()))
                    .as(err.toString())
                    .isZero();
            byte[] bytes = received.get(10, TimeUnit.SECONDS);
            int messages = 0;
            int at = 0;
            while (at < bytes.length) {
                int space = at;
                while (bytes[space] != ' ') {
                    space++;
                }
                int length = Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.US_ASCII));
                String message = new String(bytes, space + 1, length, StandardCharsets.UTF_8);
                assertThat(message)
                        .matches("<11[08]>1 \\d{4}-\\d\\d-\\d\\dT[0-9:.]{8,15}Z - opsconductor (chatbot|runner) [a-z_]+"
                                + " \\[opsconductor@32473 seq=\"\\d+\".* hash=\"sha256:[0-9a-f]{64}\"] \uFEFF.+");
                at = space + 1 + length;
                messages++;
            }
            assertThat(messages)
                    .isEqualTo(8 + new TestJournal(home.path()).entries().size());
        }
    }

    @Test
    void aSyslogServerThatIsNotThereIsNamed() {
        assertThat(audit("export", "--format", "syslog", "--to", "tcp://127.0.0.1:1"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("the syslog server tcp://127.0.0.1:1 cannot be reached: ");
        assertThat(audit("export", "--format", "syslog", "--to", "http://127.0.0.1:1"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("named as tcp://HOST:PORT or tls://HOST:PORT, not http://127.0.0.1:1");
        assertThat(audit("export", "--to", "tcp://127.0.0.1:1")).isEqualTo(2);
    }

    @Test
    void aSyslogServerThatStopsReadingIsGivenUp() throws Exception {
        try (Journal journal =
                Journal.open(home.path().resolve("chatbot/journal"), "chatbot", Clock.systemUTC(), entry -> {})) {
            // More than the buffers of both ends hold.
            for (int i = 0; i < 200; i++) {
                journal.note(new JournalRecord("note", "c1", "", "", Map.of("text", "x".repeat(100_000))));
            }
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SyslogLines lines =
                    SyslogLines.to(URI.create("tcp://127.0.0.1:" + server.getLocalPort()), Duration.ofMillis(300));
            assertThatThrownBy(() -> {
                        try (lines) {
                            new Export(HomeFiles.of(home.path(), Map.of()), Optional.empty(), Whose.ALL)
                                    .into(ExportFormat.JSONL, lines);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("the syslog server tcp://127.0.0.1:" + server.getLocalPort()
                            + " took nothing for 300 ms: the export ends in the middle; send it again");
        }
    }
}
