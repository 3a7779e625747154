package io.opsconductor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import io.opsconductor.runner.Runner;
import io.opsconductor.runner.RunnerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Chatbot and runner, both whole, for two tenants: {@code acme} talks in the web chat and {@code globex} in a Slack workspace.
 * Both have a target {@code web-01}, which is another machine for each.
 */
final class TenantHome implements AutoCloseable {
    static final String ACME = "acme";
    static final String GLOBEX = "globex";

    final SlackHome slack;
    final Person alice;
    final Person bob;
    final Channel general;
    private final Path home;
    private final Map<String, List<String>> asked = new HashMap<>();
    private final List<HttpServer> machines = new ArrayList<>();
    private final Runner runner;
    private final Chatbot chatbot;
    private final Caller web;

    TenantHome(Path home) throws IOException {
        this.home = home;
        this.slack = new SlackHome(home);
        slack.slack.limits().off();
        alice = slack.acme.person("alice");
        bob = slack.acme.person("bob");
        general = slack.acme.channel("general", alice, bob, slack.ops.bot());
        tenant(ACME, "web:alice", "web:bob");
        tenant(GLOBEX, identity(alice), identity(bob));
        file("tools/machine_status.yaml", """
                name: machine_status
                description: "Shows the status of a machine."
                effect: read
                idempotent: true
                execution: {method: http}
                request:
                  method: GET
                  path: /status
                examples:
                  - show the machine status of web-01
                  - machine status of web-01
                """);
        file("runner.yaml", "tenants:\n  acme: {callers: chatbot}\n  globex: {callers: chatbot}\n");
        file("chatbot.yaml", "tenants:\n  acme: web\n  globex: \"slack:" + slack.acme.id() + "\"\n");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("OPSCONDUCTOR_"));
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.putAll(TestStore.usual().settings("runner", home));
        environment.put("OPSCONDUCTOR_RUNNER_API_PORT", "0");
        environment.put("OPSCONDUCTOR_RUNNER_HEALTH_PORT", "0");
        environment.put(
                "OPSCONDUCTOR_RUNNER_CONFIG", home.resolve("runner.yaml").toString());
        environment.put("OPSCONDUCTOR_RUNNER_SHUTDOWN_GRACE", "0s");
        runner = io.opsconductor.runner.Main.start(RunnerSettings.read(environment), environment, Clock.systemUTC());
        Map<String, String> settings = new HashMap<>(slack.environment());
        settings.put("OPSCONDUCTOR_CHATBOT_CONFIG", home.resolve("chatbot.yaml").toString());
        settings.put("OPSCONDUCTOR_CHATBOT_RUNNER_URL", "https://127.0.0.1:" + runner.apiPort());
        chatbot = Main.start(ChatbotSettings.read(settings), Clock.systemUTC());
        slack.app.deliverTo(slack.events(chatbot));
        web = new Caller(chatbot.port());
    }

    private void tenant(String name, String alice, String bob) throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        asked.put(name, requests);
        HttpServer machine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        machine.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            byte[] answer = ("machine of " + name).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (var out = exchange.getResponseBody()) {
                out.write(answer);
            }
        });
        machine.start();
        machines.add(machine);
        StringBuilder inventory = new StringBuilder("targets:\n");
        for (String target : List.of("web-01", name + "-vault")) {
            inventory.append("""
                      - name: %s
                        environment: production
                        address: 127.0.0.1
                        http: { scheme: http, port: %d, networks: [loopback] }
                    """.formatted(target, machine.getAddress().getPort()));
        }
        file("tenants/" + name + "/inventory.yaml", inventory.toString());
        file("tenants/" + name + "/policy.yaml", """
                actors:
                  alice: { identities: ["%s"], roles: [operator] }
                  bob: { identities: ["%s"], roles: [operator] }
                groups:
                  approvers: [alice, bob]
                rules:
                  - name: everything
                    roles: [operator]
                    approval: { someone_else: 1, of: approvers }
                """.formatted(alice, bob));
    }

    private void file(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    static String identity(Person person) {
        return "slack:" + person.workspace().id() + "/" + person.id();
    }

    Caller web() {
        return web;
    }

    URI slackEvents() {
        return slack.events(chatbot);
    }

    /** What the machines of a tenant were asked so far. */
    List<String> asked(String tenant) {
        return List.copyOf(asked.getOrDefault(tenant, List.of()));
    }

    /** What the chatbot's journal has of a tenant, in order. */
    List<JsonNode> journal(String tenant, String type) {
        try {
            return Files.readAllLines(home.resolve("chatbot/journal/journal.jsonl")).stream()
                    .map(Json::tree)
                    .filter(entry -> entry.path("type").asText().equals(type))
                    .filter(entry -> entry.path("data").path("tenant").asText().equals(tenant))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        web.close();
        chatbot.close();
        runner.close();
        machines.forEach(machine -> machine.stop(0));
        slack.close();
    }
}
