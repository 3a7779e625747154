package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.counterpart.store.PostgreSqlServer;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two chatbots with homes of their own on one database: one has it, the other one stands by. */
@Timeout(90)
class StandbyTest {
    @TempDir
    private Path directory;

    private final PostgreSqlServer.Place place = PostgreSqlServer.shared().place();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Path one = Path.of("");
    private Path two = Path.of("");

    @BeforeEach
    void homes() throws IOException {
        one = directory.resolve("one");
        two = directory.resolve("two");
        RunningChatbot.keys(one);
        for (String keys : List.of("tls", "keys")) {
            try (Stream<Path> files = Files.walk(one.resolve(keys))) {
                for (Path file : files.toList()) {
                    Path copy = two.resolve(one.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private ChatbotSettings settings(Path home, ScriptedRunner runner, int port, String lease) {
        Map<String, String> environment = new HashMap<>(place.settings("chatbot"));
        environment.putAll(Map.of(
                "OPSCONDUCTOR_HOME",
                home.toString(),
                "OPSCONDUCTOR_CHATBOT_PORT",
                Integer.toString(port),
                "OPSCONDUCTOR_CHATBOT_STORE_STANDBY",
                "true",
                "OPSCONDUCTOR_CHATBOT_INSTANCE_LEASE",
                lease,
                "OPSCONDUCTOR_CHATBOT_RUNNER_CATALOGUE_INTERVAL",
                "1s",
                "OPSCONDUCTOR_CHATBOT_RUNNER_URL",
                runner.uri().toString()));
        return ChatbotSettings.read(environment);
    }

    private Chatbot start(Path home, ScriptedRunner runner, int port, String lease) {
        return Main.start(settings(home, runner, port, lease), Clock.systemUTC());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean standsBy(Caller caller) {
        try {
            return caller.get("/health").body().toString().contains("standby");
        } catch (AssertionError e) {
            // Nothing listens there yet.
            return false;
        }
    }

    /** Nobody hears of the one that has the store any more. */
    private void silence() {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update store_owner set lease_until_ms = 1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoStandsByGoesOnWhereASilentOneWasAndThatOneDoesNothingMore() throws Exception {
        int port = FreePort.find();
        try (ScriptedRunner runner = ScriptedRunner.start(one);
                Chatbot first = start(one, runner, 0, "20s");
                Caller before = new Caller(first.port());
                Caller after = new Caller(port)) {
            String running = before.say("alice", "check disk space on web-server-01");
            before.decide(before.await(running, "plan"), "bob", "approve");
            ScriptedExecution execution = runner.arrived();
            execution.started("web-server-01");
            String waiting = before.say("alice", "check disk space on web-server-02");
            JsonNode card = before.await(waiting, "plan");

            Future<Chatbot> second = threads.submit(() -> start(two, runner, port, "20s"));
            await(() -> standsBy(after));
            assertThat(after.get("/health").status()).isEqualTo(503);
            assertThat(after.get("/health").body().path("live").asBoolean()).isTrue();
            assertThat(after.get("/health/live").status()).isEqualTo(200);
            assertThat(before.get("/health").status()).isEqualTo(200);

            await(() -> {
                silence();
                return second.isDone();
            });
            try (Chatbot next = second.get()) {
                execution.ended(ExecutionStatus.SUCCEEDED, "It succeeded.");
                assertThat(after.await(running, "result").path("status").asText())
                        .isEqualTo("succeeded");
                assertThat(after.decide(card, "bob", "approve").status()).isEqualTo(200);
                runner.arrived().ended(ExecutionStatus.SUCCEEDED, "It succeeded.");
                after.await(waiting, "result");
                assertThat(runner.executions()).isEqualTo(2);

                assertThat(before.post("/chat/messages", Map.of("user", "alice", "text", "check disk space"))
                                .status())
                        .isGreaterThanOrEqualTo(500);
                first.awaitReplaced();
                assertThat(before.get("/health").body().toString()).contains("was taken by another process");
                for (String conversation : List.of(running, waiting)) {
                    assertThat(after.events(conversation, "result")).hasSize(1);
                    assertThat(after.events(conversation, "plan")).hasSize(1);
                    assertThat(after.events(conversation, "decision")).hasSize(1);
                }
                assertThat(next.port()).isEqualTo(port);
            }
        }
        for (Path home : List.of(one, two)) {
            assertThat(Verification.of(HomeFiles.of(home, place.settings("chatbot")), List.of("chatbot"))
                            .defects())
                    .as(home.toString())
                    .isEmpty();
        }
    }

    @Test
    void whoEndsInOrderIsFollowedAtOnceAndMayComeBack() throws Exception {
        int port = FreePort.find();
        try (ScriptedRunner runner = ScriptedRunner.start(one);
                Caller after = new Caller(port)) {
            Chatbot first = start(one, runner, 0, "5m");
            Future<Chatbot> second = threads.submit(() -> start(two, runner, port, "5m"));
            await(() -> standsBy(after));
            first.close();
            Chatbot next = second.get();
            String conversation = after.say("alice", "check disk space on web-server-01");
            JsonNode card = after.await(conversation, "plan");
            next.close();
            try (Chatbot again = start(one, runner, 0, "5m");
                    Caller caller = new Caller(again.port())) {
                assertThat(caller.decide(card, "bob", "approve").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aFileIsNothingToStandByFor() {
        assertThatThrownBy(() -> ChatbotSettings.read(
                        Map.of("OPSCONDUCTOR_HOME", one.toString(), "OPSCONDUCTOR_CHATBOT_STORE_STANDBY", "true")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("store.standby is true, and the store is a file, for which nobody can stand by");
    }
}
