package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.runner.Runner;
import io.opsconductor.runner.keys.KeyRotation;
import io.opsconductor.runner.keys.Newcomer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key and certificate of a chatbot and a runner is replaced while people ask and approve. */
class KeysUnderTrafficTest {
    @TempDir
    private Path directory;

    private Path home;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger executed = new AtomicInteger();

    @BeforeEach
    void makeKeys() {
        home = directory.resolve("home");
        RunningChatbot.keys(home);
    }

    @Test
    void nothingIsRefusedWhileEverythingIsReplaced() throws Exception {
        try (Runner runner = RealRunner.start(home);
                RunningChatbot chatbot = RunningChatbot.at(home, URI.create("https://127.0.0.1:" + runner.apiPort()))) {
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> traffic = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                traffic.add(Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        askedAndApproved(chatbot.caller());
                    }
                }));
            }
            replaceEverything(runner);
            over.set(true);
            for (Thread thread : traffic) {
                thread.join();
            }
        }
        assertThat(refused).isEmpty();
    }

    private void replaceEverything(Runner runner) throws Exception {
        String server = fingerprint("runner");
        String client = fingerprint("chatbot");
        String authority = fingerprint("ca");
        String approvals = approvalKey();
        afterOthers();

        rotation().signing(Duration.ofHours(1));
        afterOthers();
        rotation().audit("chatbot");
        rotation().audit("runner");
        afterOthers();

        rotation().authority();
        Newcomer newcomer = new Newcomer(home, directory.resolve("newcomer"), runner.apiPort());
        await(newcomer::isLetIn);
        rotation().certificates();
        await(() -> newcomer.served().equals(fingerprint("runner")));
        afterOthers();
        rotation().revoke(client, "followed by another one", false);
        rotation().revoke(authority, "followed by another one", false);
        afterOthers();
        assertThat(List.of(fingerprint("runner"), fingerprint("chatbot"), fingerprint("ca"), approvalKey()))
                .doesNotContain(server, client, authority, approvals);
    }

    private void askedAndApproved(Caller chat) {
        try {
            String conversation = chat.say("alice", "check the clock");
            JsonNode plan = chat.await(conversation, "plan");
            Caller.Answer decided = chat.decide(plan, "alice", "approve");
            if (decided.status() != 200) {
                refused.add(decided.toString());
                return;
            }
            JsonNode result = chat.await(conversation, "result");
            if (!result.get("status").asText().equals("succeeded")) {
                refused.add(result.toString());
            }
            executed.incrementAndGet();
        } catch (RuntimeException | AssertionError e) {
            refused.add(e.toString());
        }
    }

    /** Once so many more executions have ended that one of them began after this. */
    private void afterOthers() {
        int enough = executed.get() + 3;
        await(() -> executed.get() >= enough || !refused.isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for half a minute").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private KeyRotation rotation() {
        return new KeyRotation(home, InstantSource.system());
    }

    private String approvalKey() {
        return PublicKeyFile.read(home.resolve("keys/chatbot.pub")).id();
    }

    private String fingerprint(String name) {
        return Fingerprint.of(
                Pem.certificates(home.resolve("tls/" + name + ".crt")).getFirst());
    }
}
