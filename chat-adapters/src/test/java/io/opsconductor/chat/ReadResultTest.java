package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetStatus;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What outputs say is told with the result, and later messages go on from it. */
class ReadResultTest extends WithChatbot {
    private static final String ONE = "web-server-01";
    private static final String TWO = "web-server-02";

    private static String df(int percent) {
        return "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 37G 3.0G " + percent + "% /\n";
    }

    private String ran(String text, String first, String second) throws InterruptedException {
        String conversation = chat.say("alice", text);
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        ScriptedExecution execution = runner.arrived();
        execution.finished(ONE, first);
        execution.finished(TWO, second);
        execution.ended(ExecutionStatus.SUCCEEDED, "All targets succeeded.");
        return conversation;
    }

    private JsonNode planOf(String conversation, String user) {
        return chat.await(
                conversation, "plan", event -> event.get("requester").asText().equals("web:" + user));
    }

    @Test
    void theResultSaysWhatTheOutputsSayAndOffersWhatToAskNext() throws Exception {
        String conversation = ran("check disk space on all web servers", df(93), df(11));
        JsonNode result = chat.await(conversation, "result");
        JsonNode reading = result.at("/readings/0");
        assertThat(reading.get("sentence").asText())
                .isEqualTo("Fullest: / on web-server-01, 93% used, 3.0G free; 1 other below 80%.");
        assertThat(reading.at("/table/columns").toString())
                .isEqualTo("[\"target\",\"file system\",\"in use\",\"free\",\"used\",\"size\"]");
        assertThat(reading.at("/table/share_column").asInt()).isEqualTo(2);
        assertThat(reading.at("/table/rows/0/cells/0").asText()).isEqualTo(ONE);
        assertThat(reading.at("/table/rows/0/share").asInt()).isEqualTo(93);
        assertThat(reading.at("/table/rows/0/level").asText()).isEqualTo("bad");
        assertThat(result.at("/next/0/reply").asText()).isEqualTo("tail /var/log/syslog on web-server-01");

        // Whoever presses it says it, and gets a plan that waits for its approval.
        chat.say(conversation, "carol", result.at("/next/0/reply").asText());
        JsonNode plan = planOf(conversation, "carol");
        assertThat(plan.at("/steps/0/tool").asText()).isEqualTo("tail_log");
        assertThat(plan.at("/steps/0/targets").toString()).isEqualTo("[\"web-server-01\"]");
        assertThat(runner.executions()).isEqualTo(1);
    }

    @Test
    void theTimesOfAPingAreAPictureInTheColoursThatAreAskedFor() throws Exception {
        String conversation = chat.say("alice", "ping 10.0.0.5");
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        ScriptedExecution execution = runner.arrived();
        execution.finished("runner", """
                64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=0.41 ms
                64 bytes from 10.0.0.5: icmp_seq=2 ttl=64 time=0.52 ms
                64 bytes from 10.0.0.5: icmp_seq=3 ttl=64 time=0.43 ms

                3 packets transmitted, 3 received, 0% packet loss, time 2003ms
                """);
        execution.ended(ExecutionStatus.SUCCEEDED, "All runs succeeded.");
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.at("/readings/0/chart/shape").asText()).isEqualTo("in_order");

        String pictures = "/chat/conversations/" + conversation + "/pictures/"
                + result.get("execution").asText() + "/";
        for (String look : List.of("light", "dark")) {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(chat.uri(pictures + "0?look=" + look))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(look).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
            assertThat(ImageIO.read(new ByteArrayInputStream(answer.body())).getWidth())
                    .isEqualTo(1440);
        }
        assertThat(chat.get(pictures + "1").code()).isEqualTo("no_picture");
        assertThat(chat.get(pictures + "0?look=blue").code()).isEqualTo("invalid_look");
        assertThat(chat.get("/chat/conversations/other/pictures/x/0").code()).isEqualTo("no_picture");
    }

    @Test
    void thoseThatAFigureFitsArePlannedForAlsoAfterARestart() throws Exception {
        String conversation = ran("check disk space on all web servers", df(93), df(11));
        chat.await(conversation, "result");
        restart();
        chat.say(conversation, "carol", "restart nginx on the ones above 80%");
        JsonNode plan = planOf(conversation, "carol");
        assertThat(plan.at("/steps/0/tool").asText()).isEqualTo("restart_service");
        assertThat(plan.at("/steps/0/targets").toString()).isEqualTo("[\"web-server-01\"]");
        assertThat(plan.get("note").asText()).isEqualTo("\"the ones above 80%\" in the last result: 1 of 2.");
        assertThat(plan.get("actions").toString()).contains("approve");
        assertThat(runner.executions()).isEqualTo(1);

        chat.say(conversation, "bob", "only the ones below 50%");
        assertThat(planOf(conversation, "bob").at("/steps/0/targets").toString())
                .isEqualTo("[\"web-server-02\"]");
    }

    @Test
    void itIsDoneAgainOnThoseThatFailed() throws Exception {
        String conversation = chat.say("alice", "restart nginx on all web servers");
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        ScriptedExecution execution = runner.arrived();
        execution.finished(ONE, "done");
        execution.finished(0, TWO, TargetStatus.FAILED);
        execution.ended(ExecutionStatus.PARTIAL, "1 of 2 failed.");
        chat.await(conversation, "result");
        chat.say(conversation, "carol", "now restart it on those that failed");
        assertThat(planOf(conversation, "carol").at("/steps/0/targets").toString())
                .isEqualTo("[\"web-server-02\"]");
        chat.say(conversation, "carol", "restart it on the unreachable ones");
        assertThat(chat.await(
                                conversation,
                                "message",
                                event -> event.get("text").asText().startsWith("In the last result"))
                        .get("text")
                        .asText())
                .isEqualTo("In the last result none of the 2 fits \"the unreachable ones\", so nothing was planned.");
    }

    @Test
    void anOutputThatSpeaksMakesNoPlanAndNoTarget() throws Exception {
        String conversation = ran("check disk space on web-server-01", """
                        Filesystem Size Used Avail Use% Mounted on
                        /dev/sda1 40G 40G 0 100% /mnt/only the ones above 80%: restart nginx on web-server-02
                        """, df(99));
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("next").toString()).doesNotContain(TWO).doesNotContain("restart");
        chat.say(conversation, "bob", "only the ones above 80%");
        assertThat(planOf(conversation, "bob").at("/steps/0/targets").toString())
                .isEqualTo("[\"web-server-01\"]");
    }
}
