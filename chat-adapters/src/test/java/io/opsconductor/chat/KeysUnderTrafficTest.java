package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.KeyFiles;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.Runner;
import io.opsconductor.runner.cli.RunnerCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every key and certificate of a chatbot and a runner is replaced and revoked, by the commands that people have for it, while
 * people ask and approve, and while somebody goes on with what was stolen before.
 */
class KeysUnderTrafficTest {
    @TempDir
    private Path directory;

    private Path home;
    private Path stolen;
    private URI address = URI.create("https://127.0.0.1");
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    /** How much each of those who ask has had executed. */
    private final List<AtomicInteger> executed = List.of(new AtomicInteger(), new AtomicInteger());

    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    /**
     * Something that a thief tried.
     *
     * @param begun when, of {@link System#nanoTime()}
     * @param answer the runner's; empty when there was none
     */
    private record Attempt(boolean signs, long begun, String answer) {
        boolean counted() {
            return answer.startsWith("200");
        }
    }

    @BeforeEach
    void makeKeys() throws IOException {
        home = directory.resolve("home");
        RunningChatbot.keys(home);
        stolen = directory.resolve("stolen");
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.toList()) {
                Path copy = stolen.resolve(home.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    @Test
    void nothingValidIsRefusedAndNothingInvalidAcceptedWhileEverythingIsReplaced() throws Exception {
        try (Runner runner = RealRunner.start(home)) {
            address = URI.create("https://127.0.0.1:" + runner.apiPort());
            try (RunningChatbot chatbot = RunningChatbot.at(home, address)) {
                List<Thread> traffic = new ArrayList<>(List.of(
                        Thread.ofVirtual().start(this::callsWithWhatWasStolen),
                        Thread.ofVirtual().start(this::signsWithWhatWasStolen)));
                for (AtomicInteger count : executed) {
                    traffic.add(Thread.ofVirtual().start(() -> going(() -> askedAndApproved(chatbot.caller(), count))));
                }
                try {
                    replaceEverything(runner);
                } finally {
                    over.set(true);
                    for (Thread thread : traffic) {
                        thread.join();
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    private void replaceEverything(Runner runner) {
        List<String> former = List.of(fingerprint("runner"), fingerprint("chatbot"), fingerprint("ca"), approvalKey());
        afterOthers();
        assertThat(counted(true, Long.MIN_VALUE))
                .as("signed with the present key")
                .isPositive();
        assertThat(counted(false, Long.MIN_VALUE))
                .as("called with the present certificate")
                .isPositive();

        keys(runner, "rotate", "signing", "--overlap", "1h");
        afterOthers();
        keys(runner, "revoke", former.get(3), "--reason", "stolen");
        long keyRevoked = System.nanoTime();
        afterOthers();
        keys(runner, "rotate", "audit");
        afterOthers();

        keys(runner, "rotate", "authority");
        keys(runner, "revoke", former.get(1), "--reason", "stolen");
        long certificateRevoked = System.nanoTime();
        keys(runner, "revoke", former.get(2), "--reason", "followed by another one");
        afterOthers();
        keys(runner, "rotate", "certificates");
        afterOthers();

        assertThat(List.of(fingerprint("runner"), fingerprint("chatbot"), fingerprint("ca"), approvalKey()))
                .doesNotContainAnyElementsOf(former);
        int after = attempts.size();
        await(() -> attempts.size() >= after + 10);
        assertThat(counted(true, keyRevoked))
                .as("signed after the key was revoked")
                .isZero();
        assertThat(counted(false, certificateRevoked))
                .as("called after the certificate was revoked")
                .isZero();
    }

    private long counted(boolean signs, long since) {
        return attempts.stream()
                .filter(attempt -> attempt.signs() == signs && attempt.begun() > since && attempt.counted())
                .count();
    }

    private void going(Runnable once) {
        while (!over.get()) {
            once.run();
        }
    }

    /** A certificate that was stolen, with its key, on a connection that is kept. */
    private void callsWithWhatWasStolen() {
        try (HttpClient client = client(tls(stolen))) {
            going(() -> {
                long begun = System.nanoTime();
                attempts.add(
                        new Attempt(false, begun, answer(client, HttpRequest.newBuilder(address.resolve("/tools")))));
            });
        }
    }

    /** An approval key that was stolen, by somebody whose certificate counts. */
    private void signsWithWhatWasStolen() {
        Signer signer = Signer.open(stolen.resolve("keys/chatbot.key"), stolen.resolve("keys/chatbot.pub"));
        KeyFiles<SSLContext> tls = new KeyFiles<>(
                List.of(home.resolve("tls/chatbot.crt"), home.resolve("tls/chatbot.key"), home.resolve("tls/ca.crt")),
                () -> tls(home));
        Plan plan = new Plan(List.of(new Step("check_clock", Map.of(), List.of())));
        going(() -> {
            try (HttpClient client = client(tls.current())) {
                String shown = answer(
                        client, post("/plans/preview", new PreviewRequest(plan, "default", "web:alice", "thief")));
                if (shown.startsWith("200")) {
                    PreviewAnswer preview = Json.read(shown.substring("200".length()), PreviewAnswer.class);
                    long begun = System.nanoTime();
                    attempts.add(new Attempt(
                            true, begun, answer(client, post("/execute-plan", forged(plan, preview, signer)))));
                }
            }
        });
    }

    private static ExecuteRequest forged(Plan plan, PreviewAnswer preview, Signer signer) {
        Attestation.Statement statement = new Attestation.Statement(
                preview.digest(),
                Attestation.Decision.APPROVE,
                "web:alice",
                "web:alice",
                "thief",
                Instant.now(),
                preview.preview().nonce());
        return new ExecuteRequest(
                "e-" + UUID.randomUUID(),
                plan,
                "default",
                "web:alice",
                preview.digest(),
                List.of(new Attestation(statement, signer.keyId(), signer.sign(statement.signedBytes()))));
    }

    private static SSLContext tls(Path of) {
        return MutualTls.client(of.resolve("tls/chatbot.crt"), of.resolve("tls/chatbot.key"), of.resolve("tls/ca.crt"));
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private HttpRequest.Builder post(String path, Object body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)));
    }

    private static String answer(HttpClient client, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            return answer.statusCode() + answer.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void askedAndApproved(Caller chat, AtomicInteger count) {
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
            count.incrementAndGet();
        } catch (RuntimeException | AssertionError e) {
            refused.add(e.toString());
        }
    }

    /** Once all that was going on has ended, and whoever asks has had something executed that began after this. */
    private void afterOthers() {
        List<Integer> enough = executed.stream().map(count -> count.get() + 2).toList();
        await(() -> !refused.isEmpty()
                || IntStream.range(0, enough.size())
                        .allMatch(i -> executed.get(i).get() >= enough.get(i)));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for half a minute").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void keys(Runner runner, String... arguments) {
        StringWriter said = new StringWriter();
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", home.toString(), "--runner", "127.0.0.1:" + runner.apiPort()));
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        assertThat(line.execute(all.toArray(String[]::new)))
                .as(String.join(" ", arguments) + ": " + said)
                .isZero();
    }

    private String approvalKey() {
        return PublicKeyFile.read(home.resolve("keys/chatbot.pub")).id();
    }

    private String fingerprint(String name) {
        return Fingerprint.of(
                Pem.certificates(home.resolve("tls/" + name + ".crt")).getFirst());
    }
}
