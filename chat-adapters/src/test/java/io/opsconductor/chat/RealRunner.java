package io.opsconductor.chat;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.runner.Runner;
import io.opsconductor.runner.RunnerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The real runner on a free port, in this process, for what a scripted one cannot show. */
final class RealRunner {
    /** Whoever asks for something that looks may approve it. */
    static final String LOOKING = """
            actors:
              alice: { identities: ["web:alice"], roles: [operator] }
            rules:
              - name: looking
                roles: [operator]
                effects: [read]
                approval: requester
            """;

    private RealRunner() {}

    /** On a home that has keys; with one tool that looks at the clock, which whoever asks may approve. */
    static Runner start(Path home) throws IOException {
        return start(home, LOOKING);
    }

    /** The same with another policy. */
    static Runner start(Path home, String policy) throws IOException {
        return start(home, policy, Map.of());
    }

    /** The same with settings beside those of every test. */
    static Runner start(Path home, String policy, Map<String, String> settings) throws IOException {
        Files.createDirectories(home.resolve("tools"));
        Files.writeString(home.resolve("tools/check_clock.yaml"), """
                name: check_clock
                description: "Shows what time it is on the runner."
                effect: read
                examples:
                  - "what time is it"
                  - "check the clock"
                execution:
                  method: local-command
                  requires_target: false
                command_template: date
                timeout: 10s
                """);
        Files.writeString(home.resolve("inventory.yaml"), "targets: []\n");
        Files.writeString(home.resolve("policy.yaml"), policy);
        Map<String, String> environment = new HashMap<>(Map.of(
                "OPSCONDUCTOR_HOME", home.toString(),
                "OPSCONDUCTOR_RUNNER_API_PORT", "0",
                "OPSCONDUCTOR_RUNNER_HEALTH_PORT", "0",
                "OPSCONDUCTOR_RUNNER_SHUTDOWN_GRACE", "0s"));
        environment.put("PATH", System.getenv("PATH"));
        environment.putAll(TestStore.usual().settings("runner", home));
        environment.putAll(settings);
        return io.opsconductor.runner.Main.start(RunnerSettings.read(environment), environment, Clock.systemUTC());
    }
}
