package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.StepOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnsibleReloadTest {
    @TempDir
    private Path directory;

    @Test
    void changedFilesOfVariablesCountWhileWorkRunsOnAndAMistakeLeavesTheLastGoodState() throws IOException {
        TestHome home = TestHome.make(directory.resolve("home"));
        write("hosts", "[web]\nweb-01 ansible_user=a\n");
        Files.writeString(home.path().resolve("inventory.yaml"), "ansible: [{ include: ../hosts }]\n");
        try (Runner runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            PlainPage pages = new PlainPage(runner.healthPort());
            ExecuteRequest request = chatbot.approved(
                    plan(step("hold", Map.of("file", directory.resolve("held").toString()))), "web:alice", "web:bob");
            try (Stream<String> lines = chatbot.executeStreaming(request)) {
                Iterator<String> each = lines.iterator();
                await(each, "\"text\":\"begun");

                write("host_vars/web-01/main.yml", "ansible_user: [\n");
                assertThat(chatbot.get("/targets").body().toString()).contains("\"web-01\"");
                assertThat(pages.get("/health").body())
                        .contains("\"status\":\"UP\"", "1 targets as last read well; now 1 problem: ")
                        .contains(directory.resolve("host_vars/web-01/main.yml") + ":");

                write("host_vars/web-01/main.yml", "ansible_user: b\n");
                write("hosts", "[web]\nweb-01 ansible_user=a\n[db]\ndb-[1:2] ansible_user=c\n");
                assertThat(chatbot.get("/targets").body().toString()).contains("\"web-01\"", "\"db-1\"", "\"db-2\"");
                assertThat(pages.get("/health").body()).contains("3 targets").doesNotContain("as last read well");

                assertThat(pages.get("/metrics").body()).contains("opsconductor_executions_running 1.0");
                chatbot.post("/executions/" + request.executionId() + "/cancel", Map.of("actor_id", "web:bob"));
                await(each, "\"type\":\"finished\"");
            }
        }
    }

    @Test
    void aCommandOnATargetThatLeavesTheInventoryMeanwhileEndsWell() throws Exception {
        try (Fleet fleet = Fleet.start(directory)) {
            Path hosts = fleet.home().path().resolve("hosts");
            String variables = " ansible_port=%d ansible_user=%s ansible_ssh_private_key_file=%s/user_ed25519\n"
                    .formatted(
                            fleet.sshd().port(),
                            System.getProperty("user.name"),
                            fleet.sshd().folder());
            String stays = "web-02 ansible_host=127.0.0.2" + variables;
            Files.writeString(hosts, "web-01 ansible_host=127.0.0.1" + variables + stays);
            Files.writeString(
                    fleet.home().path().resolve("inventory.yaml"),
                    "known_hosts: known_hosts\nansible: [{ include: hosts, platform: linux }]\n");
            fleet.hold("first", "web-01");
            ExecuteRequest request =
                    fleet.approved(plan(fleet.step("change", "first", Fleet.machines(1), StepOptions.USUAL)));
            try (Fleet.Watched watched = fleet.watch(request)) {
                watched.until("first begins web-01");

                Files.writeString(hosts, stays);
                assertThat(fleet.chatbot().get("/targets").body().toString())
                        .contains("\"web-02\"")
                        .doesNotContain("\"web-01\"");
                fleet.letGo("first", "web-01");
                watched.rest();
            }
            assertThat(Fleet.results(fleet.answer(request))).containsExactly("0 web-01 succeeded");
            assertThat(fleet.log()).containsExactly("first begins web-01", "first ends web-01");
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void await(Iterator<String> lines, String part) {
        while (lines.hasNext()) {
            if (lines.next().contains(part)) {
                return;
            }
        }
        throw new AssertionError("the stream ended without " + part);
    }
}
