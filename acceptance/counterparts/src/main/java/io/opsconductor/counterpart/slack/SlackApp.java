package io.opsconductor.counterpart.slack;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An app as its settings page at api.slack.com/apps describes it: its secrets, its scopes, where its deliveries go, and
 * what it subscribed to.
 */
public final class SlackApp {
    /** What a new app asks for: all that an operations bot needs. */
    public static final Set<String> USUAL_SCOPES = Set.of(
            "app_mentions:read",
            "assistant:write",
            "channels:history",
            "channels:join",
            "channels:read",
            "chat:write",
            "commands",
            "files:read",
            "files:write",
            "groups:history",
            "groups:read",
            "im:history",
            "im:read",
            "im:write",
            "mpim:history",
            "mpim:read",
            "mpim:write",
            "reactions:read",
            "reactions:write",
            "team:read",
            "users:read",
            "users:read.email");

    private final World world;
    private final String id;
    private final String name;
    private final String clientId;
    private final String clientSecret = World.secret(16);
    private final String verificationToken = World.secret(12);
    private final Set<String> appTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> redirectUrls = ConcurrentHashMap.newKeySet();
    private volatile String signingSecret = World.secret(16);
    private volatile Set<String> botScopes = Set.copyOf(USUAL_SCOPES);
    private volatile Optional<Set<String>> subscriptions = Optional.empty();
    private volatile Optional<URI> eventsUrl = Optional.empty();
    private volatile Optional<URI> interactivityUrl = Optional.empty();
    private volatile Optional<URI> commandUrl = Optional.empty();
    private volatile boolean socketMode;

    SlackApp(World world, String name) {
        this.world = world;
        this.name = name;
        this.id = world.nextId("A");
        this.clientId = world.seconds() + "." + Math.abs((long) id.hashCode());
        world.add(this);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String clientId() {
        return clientId;
    }

    public String clientSecret() {
        return clientSecret;
    }

    public String signingSecret() {
        return signingSecret;
    }

    /** What Slack sends as {@code X-Slack-Signature} with this body. */
    public String signature(String timestamp, byte[] body) {
        return Signature.of(signingSecret, timestamp, body);
    }

    /** Makes a new signing secret, with which deliveries are signed from now on. */
    public String rotateSigningSecret() {
        signingSecret = World.secret(16);
        return signingSecret;
    }

    /** The old token that payloads still carry. */
    String verificationToken() {
        return verificationToken;
    }

    /** A new app-level token ({@code xapp-…}) with {@code connections:write}. */
    public String newAppToken() {
        String token = "xapp-1-" + id + "-" + world.seconds() + "-" + World.secret(24);
        appTokens.add(token);
        return token;
    }

    public void revokeAppToken(String token) {
        appTokens.remove(token);
    }

    boolean ownsAppToken(String token) {
        return appTokens.contains(token);
    }

    /** Sends events, interactions and slash commands to this address. */
    public SlackApp deliverTo(URI url) {
        return deliverEventsTo(url).deliverInteractionsTo(url).deliverCommandsTo(url);
    }

    public SlackApp deliverEventsTo(URI url) {
        eventsUrl = Optional.of(url);
        return this;
    }

    public SlackApp deliverInteractionsTo(URI url) {
        interactivityUrl = Optional.of(url);
        return this;
    }

    public SlackApp deliverCommandsTo(URI url) {
        commandUrl = Optional.of(url);
        return this;
    }

    /** Sends everything over Socket Mode, as the switch on the settings page does. */
    public SlackApp deliverBySocketMode() {
        socketMode = true;
        return this;
    }

    public SlackApp deliverByHttp() {
        socketMode = false;
        return this;
    }

    boolean socketMode() {
        return socketMode;
    }

    Optional<URI> eventsUrl() {
        return eventsUrl;
    }

    Optional<URI> interactivityUrl() {
        return interactivityUrl;
    }

    Optional<URI> commandUrl() {
        return commandUrl;
    }

    /** The scopes that installations made from now on are given. */
    public SlackApp withBotScopes(String... scopes) {
        botScopes = Set.of(scopes);
        return this;
    }

    public SlackApp withBotScopes(Set<String> scopes) {
        botScopes = Set.copyOf(scopes);
        return this;
    }

    public Set<String> botScopes() {
        return botScopes;
    }

    /** Subscribes to these bot events only, such as {@code message.im}; without this call to all of them. */
    public SlackApp subscribedTo(String... eventNames) {
        subscriptions = Optional.of(new LinkedHashSet<>(List.of(eventNames)));
        return this;
    }

    boolean wants(String eventName) {
        return subscriptions.map(names -> names.contains(eventName)).orElse(true);
    }

    /** An address that OAuth may redirect to; without any, every address is allowed. */
    public SlackApp withRedirectUrl(String url) {
        redirectUrls.add(url);
        return this;
    }

    boolean allowsRedirect(String url) {
        return redirectUrls.isEmpty() || redirectUrls.stream().anyMatch(url::startsWith);
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
