package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.model.Act;
import io.opsconductor.counterpart.model.Asked;
import io.opsconductor.counterpart.model.OllamaCounterpart;
import io.opsconductor.counterpart.model.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say to one another in a thread where the bot takes part is heard there, and never handed to a model. */
class OverheardTest {
    @Test
    void whatWasNotSaidToTheBotNeverReachesTheModel(@TempDir Path home) {
        Script script = new Script().always(any -> new Act.Says("{\"kind\": \"other\", \"requests\": []}"));
        try (OllamaCounterpart ollama = OllamaCounterpart.start(script, "scripted");
                InSlack slack = InSlack.start(
                        home,
                        InSlack.Transport.HTTP,
                        List.of("alice", "bob", "carol"),
                        Map.of(
                                "OPSCONDUCTOR_CHATBOT_MODEL_NAME", "scripted",
                                "OPSCONDUCTOR_CHATBOT_MODEL_URL", ollama.url().toString(),
                                "OPSCONDUCTOR_CHATBOT_MODEL_ASK", "always"))) {
            SlackThread thread = SlackThread.ask(slack, "alice", "check disk space on web-server-01");
            thread.awaitCard();

            for (String said : List.of(
                    "the customer's code word is marmalade",
                    "is there still elbow room for the marmalade pictures on web-server-01",
                    "could marmalade be what fills the disk of web-server-01?",
                    "show me the marmalade")) {
                slack.person("bob").repliesTo(thread.asked(), said);
            }
            // Messages of one thread are worked off in order: once this one is answered, the others have been heard.
            slack.person("alice")
                    .repliesTo(thread.asked(), slack.bot().bot().mention() + " is there elbow room for photographs");

            thread.await("answer", message -> !SlackThread.has(message, "ops_approve"));
            assertThat(bodies(script)).anyMatch(body -> body.contains("photographs"));
            assertThat(bodies(script)).noneMatch(body -> body.contains("marmalade"));
        }
    }

    private static List<String> bodies(Script script) {
        return script.asked().stream().map(Asked::body).map(ChatApi::write).toList();
    }
}
