package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.opsconductor.counterpart.OfficialClients;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The official JavaScript clients call the counterparts. Where they differ, the counterpart is wrong. */
final class OfficialClientsTest {
    private final AtomicInteger busyOnce = new AtomicInteger();

    @Test
    void theOfficialClientsFindTheirServersHere() throws Exception {
        Script script = new Script().always(this::asTold);
        try (OllamaCounterpart ollama = OllamaCounterpart.start(script, "scripted");
                OpenAiCounterpart openAi = OpenAiCounterpart.start(script, "s3cret", "scripted");
                AnthropicCounterpart anthropic = AnthropicCounterpart.start(script, "s3cret", "scripted")) {
            new OfficialClients("js-models")
                    .pass(
                            Map.of(
                                    "OLLAMA_COUNTERPART", ollama.url().toString(),
                                    "OPENAI_COUNTERPART", openAi.url().toString(),
                                    "ANTHROPIC_COUNTERPART", anthropic.url().toString()),
                            "ollama.test.mjs",
                            "openai.test.mjs",
                            "anthropic.test.mjs");
        }
    }

    /** The tests say in the message what should happen. */
    private Act asTold(Asked asked) {
        String told = asked.last();
        if (told.startsWith("say: ")) {
            return new Act.Says(told.substring("say: ".length()));
        }
        return switch (told) {
            case "schema" -> new Act.Says(asked.schema().toString());
            case "call a tool" ->
                new Act.CallsTool("shell", JsonNodeFactory.instance.objectNode().put("command", "ls"));
            case "fail" -> new Act.Fails(503, "server busy");
            case "busy" -> new Act.Fails(429, "slow down", Duration.ofSeconds(1));
            case "busy once" ->
                busyOnce.getAndIncrement() == 0
                        ? new Act.Fails(429, "slow down", Duration.ofSeconds(1))
                        : new Act.Says("now");
            case "forget the end" -> new Act.ForgetsTheEnd("half of it");
            case "break off" -> new Act.BreaksOff("half of it");
            case "drip" -> new Act.Drips("a rather long answer that takes its time", Duration.ofMillis(300));
            default -> new Act.Says("?");
        };
    }
}
