package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.counterpart.teams.TeamsPerson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real chatbot process, killed between what it stored and what it was about to send. */
final class TeamsCrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final TeamsCounterpart teams =
            TeamsCounterpart.start(Registration.withSecret(TeamsHome.APPLICATION, TeamsHome.TENANT, "s3cret"));

    @Test
    void whatWasAcknowledgedIsPostedOnceAfterAKillAlsoWhenItIsDeliveredAgain() throws Exception {
        RunningChatbot.keys(home);
        Files.createDirectories(home.resolve("teams"));
        Files.writeString(home.resolve("teams/secret"), "s3cret\n");
        int port = FreePort.find();
        TeamsPerson alice = new TeamsPerson(
                teams,
                URI.create("http://127.0.0.1:" + port + "/api/messages"),
                new Conversation.Member("29:alice", "object-alice", "alice", TeamsHome.TENANT, "user"));
        Conversation channel = teams.conversation("19:ops@thread.tacv2", Conversation.Kind.CHANNEL, TeamsHome.TENANT);
        alice.joins(channel);
        try (ScriptedRunner runner = ScriptedRunner.start(home)) {
            ObjectNode asked = alice.mentioning(channel, "restart nginx on web-server-01");
            Process first = started(port, runner);
            try {
                // Teams takes nothing for an hour: the card stays in the store.
                teams.throttle(1_000_000, 3_600);
                assertThat(alice.deliver(asked).status()).isEqualTo(200);
                until(() -> teams.throttled() > 0);
                assertThat(alice.deliver(alice.mentioning(channel, "help")).status())
                        .isEqualTo(200);
            } finally {
                first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            assertThat(channel.posts()).isEmpty();
            teams.throttle(0, 0);
            Process second = started(port, runner);
            try {
                assertThat(alice.deliver(asked).status()).isEqualTo(200);
                await(channel, post -> post.card().toString().contains("restart_service"));
                await(channel, post -> post.card().toString().contains("I can run these tools"));
                // What is asked next in the thread is answered after whatever a second taking would have said.
                ObjectNode next = alice.mentioning(channel, "help");
                next.set("conversation", asked.path("conversation"));
                alice.deliver(next);
                await(
                        channel,
                        post -> post.conversation()
                                        .equals(asked.path("conversation")
                                                .path("id")
                                                .asText())
                                && post.card().toString().contains("I can run these tools"));
                assertThat(channel.posts())
                        .filteredOn(post -> post.card().toString().contains("restart_service"))
                        .hasSize(1);
                assertThat(channel.posts())
                        .filteredOn(post -> post.card().toString().contains("I can run these tools"))
                        .hasSize(2);
            } finally {
                second.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            teams.close();
        }
    }

    private Process started(int port, ScriptedRunner runner) throws IOException {
        ProcessBuilder java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.opsconductor.chat.Main"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
        java.environment().putAll(TeamsHome.settings(teams));
        java.environment().put("OPSCONDUCTOR_HOME", home.toString());
        java.environment().put("OPSCONDUCTOR_CHATBOT_PORT", Integer.toString(port));
        java.environment().put("OPSCONDUCTOR_CHATBOT_RUNNER_URL", runner.uri().toString());
        java.environment().put("OPSCONDUCTOR_CHATBOT_RUNNER_CATALOGUE_INTERVAL", "1s");
        Process process = java.start();
        until(() -> isHealthy(port));
        return process;
    }

    private static boolean isHealthy(int port) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void await(Conversation conversation, Predicate<Posted> wanted) {
        until(() -> conversation.posts().stream().anyMatch(wanted));
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
