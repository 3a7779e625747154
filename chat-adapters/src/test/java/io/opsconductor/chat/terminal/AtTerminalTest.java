package io.opsconductor.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.counterpart.Counterpart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At a terminal, where somebody types. */
class AtTerminalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the client writes, to be waited for. */
    private static final class Shown extends ByteArrayOutputStream {
        private int seen;

        @Override
        public synchronized void write(int b) {
            super.write(b);
            notifyAll();
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }

        /** Waits until a text is shown that was not waited for before. */
        synchronized void awaits(String text) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            int at = text().indexOf(text, seen);
            while (at < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("'%s' in:%n%s", text, text()).isPositive();
                wait(left);
                at = text().indexOf(text, seen);
            }
            seen = at + text.length();
        }

        synchronized String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private final Shown shown = new Shown();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final Counterpart counterpart = Counterpart.start();
    private final Terminal terminal = terminal();

    private Terminal terminal() {
        try {
            return TerminalBuilder.builder()
                    .streams(new PipedInputStream(keyboard), shown)
                    .provider("ffm")
                    .system(false)
                    .type("ansi")
                    .size(Size.of(200, 50))
                    .encoding(StandardCharsets.UTF_8)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        counterpart.close();
        terminal.close();
    }

    private CompletableFuture<Integer> chat(String... args) {
        Map<String, String> environment =
                Map.of("OPSCONDUCTOR_CHAT_URL", counterpart.uri().toString(), "USER", "alice", "NO_COLOR", "1");
        return CompletableFuture.supplyAsync(() -> ChatCommand.run(
                new ChatCommand.Surroundings(
                        terminal.writer(), new PrintWriter(new StringWriter()), environment, terminal),
                args));
    }

    private void type(String text) throws IOException {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    @Test
    void aConversationAsksShowsTheCardAndRunsWhatIsApproved() throws Exception {
        CompletableFuture<Integer> exitCode = chat();
        shown.awaits("alice> ");
        type("check disk space\r");
        shown.awaits("2) all web servers (2)");
        shown.awaits("alice> ");
        type("1\r");
        shown.awaits("df -h -x overlay");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("y\r");
        shown.awaits("Approved by alice.");
        shown.awaits("/dev/sda1        40G   31G  7.1G  82% /");
        shown.awaits("check_disk_space succeeded on web-server-01.");
        shown.awaits("alice> ");
        type("\u0004");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aRefusedApprovalIsAskedAgainAndAColleagueMayStepIn() throws Exception {
        CompletableFuture<Integer> exitCode = chat("restart nginx on all web servers");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("y\r");
        shown.awaits("alice may not approve this plan.");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("as bob\r");
        shown.awaits("Approved by bob.");
        shown.awaits("Partial: 1 of 2 succeeded.");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
    }

    @Test
    void whatElseWasMeantIsAskedForByItsNumber() throws Exception {
        CompletableFuture<Integer> exitCode = chat("disk of the web servers");
        shown.awaits("Not this? 1) tool: check_disk_space on web-server-01");
        shown.awaits("Approve? [y/N/as NAME/number] ");
        type("2\r");
        shown.awaits("a number asks for what stands beside it instead");
        shown.awaits("Approve? [y/N/as NAME/number] ");
        type("1\r");
        shown.awaits("Check disk space on web-server-01");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("y\r");
        shown.awaits("check_disk_space succeeded on web-server-01.");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void enterAloneDenies() throws Exception {
        CompletableFuture<Integer> exitCode = chat("check disk space on web-server-01");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("\r");
        shown.awaits("Denied by alice. Nothing ran.");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
    }

    @Test
    void aDenialMaySayWhy() throws Exception {
        CompletableFuture<Integer> exitCode = chat("check disk space on web-server-01");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("n, not during the sale\r");
        shown.awaits("not during the sale");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
        assertThat(counterpart.calls())
                .anyMatch(call ->
                        call.contains("\"decision\":\"deny\"") && call.contains("\"reason\":\"not during the sale\""));
    }

    @Test
    void whatDestroysIsApprovedByTypingItsCode() throws Exception {
        CompletableFuture<Integer> exitCode = chat("drop the old tables");
        shown.awaits("Cannot be undone: whoever approves it types ");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("as bob\r");
        shown.awaits("It destroys something on: db-server-01 (production), db-server-02 (production)");
        shown.awaits(" to approve: ");
        type("000-000\r");
        shown.awaits("what was typed is not the code of this plan");
        shown.awaits("Approve? [y/N/as NAME] ");
        String code = shown.text().replaceAll("(?s).*whoever approves it types (\\S+)\\..*", "$1");
        type("as bob\r");
        shown.awaits(" to approve: ");
        type(code + "\r");
        shown.awaits("Approved by bob. One more approval is needed.");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("\u0003");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
    }

    @Test
    void aPlanThatChangedIsShownAsItIsNow() throws Exception {
        CompletableFuture<Integer> exitCode = chat("tail the changed log");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("as bob\r");
        shown.awaits("fresh shows the plan as it would run now.");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("fresh\r");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("as bob\r");
        shown.awaits("1 of 2 succeeded.");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
    }

    @Test
    void controlCAtTheQuestionLeavesThePlanWaiting() throws Exception {
        CompletableFuture<Integer> exitCode = chat("check disk space on web-server-01");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("\u0003");
        shown.awaits("The plan stays waiting: " + counterpart.uri() + "/#c1");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
        assertThat(counterpart.calls()).noneMatch(call -> call.contains("/chat/approvals/"));
    }

    @Test
    void controlCCancelsWhatRuns() throws Exception {
        CompletableFuture<Integer> exitCode = chat("--approve", "follow the log");
        shown.awaits("web-server-02 | GET /health 200 30");
        terminal.raise(Terminal.Signal.INT);
        shown.awaits("Cancelling…");
        shown.awaits("Cancelled: Cancelled; what was running was ended.");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
    }

    @Test
    void aLostConnectionIsResumedWhereItWas() throws Exception {
        CompletableFuture<Integer> exitCode = chat("--approve", "follow the log");
        shown.awaits("web-server-02 | GET /health 200 30");
        counterpart.goAway();
        counterpart.comeBack();
        counterpart.say("c1", "Still here.");
        shown.awaits("Still here.");
        terminal.raise(Terminal.Signal.INT);
        shown.awaits("Cancelled: Cancelled; what was running was ended.");
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isOne();
        assertThat(shown.text()).containsOnlyOnce("web-server-01 | GET /health 200 30");
    }

    @Test
    void aColleagueSeesAndApprovesThePlanOfAConversationThatIsOpenedLater() throws Exception {
        CompletableFuture<Integer> first = chat("restart nginx on all web servers");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("\u0003");
        assertThat(first.get(20, TimeUnit.SECONDS)).isOne();
        CompletableFuture<Integer> second = chat("--user", "bob", "--conversation", "c1");
        shown.awaits("alice: restart nginx on all web servers");
        shown.awaits("Approve? [y/N/as NAME] ");
        type("y\r");
        shown.awaits("Partial: 1 of 2 succeeded.");
        shown.awaits("bob> ");
        type("\u0004");
        assertThat(second.get(20, TimeUnit.SECONDS)).isZero();
    }
}
