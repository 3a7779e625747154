package io.opsconductor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.counterpart.slack.Workspace;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Slack, a workspace with an app in it, and chatbots on one home that serve it. No runner answers. */
final class SlackHome implements AutoCloseable {
    final SlackCounterpart slack = SlackCounterpart.start();
    final Workspace acme = slack.addWorkspace("Acme");
    final SlackApp app = slack.addApp("Ops");
    final Installation ops = acme.install(app);
    final RecordedWork work = new RecordedWork();
    final Path home;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, String> environment = new HashMap<>();

    SlackHome(Path home) {
        this(home, TestStore.usual());
    }

    SlackHome(Path home, TestStore store) {
        this.home = home;
        environment.putAll(store.settings("chatbot", home));
        RunningChatbot.keys(home);
        secret("bot-token", ops.botToken());
        secret("signing-secret", app.signingSecret());
        secret("app-token", app.newAppToken());
        secret("client-id", app.clientId());
        secret("client-secret", app.clientSecret());
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_PORT", "0");
        environment.put("OPSCONDUCTOR_CHATBOT_RUNNER_URL", "https://127.0.0.1:1");
        setting("SLACK_MODE", "http");
        setting("SLACK_API_URL", slack.apiUrl().toString());
    }

    SlackHome secret(String name, String value) {
        try {
            Path file = home.resolve("slack").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, value + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    SlackHome withoutSecret(String name) {
        try {
            Files.deleteIfExists(home.resolve("slack").resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** @param name of the variable, without OPSCONDUCTOR_CHATBOT_ */
    SlackHome setting(String name, String value) {
        environment.put("OPSCONDUCTOR_CHATBOT_" + name, value);
        return this;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    ChatbotSettings settings() {
        return ChatbotSettings.read(environment);
    }

    /** Starts a chatbot, and points the app at it. */
    Chatbot start() {
        return start(Clock.systemUTC());
    }

    Chatbot start(Clock clock) {
        Chatbot chatbot = Main.start(settings(), clock, (workspaces, real) -> work);
        app.deliverTo(events(chatbot));
        return chatbot;
    }

    URI events(Chatbot chatbot) {
        return uri(chatbot, "/slack/events");
    }

    static URI uri(Chatbot chatbot, String path) {
        return URI.create("http://127.0.0.1:" + chatbot.port() + path);
    }

    /** An event as Slack sends it, with an id of the test's. */
    String event(String id, String type) {
        return Json.write(Map.of(
                "token",
                "old-verification-token",
                "team_id",
                acme.id(),
                "api_app_id",
                app.id(),
                "type",
                "event_callback",
                "event_id",
                id,
                "event_time",
                1_700_000_000,
                "event",
                Map.of("type", type, "user", "U1", "channel", "C1", "text", "help", "ts", "1700000000.000100")));
    }

    HttpResponse<String> get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode health(Chatbot chatbot) {
        return Json.tree(get(uri(chatbot, "/health")).body()).path("depends_on").path("slack");
    }

    /** The value of a counter; zero when it has none. */
    double metric(Chatbot chatbot, String line) {
        return get(uri(chatbot, "/metrics"))
                .body()
                .lines()
                .filter(one -> one.startsWith(line + " "))
                .mapToDouble(one -> Double.parseDouble(one.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 15 s: " + what);
            }
            Thread.onSpinWait();
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        work.unblock();
        http.shutdownNow();
        slack.close();
    }
}
