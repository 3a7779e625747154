package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own inventory, policy and tools, without the demo. The servers are another installation's demo. */
class OwnFilesTest {
    @TempDir
    Path demoHome;

    @TempDir
    Path home;

    @TempDir
    Path own;

    @Test
    void theUsersInventoryPolicyAndToolsAreUsedAndNoDemoIsStarted() throws IOException {
        try (Installation demo = Installation.start(demoHome)) {
            Path inventory = Files.writeString(own.resolve("inventory.yaml"), """
                    credentials:
                      key: { type: ssh-key, account: demo, private_key: { file: %1$s/id_ed25519 } }
                    known_hosts: %1$s/known_hosts
                    targets:
                      - name: app-01
                        address: 127.0.0.1
                        port: %2$s
                        platform: linux
                        environment: staging
                        groups: [apps]
                        credential: key
                    """.formatted(
                            demoHome.resolve("demo"), port(demoHome.resolve("demo/inventory.yaml"))));
            Path policy = Files.writeString(own.resolve("policy.yaml"), """
                    actors:
                      erin: { identities: ["web:erin"], roles: [operator] }
                    rules:
                      - { name: erin may look, roles: [operator], effects: [read], approval: none }
                    """);
            Path tools = Files.createDirectory(own.resolve("tools"));
            Files.writeString(tools.resolve("say_word.yaml"), """
                    name: say_word
                    description: Says a word.
                    effect: read
                    idempotent: true
                    execution: { method: ssh }
                    parameters:
                      - { name: word, description: The word, type: enum, allowed: [hello, goodbye], default: hello }
                    command_template: echo {word}
                    examples: [say a word on app-01, say goodbye on app-01, let app-01 say hello, speak a word on app-01]
                    """);
            try (Installation product = Installation.start(
                    home,
                    "--no-demo",
                    "--inventory",
                    inventory.toString(),
                    "--policy",
                    policy.toString(),
                    "--tools",
                    tools.toString())) {
                ChatApi chat = product.chat();
                String c = chat.say("erin", "say goodbye on app-01");
                JsonNode result = chat.await(c, "result");
                assertThat(result.get("status").asText()).isEqualTo("succeeded");
                assertThat(result.at("/step_results/0/stdout").asText()).isEqualTo("goodbye\n");
                assertThat(chat.await(chat.say("alice", "say goodbye on app-01"), "error")
                                .get("message")
                                .asText())
                        .contains("alice");
                assertThat(home.resolve("demo")).doesNotExist();
                assertThat(demo.handle("demo").isAlive()).isTrue();
            }
        }
    }

    private static String port(Path inventory) throws IOException {
        try (Stream<String> lines = Files.lines(inventory)) {
            return lines.filter(line -> line.contains("port:"))
                    .map(line -> line.replaceAll(".*port: *([0-9]+).*", "$1"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
