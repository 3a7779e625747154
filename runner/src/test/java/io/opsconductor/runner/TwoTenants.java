package io.opsconductor.runner;

import com.sun.net.httpserver.HttpServer;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A home of three tenants. {@code acme} and {@code globex} both have a target {@code web-01}, which is another machine with
 * another token for each, and a person {@code bob}, who is somebody else. {@code initech} believes no signature of this
 * installation's chatbot. The certificate {@code globex-bot} may call for globex alone.
 */
final class TwoTenants implements AutoCloseable {
    static final String ACME = "acme";
    static final String GLOBEX = "globex";
    static final String INITECH = "initech";

    private final TestHome home;
    private final Map<String, Machine> machines = new HashMap<>();

    private TwoTenants(TestHome home) {
        this.home = home;
    }

    /** A machine's web interface, and what it was asked. */
    private record Machine(HttpServer server, List<String> requests) {
        static Machine start() throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            List<String> requests = new CopyOnWriteArrayList<>();
            server.createContext("/", exchange -> {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] answer = ("up " + exchange.getRequestHeaders().getFirst("Authorization"))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(answer);
                }
            });
            server.start();
            return new Machine(server, requests);
        }
    }

    static TwoTenants make(Path directory) throws IOException {
        TwoTenants made = new TwoTenants(TestHome.make(directory));
        TestCertificates.issueClient(directory, "globex-bot");
        Files.delete(directory.resolve("policy.yaml"));
        Files.delete(directory.resolve("inventory.yaml"));
        made.tenant(ACME, "TA");
        made.tenant(GLOBEX, "TG");
        made.tenant(INITECH, "TI");
        made.tool("tools/shared_status.yaml", "shared_status");
        made.tool("tenants/acme/tools/acme_secret_report.yaml", "acme_secret_report");
        Path other = directory.resolve("other-installation");
        DevelopmentKeys.ensure(other, Clock.systemUTC());
        Files.writeString(directory.resolve("runner.yaml"), """
                api:
                  allowed-callers: chatbot, globex-bot
                tenants:
                  acme:
                    callers: chatbot
                  globex:
                    callers: chatbot, globex-bot
                  initech:
                    approval-keys: %s
                """.formatted(other.resolve("keys")));
        return made;
    }

    private void tenant(String name, String team) throws IOException {
        Machine machine = Machine.start();
        machines.put(name, machine);
        Path folder = home.path().resolve("tenants").resolve(name);
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(folder.resolve("token"), "token-of-" + name + "\n");
        Files.writeString(folder.resolve("inventory.yaml"), """
                credentials:
                  door: { type: bearer, token: { file: token } }
                targets:
                  - name: web-01
                    environment: production
                    groups: [web]
                    address: 127.0.0.1
                    http: { scheme: http, port: %d, networks: [loopback], credential: door }
                  - name: %s-vault
                    aliases: [vault-of-%s]
                    environment: production
                    groups: [%s-only]
                    address: 127.0.0.1
                    http: { scheme: http, port: %d, networks: [loopback], credential: door }
                """.formatted(
                        machine.server().getAddress().getPort(),
                        name,
                        name,
                        name,
                        machine.server().getAddress().getPort()));
        Files.writeString(folder.resolve("policy.yaml"), """
                actors:
                  ann: { identities: ["slack:%1$s/U1"], roles: [operator] }
                  bob: { identities: ["slack:%1$s/U2"], roles: [operator] }
                groups:
                  approvers: [ann, bob]
                rules:
                  - name: everything
                    roles: [operator]
                    approval: { someone_else: 1, of: approvers }
                """.formatted(team));
    }

    private void tool(String file, String name) throws IOException {
        Files.writeString(home.path().resolve(file), """
                name: %s
                description: "Asks a machine's web interface how it is."
                effect: read
                execution: {method: http}
                request:
                  method: GET
                  path: /%s
                """.formatted(name, name));
    }

    Path path() {
        return home.path();
    }

    /** What the machine of a tenant was asked so far. */
    List<String> asked(String tenant) {
        return List.copyOf(machine(tenant).requests());
    }

    private Machine machine(String tenant) {
        Machine machine = machines.get(tenant);
        if (machine == null) {
            throw new AssertionError("no tenant " + tenant);
        }
        return machine;
    }

    Map<String, String> environment() {
        Map<String, String> environment = home.environment();
        environment.put(
                "OPSCONDUCTOR_RUNNER_CONFIG", home.path().resolve("runner.yaml").toString());
        return environment;
    }

    RunnerSettings settings() {
        return RunnerSettings.read(environment());
    }

    @Override
    public void close() {
        machines.values().forEach(machine -> machine.server().stop(0));
    }
}
