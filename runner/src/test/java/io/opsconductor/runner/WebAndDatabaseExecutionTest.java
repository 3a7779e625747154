package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web interface and a database file, from the preview to the result, over the runner's own API. */
class WebAndDatabaseExecutionTest {
    private static final String TOKEN = "tok-correct-horse";

    @TempDir
    private Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private TestHome home;
    private HttpServer web;
    private Runner runner;
    private TestCaller chatbot;

    @BeforeEach
    void start() throws Exception {
        home = TestHome.make(directory.resolve("home"));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(body, StandardCharsets.UTF_8));
            byte[] answer = ("you are " + exchange.getRequestHeaders().getFirst("Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (var out = exchange.getResponseBody()) {
                out.write(answer);
            }
        });
        web.start();
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.path().resolve("jobs.db"));
                var statement = connection.createStatement()) {
            statement.execute("create table jobs (id integer, owner text)");
            statement.execute("insert into jobs values (1, 'ann'), (2, 'ben')");
        }
        Files.writeString(home.path().resolve("token"), TOKEN + "\n");
        inventory("/api");
        tool("order", """
                effect: read
                execution: {method: http}
                parameters:
                  - {name: id, description: what, required: true}
                request:
                  method: POST
                  path: /orders/{id}
                  json: {note: "{id}"}
                check: {path: "/orders/{id}/state"}
                """);
        tool("jobs", """
                effect: read
                execution: {method: database}
                platforms: [sqlite]
                parameters:
                  - {name: owner, description: who, required: true}
                query: select id, owner from jobs where owner = {owner}
                """);
        tool("hand_over", """
                effect: read
                execution: {method: database}
                platforms: [sqlite]
                parameters:
                  - {name: owner, description: who, required: true}
                query: select {owner} as owner
                check: select count(*) from jobs where owner = {owner}
                """);
        Files.writeString(
                home.path().resolve("policy.yaml"),
                Files.readString(home.path().resolve("policy.yaml"))
                        .replace("[say, fail]", "[say, fail, order, jobs, hand_over]"));
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    private void tool(String name, String rest) throws Exception {
        Files.writeString(
                home.path().resolve("tools/" + name + ".yaml"),
                "name: " + name + "\ndescription: \"A tool of this test.\"\n" + rest);
    }

    private void inventory(String basePath) throws Exception {
        Files.writeString(home.path().resolve("inventory.yaml"), """
                credentials:
                  shop-token: { type: bearer, token: { file: token } }
                targets:
                  - name: shop-api
                    address: 127.0.0.1
                    http: { scheme: http, port: %d, base_path: %s, networks: [loopback], credential: shop-token }
                  - name: jobs-db
                    database: { type: sqlite, file: jobs.db }
                """.formatted(
                        web.getAddress().getPort(), basePath));
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
        web.stop(0);
    }

    @Test
    void aRequestIsShownWithItsCredentialsNameAndSentAsShown() {
        Plan plan = plan(new Step("order", Map.of("id", "a/../b?c"), List.of("shop-api")));
        assertThat(chatbot.previewCall(plan, "web:alice").status()).isEqualTo(422);

        Plan good = plan(new Step("order", Map.of("id", "7 & 8"), List.of("shop-api")));
        PreviewAnswer preview = chatbot.preview(good, "web:alice");
        var shown = preview.preview().steps().getFirst().targets().getFirst();
        assertThat(shown.display()).isEqualTo("""
                POST /api/orders/7%20%26%208
                Content-Type: application/json
                Authorization: Bearer [credential shop-token]

                {"note":"7 & 8"}""");
        assertThat(shown.credential()).isEqualTo("shop-token");
        assertThat(preview.preview().digest()).isEqualTo(preview.digest());

        ExecutionAnswer answer = chatbot.execute(chatbot.request(good, preview, chatbot.approval(preview, "web:alice")))
                .as(ExecutionAnswer.class);

        assertThat(answer.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(requests).containsExactly("POST /api/orders/7%20%26%208 Bearer " + TOKEN + " {\"note\":\"7 & 8\"}");
        assertThat(answer.stepResults()).singleElement().satisfies(result -> {
            assertThat(result.stdout()).startsWith("HTTP 200 OK\n").endsWith("you are Bearer \u2022\u2022\u2022\u2022");
            assertThat(result.exitCode()).isNull();
            assertThat(result.reason()).isEmpty();
        });
    }

    @Test
    void anotherAddressAfterTheApprovalRunsNothing() throws Exception {
        Plan plan = plan(new Step("order", Map.of("id", "7"), List.of("shop-api")));
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        inventory("/admin");

        TestCaller.Answer answer =
                chatbot.execute(chatbot.request(plan, preview, chatbot.approval(preview, "web:alice")));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(requests).isEmpty();
    }

    @Test
    void aStatementIsShownWithItsValuesAndTheyAreBound() {
        Plan plan = plan(new Step("jobs", Map.of("owner", "ann' or '1'='1"), List.of("jobs-db")));
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        assertThat(preview.preview().steps().getFirst().targets().getFirst().display())
                .isEqualTo("select id, owner from jobs where owner = ?\n-- ?1 owner = 'ann'' or ''1''=''1'");
        assertThat(stdout(plan, preview)).isEqualTo("id  owner\n--  -----\n(0 rows)\n");

        Plan good = plan(new Step("jobs", Map.of("owner", "ann"), List.of("jobs-db")));
        assertThat(stdout(good, chatbot.preview(good, "web:alice")))
                .isEqualTo("id  owner\n--  -----\n 1  ann\n(1 row)\n");
    }

    @Test
    void aTargetWithoutSuchAnInterfaceIsRefusedInWords() {
        assertThat(chatbot.previewCall(plan(new Step("order", Map.of("id", "7"), List.of("jobs-db"))), "web:alice")
                        .body()
                        .toString())
                .contains("order needs the http settings of jobs-db, and the inventory has none.");
        assertThat(chatbot.previewCall(plan(new Step("jobs", Map.of("owner", "x"), List.of("shop-api"))), "web:alice")
                        .body()
                        .toString())
                .contains("jobs needs the database settings of shop-api, and the inventory has none.");
    }

    @Test
    void aCheckRunsInThePlaceOfTheRequestOrTheStatement() {
        Plan request =
                plan(new Step("order", Map.of("id", "7"), List.of("shop-api")).with(StepOptions.USUAL.checking()));
        assertThat(stdout(request, chatbot.preview(request, "web:alice"))).startsWith("HTTP 200 OK\n");
        assertThat(requests).containsExactly("GET /api/orders/7/state Bearer " + TOKEN + " ");

        Plan statement = plan(
                new Step("hand_over", Map.of("owner", "ann"), List.of("jobs-db")).with(StepOptions.USUAL.checking()));
        assertThat(stdout(statement, chatbot.preview(statement, "web:alice"))).contains("\n       1\n");
    }

    private String stdout(Plan plan, PreviewAnswer preview) {
        ExecutionAnswer answer = chatbot.execute(chatbot.request(plan, preview, chatbot.approval(preview, "web:alice")))
                .as(ExecutionAnswer.class);
        assertThat(answer.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return answer.stepResults().getFirst().stdout();
    }
}
