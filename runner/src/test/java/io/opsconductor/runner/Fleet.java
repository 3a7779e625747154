package io.opsconductor.runner;

import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.runner.step.RealSshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A runner with eight machines, web-01 to web-08, each an address of a real sshd. What runs on them writes a common log, can
 * be held on a machine until it is let go, and can be made to fail there a number of times.
 */
final class Fleet implements AutoCloseable {
    private static final String SCRIPT = """
            host=web-0$(echo "$SSH_CONNECTION" | cut -d' ' -f3 | cut -d. -f4)
            cd "$1" || exit 9
            echo "$2 begins $host" | tee -a log
            while [ -e "hold-$2-$host" ]; do sleep 0.02; done
            left=$(cat "fail-$2-$host" 2>/dev/null || echo 0)
            if [ "$left" -gt 0 ]; then
              echo $((left - 1)) > "fail-$2-$host"
              echo "$2 fails $host" | tee -a log
              exit 3
            fi
            echo "$2 ends $host" | tee -a log
            """;

    private final TestHome home;
    private final Path folder;
    private final RealSshd sshd;
    private final Runner runner;
    private final TestCaller chatbot;

    private Fleet(TestHome home, Path folder, RealSshd sshd, Map<String, String> environment) {
        this.home = home;
        this.folder = folder;
        this.sshd = sshd;
        this.runner = Main.start(RunnerSettings.read(environment), environment, Clock.systemUTC());
        this.chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    static Fleet start(Path directory, String... settings) throws Exception {
        TestHome home = prepare(directory);
        RealSshd sshd = RealSshd.start(Files.createDirectories(directory.resolve("sshd")));
        inventory(home, sshd);
        Map<String, String> environment = home.environment();
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new Fleet(home, directory.resolve("work"), sshd, environment);
    }

    /** A home with the tools change, safe (a change that may run twice) and look, which write in {@code directory/work}. */
    static TestHome prepare(Path directory) throws IOException {
        TestHome home = TestHome.make(directory.resolve("home"));
        Path folder = Files.createDirectories(directory.resolve("work"));
        Files.writeString(folder.resolve("work.sh"), SCRIPT);
        tool(home, "change", "change", false);
        tool(home, "safe", "change", true);
        tool(home, "look", "read", false);
        Path policy = home.path().resolve("policy.yaml");
        Files.writeString(policy, Files.readString(policy).replace("[say, fail]", "[say, fail, look]") + """
                  - name: checks
                    roles: [operator]
                    tools: [change, safe]
                    effects: [read]
                    approval: requester
                """);
        return home;
    }

    private static void tool(TestHome home, String name, String effect, boolean idempotent) throws IOException {
        Files.writeString(home.path().resolve("tools/" + name + ".yaml"), """
                name: %s
                description: "Writes that it has begun and ended on a machine."
                effect: %s
                idempotent: %s
                execution:
                  method: ssh
                parameters:
                  - { name: folder, description: "where", type: path, required: true }
                  - { name: word, description: "what it writes", type: string, required: true }
                command_template: "sh {folder}/work.sh {folder} {word}"
                check: "sh {folder}/work.sh {folder} check"
                """.formatted(name, effect, idempotent));
    }

    static void inventory(TestHome home, RealSshd sshd) throws IOException {
        String hostKey = Files.readString(sshd.folder().resolve("host_ed25519.pub"));
        StringBuilder known = new StringBuilder();
        StringBuilder inventory = new StringBuilder("""
                credentials:
                  key:
                    type: ssh-key
                    account: %s
                    private_key: { file: %s/user_ed25519 }
                known_hosts: known_hosts
                targets:
                """.formatted(System.getProperty("user.name"), sshd.folder()));
        for (int i = 1; i <= RealSshd.ADDRESSES; i++) {
            known.append("[127.0.0.%d]:%d %s".formatted(i, sshd.port(), hostKey));
            inventory.append("  - { name: web-0%d, address: 127.0.0.%d, port: %d, platform: linux, credential: key }\n"
                    .formatted(i, i, sshd.port()));
        }
        Files.writeString(home.path().resolve("known_hosts"), known);
        Files.writeString(home.path().resolve("inventory.yaml"), inventory);
    }

    TestHome home() {
        return home;
    }

    RealSshd sshd() {
        return sshd;
    }

    TestCaller chatbot() {
        return chatbot;
    }

    /** web-01 to web-0N. */
    static List<String> machines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "web-0" + i).toList();
    }

    Step step(String tool, String word, List<String> targets, StepOptions options) {
        return new Step(tool, Map.of("folder", folder.toString(), "word", word), targets, options);
    }

    /** The check of a tool, as a step that verifies the one before it. */
    Step verify(String tool, String word, List<String> targets) {
        return step(tool, word, targets, StepOptions.USUAL.checking().verifying());
    }

    /** What a word does on a machine waits there until it is let go. */
    void hold(String word, String machine) {
        write("hold-" + word + "-" + machine, "");
    }

    void letGo(String word, String machine) {
        try {
            Files.delete(folder.resolve("hold-" + word + "-" + machine));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a word does on a machine fails there so many times. */
    void failing(String word, String machine, int times) {
        write("fail-" + word + "-" + machine, Integer.toString(times));
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that the machines have written, in order. */
    List<String> log() {
        try {
            Path log = folder.resolve("log");
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ExecuteRequest approved(Plan plan) {
        return chatbot.approved(plan, "web:alice", "web:bob");
    }

    /** Runs it to its end. */
    Ran run(Plan plan) {
        ExecuteRequest request = approved(plan);
        try (Watched watched = watch(request)) {
            List<ExecutionEvent> events = watched.rest();
            return new Ran(events, answer(request));
        }
    }

    ExecutionAnswer answer(ExecuteRequest request) {
        return chatbot.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
    }

    /** Starts it, to be watched event by event. */
    Watched watch(ExecuteRequest request) {
        return new Watched(chatbot.executeStreaming(request));
    }

    /** What ran. */
    record Ran(List<ExecutionEvent> events, ExecutionAnswer answer) {
        List<String> waits() {
            return events.stream()
                    .filter(ExecutionEvent.Waiting.class::isInstance)
                    .map(event -> ((ExecutionEvent.Waiting) event).reason())
                    .toList();
        }

        /** Each result as {@code step target status}. */
        List<String> results() {
            return Fleet.results(answer);
        }

        String reason(int result) {
            return answer.stepResults().get(result).reason();
        }
    }

    static List<String> results(ExecutionAnswer answer) {
        return answer.stepResults().stream()
                .map(result -> result.step() + " " + result.target() + " "
                        + result.status().word())
                .toList();
    }

    /** An execution's stream. */
    static final class Watched implements AutoCloseable {
        private final Stream<String> lines;
        private final Iterator<String> each;

        Watched(Stream<String> lines) {
            this.lines = lines;
            this.each = lines.iterator();
        }

        /** Reads on until an event's JSON has this in it, and answers that. */
        String until(String part) {
            while (each.hasNext()) {
                String line = each.next();
                if (line.contains(part)) {
                    return line;
                }
            }
            throw new AssertionError("the stream ended without " + part);
        }

        /** All further events, to the end. */
        List<ExecutionEvent> rest() {
            List<ExecutionEvent> events = new ArrayList<>();
            each.forEachRemaining(line -> {
                if (line.startsWith("data: ")) {
                    events.add(Json.read(line.substring(6), ExecutionEvent.class));
                }
            });
            return events;
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    @Override
    public void close() {
        chatbot.close();
        runner.close();
        sshd.close();
    }
}
