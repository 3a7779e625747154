package io.opsconductor.acceptance.bench.several;

import io.opsconductor.acceptance.bench.fleet.Fleet;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.counterpart.store.PostgreSqlServer;
import io.opsconductor.counterpart.store.RedisServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that several processes of the product have in common: a PostgreSQL and a Redis of their own, machines, which are one OpenSSH
 * server at many addresses of this one, and the files that people write.
 */
final class Site implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final Fleet machines;
    private final PostgreSqlServer server;
    private final RedisServerProcess redis;
    private final PostgreSqlServer.Place runnerStore;
    private final PostgreSqlServer.Place chatbotStore;
    private final Marks marks;
    private final Path first;

    private Site(Path folder, Fleet machines, PostgreSqlServer server, RedisServerProcess redis, Marks marks) {
        this.folder = folder;
        this.machines = machines;
        this.server = server;
        this.redis = redis;
        this.marks = marks;
        this.runnerStore = server.place();
        this.chatbotStore = server.place();
        this.first = folder.resolve("files");
    }

    /** @param targets how many machines the inventory has, {@code h-0000} and so on */
    static Site prepare(Path folder, int targets) throws IOException {
        Marks marks = new Marks(folder.resolve("marks"));
        Site site = new Site(
                folder,
                Fleet.start(folder.resolve("sshd")),
                PostgreSqlServer.own(folder.resolve("postgresql")),
                RedisServerProcess.start(),
                marks);
        boolean ready = false;
        try {
            site.files(targets);
            site.keys();
            ready = true;
            return site;
        } finally {
            if (!ready) {
                site.close();
            }
        }
    }

    private void keys() {
        Command made = Command.run(
                folder,
                Map.of(),
                LIMIT,
                List.of(
                        Member.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Member.classPath("runner"),
                        "io.opsconductor.runner.keys.KeysCommand",
                        "init",
                        "--home",
                        first.toString()));
        if (made.exitCode() != 0) {
            throw new IllegalStateException("keys: " + made.output());
        }
    }

    private void files(int targets) throws IOException {
        Files.createDirectories(first.resolve("tools"));
        StringBuilder inventory =
                new StringBuilder("""
                known_hosts: %s
                credentials:
                  bench: { type: ssh-key, account: %s, private_key: { file: %s } }
                targets:
                """.formatted(machines.knownHosts(targets), Fleet.user(), machines.userKey()));
        IntStream.range(0, targets)
                .forEach(i ->
                        inventory.append("  - { name: %s, address: %s, port: %d, platform: linux, credential: bench }\n"
                                .formatted(target(i), Fleet.address(i), machines.port())));
        Files.writeString(first.resolve("inventory.yaml"), inventory);
        Files.writeString(first.resolve("policy.yaml"), """
                actors:
                  alice: { identities: ["web:alice"], roles: [operator] }
                  bob: { identities: ["web:bob"], roles: [operator] }
                groups:
                  approvers: [alice, bob]
                rules:
                  - { name: whoever looks need not ask, roles: [operator], effects: [read], approval: none }
                  - { name: a change needs a colleague, roles: [operator], effects: [change], approval: { someone_else: 1, of: approvers } }
                """);
        tool("bench_mark", "read", "0");
        tool("bench_wait", "read", "1");
        tool("bench_change", "change", "1");
    }

    private void tool(String name, String effect, String seconds) throws IOException {
        Files.writeString(first.resolve("tools/" + name + ".yaml"), """
                name: %s
                description: "Leaves a mark on the disk as it begins, and ends after %s s."
                effect: %s
                idempotent: false
                execution: { method: ssh }
                parameters:
                  - { name: word, description: "what the mark says", type: string, required: true }
                command_template: "%s {word} %s"
                timeout: 1m
                examples: [ "bench one", "bench two", "bench three", "bench four" ]
                """.formatted(
                        name, seconds, effect, marks.command(), seconds));
    }

    static String target(int number) {
        return "h-%04d".formatted(number);
    }

    /** Of a target, as its commands see it. */
    static String address(int number) {
        return Fleet.address(number);
    }

    /** A home with the files of all, and a journal and a name of its own. */
    private Path home(String name) throws IOException {
        Path home = folder.resolve(name);
        try (Stream<Path> all = Files.walk(first)) {
            for (Path from : all.toList()) {
                Files.copy(from, home.resolve(first.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return home;
    }

    /** Starts a runner, and does not wait for it. */
    Member runner(String name, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(runnerStore.settings("runner"));
        all.put("OPSCONDUCTOR_RUNNER_STORE_SHARED", "true");
        all.put("OPSCONDUCTOR_RUNNER_REDIS_ADDRESS", redis.address());
        all.putAll(settings);
        return Member.start(Member.Kind.RUNNER, home(name), all);
    }

    /** Starts a chatbot that stands by while another one has the store, and does not wait for it. */
    Member chatbot(String name, int runnerPort, String lease) throws IOException {
        Map<String, String> all = new HashMap<>(chatbotStore.settings("chatbot"));
        all.put("OPSCONDUCTOR_CHATBOT_STORE_STANDBY", "true");
        all.put("OPSCONDUCTOR_CHATBOT_INSTANCE_LEASE", lease);
        all.put("OPSCONDUCTOR_CHATBOT_RUNNER_URL", "https://127.0.0.1:" + runnerPort);
        return Member.start(Member.Kind.CHATBOT, home(name), all);
    }

    Marks marks() {
        return marks;
    }

    PostgreSqlServer server() {
        return server;
    }

    RedisServerProcess redis() {
        return redis;
    }

    PostgreSqlServer.Place runnerStore() {
        return runnerStore;
    }

    PostgreSqlServer.Place chatbotStore() {
        return chatbotStore;
    }

    /** The folder of certificates that all share. */
    Path tls() {
        return first.resolve("tls");
    }

    @Override
    public void close() {
        redis.close();
        server.close();
        machines.close();
    }
}
