package io.opsconductor.counterpart.slack;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Slack, for tests: its Web API on a port of its own, its deliveries to apps, and the people who use it. Start it, make a
 * workspace, an app and people, point the app at {@link #apiUrl()}, and act.
 */
public final class SlackCounterpart implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_CONNECTIONS = 2_000;

    private final World world;
    private final Faults faults;
    private final RateLimits limits;
    private final HttpClient http;
    private final SocketHub sockets;
    private final AppLines lines;
    private final Deliveries deliveries;
    private final FileStore files;
    private final Acts acts;
    private final OAuthMethods oauth;
    private final WebServer server;

    private SlackCounterpart(int port, Clock clock) {
        world = new World(clock);
        faults = new Faults(world);
        limits = new RateLimits(world);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
        sockets = new SocketHub(world);
        lines = new AppLines(world, http, sockets);
        deliveries = new Deliveries(world, lines);
        files = new FileStore(world, this::url);
        ResponseUrls responseUrls = new ResponseUrls(world, this::url);
        acts = new Acts(world, lines, deliveries, responseUrls, files);
        oauth = new OAuthMethods(world, acts);
        WebApi api = new WebApi(world, faults, limits, methods());
        FileTraffic traffic = new FileTraffic(world, files);
        ResponsePosts responses = new ResponsePosts(world, responseUrls, acts.talking());
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.register("/api", api::route);
        routing.get("/oauth/v2/authorize", oauth::authorize);
        routing.post("/upload/v1/{key}", traffic::upload);
        routing.get("/files-pri/{team}/{name}", traffic::download);
        routing.post("/actions/{team}/{key}", responses::handle);
        routing.register("/control", new ControlApi(this, world)::route);
        server = started(port, routing);
    }

    private List<ApiMethod> methods() {
        Reach reach = new Reach(world);
        List<ApiMethod> all = new ArrayList<>();
        all.addAll(new AppMethods(sockets, acts.events()).methods());
        all.addAll(new ChatMethods(world, reach, acts.talking()).methods());
        all.addAll(new ConversationMethods(reach, acts.events()).methods());
        all.addAll(new PeopleMethods(world, reach).methods());
        all.addAll(new ViewMethods(world, reach, acts.views(), acts.triggers()).methods());
        all.addAll(new FileMethods(world, reach, files, acts.talking()).methods());
        all.addAll(new AssistantMethods(world, reach, acts.assistant()).methods());
        all.addAll(new ReactionMethods(world, reach).methods());
        all.addAll(oauth.methods());
        all.add(ManifestRules.method());
        return all;
    }

    private static WebServer started(int port, HttpRouting.Builder routing) {
        WebServer server = WebServer.builder()
                .host(HOST)
                .port(port)
                .routing(routing)
                .shutdownHook(false)
                .maxTcpConnections(MAX_CONNECTIONS)
                .shutdownGracePeriod(Duration.ofMillis(100))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .build()
                .start();
        // Helidon reports a port that is taken to its log alone.
        if (!server.isRunning() || server.port() <= 0) {
            server.stop();
            throw new IllegalStateException("Cannot listen on " + HOST + ":" + port + ": the port is taken");
        }
        return server;
    }

    /** Starts on a free port. */
    public static SlackCounterpart start() {
        return new SlackCounterpart(0, Clock.systemUTC());
    }

    /** @param port 0 for a free one */
    public static SlackCounterpart start(int port) {
        return new SlackCounterpart(port, Clock.systemUTC());
    }

    /** Starts with a clock of the test's: message ids, signatures and the ends of trigger ids and response URLs follow it. */
    public static SlackCounterpart start(Clock clock) {
        return new SlackCounterpart(0, clock);
    }

    /** {@code http://127.0.0.1:PORT/}. */
    public URI url() {
        return URI.create("http://" + HOST + ":" + server.port() + "/");
    }

    /** What stands in the place of {@code https://slack.com/api/}; ends with a slash. */
    public URI apiUrl() {
        return url().resolve("/api/");
    }

    /** What stands in the place of {@code https://slack.com/oauth/v2/authorize}. */
    public URI authorizeUrl() {
        return url().resolve("/oauth/v2/authorize");
    }

    /** A code as the authorize page gives it, for {@code oauth.v2.access}. */
    public String oauthCode(SlackApp app, Person installer, String redirectUri) {
        return oauth.code(app, installer, app.botScopes(), redirectUri);
    }

    /** The Socket Mode connections of apps. */
    public SocketHub sockets() {
        return sockets;
    }

    public Workspace addWorkspace(String name) {
        return new Workspace(world, acts, name);
    }

    /** A new app, in no workspace yet. */
    public SlackApp addApp(String name) {
        return new SlackApp(world, name);
    }

    /** Events on their way to apps. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Failures to script for the next Web API calls. */
    public Faults faults() {
        return faults;
    }

    /** How often apps may call. */
    public RateLimits limits() {
        return limits;
    }

    /** Every file, uploaded by people or by apps. */
    public List<StoredFile> files() {
        return files.all();
    }

    /** The thread of the assistant pane that stands there. */
    AssistantThread assistantThread(Channel channel, String threadTs) {
        return acts.assistant()
                .find(channel, threadTs)
                .orElseThrow(() -> new IllegalArgumentException("no assistant thread " + threadTs + " in " + channel));
    }

    /** Waits for a completed file of that name. */
    public StoredFile awaitFile(String name) {
        return world.await(
                "file " + name,
                () -> files.all().stream()
                        .filter(file -> file.complete() && file.name().equals(name))
                        .findFirst(),
                () -> files.all().toString());
    }

    /** A request of any kind to an address of the app, rightly signed unless told otherwise. */
    public SignedPost post(SlackApp app, URI url) {
        return lines.post(app, url);
    }

    /** Sends the challenge that Slack sends to a new events address; true when the app answers it. */
    public boolean verifiesUrl(SlackApp app, URI url) {
        String challenge = World.secret(20);
        Answer answer = post(app, url)
                .json(Json.object("token", app.verificationToken(), "challenge", challenge, "type", "url_verification")
                        .toString())
                .send();
        return answer.acknowledged()
                && (answer.body().strip().equals(challenge)
                        || answer.json().path("challenge").asText().equals(challenge));
    }

    /** How long every method that awaits something waits, instead of ten seconds. */
    public void waitAtMost(Duration time) {
        world.patience(time);
    }

    /** How long trigger ids live, instead of Slack's three seconds. */
    public void letTriggersLive(Duration time) {
        acts.triggers().liveFor(time);
    }

    /**
     * Waits until something is so; looked at again whenever anything changes here.
     *
     * @throws AssertionError after the deadline, with all that people see
     */
    public void await(String expected, Duration deadline, BooleanSupplier condition) {
        world.await(
                expected, deadline, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), this::dump);
    }

    /** Everything that people see anywhere, for a failing test's reader. */
    public String dump() {
        return String.join("\n", world.channels().stream().map(Channel::dump).toList());
    }

    @Override
    public void close() {
        world.close();
        deliveries.close();
        sockets.close();
        server.stop();
        http.shutdownNow();
    }
}
