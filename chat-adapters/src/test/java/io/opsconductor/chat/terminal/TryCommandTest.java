package io.opsconductor.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.counterpart.Counterpart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TryCommandTest {
    private final Counterpart counterpart = Counterpart.start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        counterpart.close();
    }

    private int tryIt(String... args) {
        Map<String, String> environment =
                Map.of("OPSCONDUCTOR_CHAT_URL", counterpart.uri().toString(), "USER", "root");
        return TryCommand.run(
                new ChatCommand.Surroundings(new PrintWriter(out), new PrintWriter(err), environment, null), args);
    }

    @Test
    void itAsksTheChatForJustThisToolWithJustTheseValues() {
        tryIt("tail_log", "path=/srv/my \"log\" on x", "lines=20", "--target", "web-server-01,web-server-02");
        assertThat(counterpart.calls())
                .anyMatch(call -> call.startsWith("/chat/messages ")
                        && call.contains("\"text\":\"tool: tail_log path=\\\"/srv/my \\\\\\\"log\\\\\\\" on x\\\""
                                + " lines=\\\"20\\\" on web-server-01, web-server-02\"")
                        && call.contains("\"user\":\"alice\""));
    }

    @Test
    void itIsShownAndLeftWaitingUnlessSomebodyApproves() {
        assertThat(tryIt("check_disk_space", "--target", "web-server-01")).isOne();
        assertThat(out.toString()).contains("df -h -x overlay", "the plan waits for approval");
        assertThat(counterpart.calls()).noneMatch(call -> call.contains("/chat/approvals/"));
        assertThat(tryIt("check_disk_space", "--target", "web-server-01", "--user", "alice", "--approve"))
                .isZero();
        assertThat(out.toString()).contains("Approved by alice.", "succeeded on web-server-01");
    }

    @Test
    void whatIsNoValueNameOrTargetIsWrongUsage() {
        assertThat(tryIt()).isEqualTo(2);
        assertThat(tryIt("check disk")).isEqualTo(2);
        assertThat(tryIt("tail_log", "/var/log")).isEqualTo(2);
        assertThat(tryIt("tail_log", "--target", "a b")).isEqualTo(2);
        assertThat(err.toString()).contains("expected KEY=VALUE, found \"/var/log\"", "\"a b\" is no target's name");
        assertThat(counterpart.calls()).isEmpty();
    }
}
