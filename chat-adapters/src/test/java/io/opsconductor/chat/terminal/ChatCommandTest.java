package io.opsconductor.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.counterpart.Counterpart;
import io.opsconductor.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a terminal, as in a script. */
class ChatCommandTest {
    private final Counterpart counterpart = Counterpart.start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        counterpart.close();
    }

    private int chat(String... args) {
        Map<String, String> environment =
                Map.of("OPSCONDUCTOR_CHAT_URL", counterpart.uri().toString(), "USER", "root");
        return ChatCommand.run(
                new ChatCommand.Surroundings(new PrintWriter(out), new PrintWriter(err), environment, null), args);
    }

    /** What was printed, with what differs from run to run made equal. */
    private String shown() {
        return out.toString()
                .replaceAll("sha256:[0-9a-f]{64}", "sha256:DIGEST")
                .replaceAll("\\d\\d:\\d\\d:\\d\\d\\.", "TIME.")
                .replace(counterpart.uri().toString(), "URL");
    }

    @Test
    void anApprovedPlanRunsAndItsOutputIsShownWhole() {
        assertThat(chat("--approve", "check disk space on web-server-01")).isZero();
        assertThat(shown()).isEqualTo("""
                ╭─ Check disk space on web-server-01
                │ READ only looks, changes nothing · 1 target (1 in production) · asked by alice
                │
                │ check_disk_space on web-server-01 (production) as ops
                │     df -h -x overlay
                │
                │ May be approved by alice, bob or carol. Reading on production needs one person's look, which may be the one who asked.
                │ Expires at TIME.
                ╰─ sha256:DIGEST
                Approved by alice.
                ── web-server-01 · succeeded · exit 0 · 132 ms
                Filesystem      Size  Used Avail Use% Mounted on
                /dev/sda1        40G   31G  7.1G  82% /
                tmpfs           7.8G     0  7.8G   0% /dev/shm
                /dev/sdb1       200G  118G   73G  62% /var/lib/postgresql
                check_disk_space succeeded on web-server-01.
                """);
    }

    @Test
    void whatTheOutputsSayComesFirstAndWhatToAskNextLast() {
        assertThat(chat("--approve", "disk of the web servers")).isZero();
        assertThat(shown()).contains("""
                Fullest: / on web-02, 97% used, 1.2G free; 1 other at 80% or more, 18 below.
                  target  file system                               in use             free  used  size
                  web-02  /                                            97% █████████░  1.2G   38G   40G
                """).contains("── web-01 · succeeded").endsWith("""
                All 20 succeeded.
                To go on, say one of these or its number:
                  1) show the biggest directories on web-02
                """);
    }

    @Test
    void howAPlanRunsStandsBelowItsCommand() {
        assertThat(chat("restart nginx one by one")).isOne();
        assertThat(shown()).contains("""
                │ restart_service on web-server-01 (production) as ops, web-server-02 (production) as ops
                │     systemctl restart nginx
                │   one target at a time, 30 s between, stops when one fails
                │
                """);
    }

    @Test
    void withoutAnApprovalOptionThePlanIsShownAndLeftWaiting() {
        assertThat(chat("check", "disk", "space", "on", "web-server-01")).isOne();
        assertThat(shown())
                .contains("│     df -h -x overlay\n")
                .endsWith("Nothing ran: the plan waits for approval. Approve it at URL/#c1 or ask again with --approve,"
                        + " or with --approve-as NAME for somebody who may.\n");
        assertThat(counterpart.calls()).noneMatch(call -> call.contains("/chat/approvals/"));
    }

    @Test
    void whoMayNotApproveIsToldWhoMay() {
        assertThat(chat("--approve", "restart nginx on all web servers")).isOne();
        assertThat(shown()).contains("""
                alice may not approve this plan.
                One of these people may: bob, carol.
                Choices: bob, carol
                Nothing ran: the plan waits for approval.""").endsWith(" or ask again with --approve-as NAME for somebody who may.\n");
    }

    @Test
    void aColleagueApprovesAndAFailedTargetIsTheAnswerNo() {
        assertThat(chat("--approve-as", "bob", "restart nginx on all web servers"))
                .isOne();
        assertThat(shown()).endsWith("""
                Approved by bob.
                ── web-server-01 · succeeded · exit 0 · 812 ms
                ── web-server-02 · failed · exit 1 · 1204 ms
                The command ended with exit code 1.
                Error output:
                Job for nginx.service failed because the control process exited with error code.
                See "systemctl status nginx.service" and "journalctl -xeu nginx.service" for details.
                Partial: 1 of 2 succeeded.
                """);
        assertThat(counterpart.calls().getLast())
                .startsWith("/chat/approvals/a1 {\"decision\":\"approve\",\"digest\":\"sha256:")
                .endsWith("\"user\":\"bob\"}");
    }

    @Test
    void twoPeopleApproveWhenTwoMust() {
        assertThat(chat("--approve-as=bob,carol", "restart nginx with two approvals"))
                .isOne();
        assertThat(shown()).contains("Approved by bob. One more approval is needed.\nApproved by carol.\n── ");
    }

    @Test
    void oneApprovalOfTwoLeavesThePlanWaiting() {
        assertThat(chat("--approve-as", "bob", "restart nginx with two approvals"))
                .isOne();
        assertThat(shown())
                .contains("Approved by bob. One more approval is needed.\nNothing ran: the plan waits for approval.");
    }

    @Test
    void aDeniedPlanIsTheAnswerNo() {
        assertThat(chat("--deny", "restart nginx, then check it")).isOne();
        assertThat(shown()).endsWith("Denied by alice. Nothing ran.\n");
    }

    @Test
    void anExpiredPlanSaysSo() {
        assertThat(chat("--approve", "expired")).isOne();
        assertThat(shown()).endsWith("""
                This plan has expired.
                Ask again to get a fresh one.
                The plan expired. Nothing ran.
                """);
    }

    @Test
    void aPlanWithoutTargetsSaysThatTheRunnerRunsIt() {
        assertThat(chat("look up example.com")).isOne();
        assertThat(shown()).contains("only looks, changes nothing · runs on the runner · asked by alice\n");
    }

    @Test
    void whatNeedsNoApprovalRunsAtOnce() {
        assertThat(chat("uptime of web-server-01")).isZero();
        assertThat(shown())
                .contains("│ No approval needed. Looking needs no approval.\n")
                .endsWith("""
                ── web-server-01 · succeeded · exit 0 · 41 ms
                 12:04:11 up 41 days
                uptime succeeded on web-server-01.
                """);
    }

    @Test
    void aQuestionShowsItsChoicesAndHowToAnswer() {
        assertThat(chat("check disk space")).isOne();
        assertThat(shown()).isEqualTo("""
                Which target?
                  1) web-server-01
                  2) all web servers (2)
                Answer it with: ./opsconductor chat --user alice --conversation c1 "check disk space on web-server-01"
                """);
    }

    @Test
    void goingOnInAConversationShowsOnlyWhatIsNew() {
        chat("check disk space");
        out.getBuffer().setLength(0);
        assertThat(chat("--conversation", "c1", "--approve", "check disk space on web-server-01"))
                .isZero();
        assertThat(shown()).startsWith("╭─ Check disk space on web-server-01\n");
    }

    @Test
    void anErrorShowsWhatToDoAndTheReference() {
        assertThat(chat("broken")).isOne();
        assertThat(shown()).isEqualTo("""
                Something went wrong while planning.
                Try again; if it stays, give the reference to whoever runs OpsConductor.
                Reference for the log: r-7f3a
                """);
    }

    @Test
    void anAnswerInWordsIsDone() {
        assertThat(chat("help")).isZero();
        assertThat(shown()).startsWith("I can run these tools.");
    }

    @Test
    void escapeSequencesOfTargetsNeverReachTheTerminal() {
        assertThat(chat("--approve", "hostile")).isOne();
        assertThat(shown())
                .contains(
                        "red: \\u{1B}[31mred\\u{1B}[0m\\u{202E}esrever\n", "\\u{1B}]0;owned\\u{7}bell\n", "\\u{1B}[2J")
                .matches(text -> text.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c)));
    }

    @Test
    void eventsAsJsonAreOneLineEachInPlainAscii() {
        assertThat(chat("--json", "--approve", "hostile")).isOne();
        assertThat(out.toString()
                        .lines()
                        .map(Json::tree)
                        .map(event -> event.path("type").asText()))
                .containsExactly("message", "message", "plan", "decision", "progress", "progress", "result");
        assertThat(out.toString()).matches(text -> text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)));
        JsonNode last = Json.tree(out.toString().lines().toList().getLast());
        assertThat(last.path("step_results").path(0).path("stdout").asText()).contains("\u001b[31m");
    }

    @Test
    void aUserThatTheChatDoesNotKnowIsRefused() {
        assertThat(chat("--user", "mallory", "help")).isOne();
        assertThat(shown()).isEqualTo("""
                There is no user called mallory.
                Pick one of these.
                Choices: alice, bob, carol
                """);
    }

    @Test
    void anUnknownConversationIsRefused() {
        assertThat(chat("--conversation", "c77", "help")).isOne();
        assertThat(shown()).isEqualTo("There is no conversation c77.\nStart a new conversation.\n");
    }

    @Test
    void aChatThatDoesNotAnswerCouldNotRun() {
        counterpart.goAway();
        assertThat(chat("help")).isEqualTo(3);
        assertThat(err.toString().replace(counterpart.uri().toString(), "URL")).isEqualTo("""
                chat: URL/ does not answer.
                Start it with ./opsconductor up, or name another address with --url or OPSCONDUCTOR_CHAT_URL.
                """);
    }

    @Test
    void anApprovedPlanThatCannotBeStartedEndsWithTheError() {
        assertThat(chat("--approve", "unreachable runner")).isOne();
        assertThat(shown()).endsWith("""
                Approved by alice.
                The runner does not answer, so nothing ran.
                Start it, then ask again.
                """);
    }

    @Test
    void noEndWithinTheTimeAllowedSaysWhereItGoesOn() {
        assertThat(chat("--approve", "--timeout", "1s", "follow the log")).isEqualTo(3);
        assertThat(err.toString().replace(counterpart.uri().toString(), "URL"))
                .isEqualTo("chat: no end within the time allowed.\nIt goes on without this client: URL/#c1\n");
    }

    @Test
    void wrongUsageSaysWhatIsWrong() {
        assertThat(chat("--approve", "--deny", "help")).isEqualTo(2);
        assertThat(chat()).isEqualTo(2);
        assertThat(chat("--timeout", "soon", "help")).isEqualTo(2);
        assertThat(chat("--url", "ftp://x", "help")).isEqualTo(2);
        assertThat(err.toString().replace("chat --help lists the options.\n", ""))
                .isEqualTo("""
                chat: --approve and --deny exclude each other
                chat: say what to ask for, such as: chat "check disk space on web-server-01" (a conversation needs a terminal and no --json)
                chat: Invalid value for option '--timeout': 'soon' is not a time; expected a number with s, m or h, such as 10m
                chat: ftp://x is not an address of a chat; expected something like http://localhost:3005
                """);
        assertThat(counterpart.calls()).isEmpty();
    }

    @Test
    void helpListsOptionsAndExitCodes() {
        assertThat(chat("--help")).isZero();
        assertThat(out.toString())
                .contains("--approve-as", "OPSCONDUCTOR_CHAT_URL", "Exit codes: 0 answered or succeeded");
    }
}
