package io.opsconductor.runner;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A home directory with real keys, a handful of tools that run on the runner itself, and a policy. */
record TestHome(Path path, TestStore store) {
    static TestHome make(Path path) throws IOException {
        return make(path, TestStore.usual());
    }

    static TestHome make(Path path, TestStore store) throws IOException {
        DevelopmentKeys.ensure(path, InstantSource.system());
        TestHome home = new TestHome(path, store);
        Files.createDirectories(path.resolve("tools"));
        home.tool("say", "read", "echo {text}", List.of("text: string"));
        home.tool("free", "read", "echo free", List.of());
        home.tool("fail", "read", "sh -c 'echo oh >&2; exit 7'", List.of());
        home.tool("note", "change", "sh -c 'echo ran >> \"$0\"; echo done' {file}", List.of("file: path"));
        home.tool(
                "hold",
                "change",
                "sh -c 'echo begun; echo begun >> \"$0\"; exec sleep 60' {file}",
                List.of("file: path"));
        home.tool("wipe", "destroy", "echo wiped", List.of());
        Files.writeString(path.resolve("inventory.yaml"), "targets: []\n");
        home.policy("15m");
        return home;
    }

    void tool(String name, String effect, String template, List<String> parameters) throws IOException {
        StringBuilder yaml = new StringBuilder("""
                name: %s
                description: "A tool of the tests that can be used to %s."
                effect: %s
                idempotent: false
                execution:
                  method: local-command
                  requires_target: false
                """.formatted(name, name, effect));
        if (!parameters.isEmpty()) {
            yaml.append("parameters:\n");
            for (String parameter : parameters) {
                String[] parts = parameter.split(": ", 2);
                yaml.append("  - name: %s\n    description: what\n    type: %s\n    required: true\n"
                        .formatted(parts[0], parts[1]));
            }
        }
        yaml.append("command_template: |\n  ").append(template).append("\ntimeout: 90s\n");
        Files.writeString(path.resolve("tools/" + name + ".yaml"), yaml.toString());
    }

    void policy(String expiry) throws IOException {
        Files.writeString(path.resolve("policy.yaml"), """
                expiry: %s
                actors:
                  alice: { identities: ["web:alice", "slack:T1/U1"], roles: [operator] }
                  bob: { identities: ["web:bob"], roles: [operator] }
                  carol: { identities: ["web:carol", "slack:T1/U3"], roles: [operator] }
                  dan: { identities: ["web:dan"], roles: [viewer] }
                groups:
                  approvers: [alice, bob, carol]
                rules:
                  - name: free for all
                    roles: [operator]
                    tools: [free]
                    approval: none
                  - name: looking
                    roles: [operator, viewer]
                    tools: [say, fail]
                    approval: requester
                  - name: changes need a colleague
                    roles: [operator]
                    effects: [change]
                    approval: { someone_else: 1, of: approvers }
                  - name: destroying needs two
                    roles: [operator]
                    effects: [destroy]
                    approval: { someone_else: 2, of: approvers }
                """.formatted(expiry));
    }

    /** The environment of a runner on free ports. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("OPSCONDUCTOR_"));
        environment.put("OPSCONDUCTOR_HOME", path.toString());
        environment.putAll(store.settings("runner", path));
        environment.put("OPSCONDUCTOR_RUNNER_API_PORT", "0");
        environment.put("OPSCONDUCTOR_RUNNER_HEALTH_PORT", "0");
        environment.put("OPSCONDUCTOR_RUNNER_API_HEARTBEAT", "200ms");
        environment.put("OPSCONDUCTOR_RUNNER_SHUTDOWN_GRACE", "0s");
        return environment;
    }

    RunnerSettings settings() {
        return RunnerSettings.read(environment());
    }
}
