package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.counterpart.protocol.RecordedProtocol;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.Protocol;
import io.opsconductor.runner.TestCaller.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A chatbot of the version before, as it was recorded, at this runner; and chatbots of other versions. */
@TestInstance(Lifecycle.PER_CLASS)
class ProtocolTest {
    private static final RecordedProtocol BEFORE = new RecordedProtocol(Protocol.BEFORE);

    private final Map<String, String> values = new HashMap<>();
    private Runner runner;
    private TestCaller chatbot;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        TestHome home = TestHome.make(directory.resolve("home"));
        Files.writeString(home.path().resolve("inventory.yaml"), """
                targets:
                  - name: web-01
                    address: 192.0.2.1
                    environment: production
                    groups: [web]
                    labels: { role: frontend }
                """);
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
        values.put("file", directory.resolve("noted").toString());
    }

    @AfterAll
    void stop() {
        chatbot.close();
        runner.close();
    }

    private Answer post(String path, String name) {
        return chatbot.postText(path, BEFORE.body(name + ".request.json", values));
    }

    /** Whoever read strictly in that version can read the answer: it has the fields that it had, and no others. */
    private static void isAsRecorded(Answer answer, int status, String name) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue(Protocol.HEADER)).contains("1");
        assertThat(RecordedProtocol.fields(answer.body()))
                .as(name)
                .isEqualTo(RecordedProtocol.fields(Json.tree(BEFORE.body(name + ".answer.json"))));
    }

    @Test
    void aChatbotOfTheVersionBeforeHasAPlanPreviewedApprovedAndRun() {
        isAsRecorded(chatbot.get("/tools"), 200, "tools");
        isAsRecorded(chatbot.get("/targets"), 200, "targets");
        isAsRecorded(post("/rights", "rights"), 200, "rights");
        isAsRecorded(post("/policy/explain", "policy-explain"), 200, "policy-explain");
        Answer previewed = post("/plans/preview", "plans-preview");
        isAsRecorded(previewed, 200, "plans-preview");
        PreviewAnswer preview = previewed.as(PreviewAnswer.class);
        Attestation approval = chatbot.approval(preview, "web:bob");
        String execution = TestCaller.newId();
        values.putAll(Map.of(
                "digest", preview.digest(),
                "time", approval.statement().time().toString(),
                "nonce", approval.statement().nonce(),
                "key_id", approval.keyId(),
                "signature", approval.signature(),
                "execution", execution));
        isAsRecorded(post("/decisions/check", "decisions-check-none"), 200, "decisions-check-none");
        isAsRecorded(post("/decisions/check", "decisions-check"), 200, "decisions-check");
        isAsRecorded(post("/execute-plan", "execute-plan"), 200, "execute-plan");
        isAsRecorded(chatbot.get("/executions/" + execution), 200, "execute-plan");
        isAsRecorded(chatbot.get("/executions"), 200, "executions");
        isAsRecorded(post("/executions/" + execution + "/cancel", "cancel"), 409, "refusal");
        assertThat(fields(chatbot.stream("/executions/" + execution + "/events?after=0")
                        .filter(line -> line.startsWith("data: "))
                        .map(line -> line.substring("data: ".length()))
                        .toList()))
                .isEqualTo(fields(BEFORE.body("events.answer.jsonl").lines().toList()));
    }

    private static Set<String> fields(List<String> events) {
        Set<String> fields = new TreeSet<>();
        for (String event : events) {
            JsonNode tree = Json.tree(event);
            String type = tree.get("type").asText();
            RecordedProtocol.fields(tree).forEach(field -> fields.add(type + " " + field));
        }
        return fields;
    }

    private Answer in(String version) {
        return chatbot.get("/tools", Protocol.HEADER, version);
    }

    @Test
    void aCallIsAnsweredInItsVersion() {
        for (String version : List.of("1", "2")) {
            assertThat(in(version).status()).isEqualTo(200);
            assertThat(in(version).response().headers().firstValue(Protocol.HEADER))
                    .contains(version);
        }
    }

    @Test
    void aVersionThatIsNotSpokenIsRefusedWithWhatToUpgrade() {
        Answer newer = in("3");
        assertThat(newer.status()).isEqualTo(400);
        assertThat(newer.code()).isEqualTo("protocol_too_new");
        assertThat(newer.message())
                .isEqualTo("the call is in version 3 of the protocol, and this runner speaks 1 and 2");
        assertThat(newer.body().path("error").path("hint").asText()).isEqualTo("upgrade the runner");
        assertThat(newer.response().headers().firstValue(Protocol.HEADER)).contains("2");
        for (String none : List.of("0", "-1", "two", "1.0", "9999999")) {
            assertThat(in(none).status()).as(none).isEqualTo(400);
            assertThat(in(none).code()).as(none).isEqualTo("invalid_protocol");
        }
    }
}
