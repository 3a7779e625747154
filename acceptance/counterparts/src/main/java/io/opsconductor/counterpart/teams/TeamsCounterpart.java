package io.opsconductor.counterpart.teams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Teams, as a bot sees it. It listens on loopback; see the package for what it plays. */
public final class TeamsCounterpart implements AutoCloseable {
    /** Who signs what the connector sends. */
    public static final String ISSUER = "https://api.botframework.com";

    private static final String HOST = "127.0.0.1";

    private final Registration registration;
    private final SigningKeys keys = new SigningKeys();
    private final TokenDesk tokens;
    private final Conversations conversations;
    private final WebServer server;
    private final ConnectorApi api;
    private final Map<String, String> uploaded = new ConcurrentHashMap<>();
    private volatile CountDownLatch silence = new CountDownLatch(0);

    private TeamsCounterpart(int port, Registration registration) {
        this.registration = registration;
        this.tokens = new TokenDesk(registration);
        this.conversations = new Conversations();
        ConnectorApi[] late = new ConnectorApi[1];
        this.server = WebServer.builder()
                .host(HOST)
                .port(port)
                .routing(HttpRouting.builder()
                        .addFilter((chain, request, response) -> {
                            awaitWords();
                            chain.proceed();
                        })
                        .get(
                                "/v1/.well-known/openidconfiguration",
                                (request, response) -> Wire.send(response, 200, metadata()))
                        .get("/v1/.well-known/keys", (request, response) -> Wire.send(response, 200, keys.document()))
                        .post("/login/{tenant}/oauth2/v2.0/token", (request, response) -> {
                            String tenant = request.path().pathParameters().get("tenant");
                            TokenDesk.Answered answer = tokens.answer(
                                    tenant,
                                    login() + tenant + "/oauth2/v2.0/token",
                                    new String(request.content().as(byte[].class), UTF_8));
                            Wire.send(response, answer.status(), answer.body());
                        })
                        .put("/files/{name}", (request, response) -> {
                            if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
                                // The address itself lets; a token beside it is one too many.
                                response.status(401).send();
                                return;
                            }
                            uploaded.put(
                                    request.path().pathParameters().get("name"),
                                    new String(request.content().as(byte[].class), UTF_8));
                            response.status(201).send();
                        })
                        .any("/teams/v3/*", (request, response) -> late[0].handle(request, response)))
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(100))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .build()
                .start();
        if (!server.isRunning() || server.port() <= 0) {
            server.stop();
            throw new IllegalStateException("Cannot listen on " + HOST + ":" + port + ": the port is taken");
        }
        this.api = new ConnectorApi(conversations, tokens, serviceUrl());
        late[0] = api;
    }

    /** Starts on a free port. */
    public static TeamsCounterpart start(Registration registration) {
        return new TeamsCounterpart(0, registration);
    }

    public Registration registration() {
        return registration;
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI url() {
        return URI.create("http://" + HOST + ":" + server.port());
    }

    /** Where the OpenID metadata of the connector is. */
    public URI metadataUrl() {
        return url().resolve("/v1/.well-known/openidconfiguration");
    }

    /** Base address of the login, with a slash at its end. */
    public URI login() {
        return url().resolve("/login/");
    }

    /** Where a bot calls the connector. */
    public String serviceUrl() {
        return url() + "/teams/";
    }

    public SigningKeys keys() {
        return keys;
    }

    public TokenDesk tokens() {
        return tokens;
    }

    /** A token for the registered bot, as the connector makes it, to be changed and signed. */
    public ActivityToken token() {
        return new ActivityToken(
                keys.current(), ISSUER, registration.application(), serviceUrl(), System.currentTimeMillis() / 1_000);
    }

    /** Refuses so many of the next calls with 429. */
    public void throttle(int times, long retryAfterSeconds) {
        conversations.throttle().next(times, retryAfterSeconds);
    }

    /** How many calls came too soon. */
    public int throttled() {
        return conversations.throttle().refused();
    }

    /** Does what so many of the next calls ask for, and loses the answer. */
    public void loseAnswers(int times) {
        api.lose(times);
    }

    /** Answers so many of the next calls with 502, and does nothing. */
    public void failCalls(int times) {
        api.fail(times);
    }

    /** Answers nothing from now on; what came meanwhile is answered when it speaks again, or after half a minute. */
    public void silent(boolean is) {
        silence.countDown();
        if (is) {
            silence = new CountDownLatch(1);
        }
    }

    private void awaitWords() {
        try {
            silence.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The calls of the bot that were done, as {@code METHOD path}. */
    public List<String> calls() {
        return api.calls();
    }

    /** Why Teams would not take an activity of a bot's; empty when it would. */
    public static Optional<String> problem(JsonNode activity) {
        try {
            Conversations.check(activity);
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The conversation of that id, opened when it is new; the bot is in it. */
    public Conversation conversation(String id, Conversation.Kind kind, String tenant) {
        return conversations.open(id, kind, tenant);
    }

    /** Whether the bot is in a conversation; where it is not, it may not post. */
    public void installed(Conversation conversation, boolean is) {
        conversation.installed(is);
    }

    /** Where a file of that name is taken, as the files of people are. */
    public String uploadUrl(String name) {
        return url() + "/files/" + name;
    }

    /** The files that were brought, by name. */
    public Map<String, String> uploaded() {
        return Map.copyOf(uploaded);
    }

    String nextId() {
        return conversations.nextId();
    }

    private ObjectNode metadata() {
        ObjectNode metadata = Wire.object()
                .put("issuer", ISSUER)
                .put("authorization_endpoint", "https://invalid.botframework.com")
                .put("jwks_uri", url() + "/v1/.well-known/keys");
        metadata.putArray("id_token_signing_alg_values_supported").add("RS256");
        metadata.putArray("token_endpoint_auth_methods_supported").add("private_key_jwt");
        return metadata;
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop();
    }
}
