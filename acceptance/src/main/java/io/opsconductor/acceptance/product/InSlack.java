package io.opsconductor.acceptance.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.counterpart.slack.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A started product whose chatbot is in a workspace of the Slack counterpart, as an app that may and hears just what the
 * product's manifest asks for. The policy knows its people: the operators ask, and approve one another's changes; {@link
 * #VIEWER} may only look; what {@link #WATCHER} looks at runs unasked; {@link #STRANGER} may nothing.
 */
public final class InSlack implements AutoCloseable {
    public static final String VIEWER = "dan";
    public static final String WATCHER = "erin";
    public static final String STRANGER = "mallory";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How Slack reaches the chatbot. */
    public enum Transport {
        HTTP,
        SOCKET
    }

    private final SlackCounterpart slack;
    private final Workspace workspace;
    private final SlackApp app;
    private final io.opsconductor.counterpart.slack.Installation bot;
    private final Installation product;
    private int channels;

    private InSlack(
            Path home, Transport transport, List<String> operators, Map<String, String> others, List<String> options) {
        slack = SlackCounterpart.start();
        slack.waitAtMost(PATIENCE);
        // A busy machine may be slower than a person is patient; how soon forms open is not what is looked at here.
        slack.letTriggersLive(PATIENCE);
        // A minute here holds what a workspace does in an hour; how fast a channel may fill stays as Slack has it.
        List.of("apps.connections.open", "chat.postMessage", "chat.postEphemeral", "chat.update")
                .forEach(method -> slack.limits().allow(method, 10_000));
        workspace = slack.addWorkspace("Acme");
        app = slack.addApp("Ops");
        try {
            askFor(manifest(home, transport));
            bot = workspace.install(app);
            Path policy = Files.createDirectories(home).resolve("slack-policy.yaml");
            Files.writeString(policy, policy(operators));
            List<String> all = new ArrayList<>(List.of("--policy", policy.toString()));
            all.addAll(options);
            Map<String, String> settings = settings(home, transport);
            settings.putAll(others);
            product = Installation.start(home, settings, all.toArray(String[]::new));
        } catch (IOException e) {
            slack.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            slack.close();
            throw e;
        }
        app.deliverTo(URI.create(product.address() + "/slack/events"));
        if (transport == Transport.SOCKET) {
            app.deliverBySocketMode();
        }
    }

    /** @param operators whom the policy lets ask for changes, and approve them for one another */
    public static InSlack start(Path home, Transport transport, List<String> operators, String... options) {
        return start(home, transport, operators, Map.of(), options);
    }

    /**
     * The same with settings beside Slack's.
     *
     * @param settings variables of the environment, such as {@code OPSCONDUCTOR_CHATBOT_MODEL_NAME}
     */
    public static InSlack start(
            Path home, Transport transport, List<String> operators, Map<String, String> settings, String... options) {
        return new InSlack(home, transport, operators, settings, List.of(options));
    }

    private static JsonNode manifest(Path home, Transport transport) {
        List<String> words = switch (transport) {
            case HTTP -> List.of("slack", "manifest", "--url", "https://ops.example.com");
            case SOCKET -> List.of("slack", "manifest", "--socket");
        };
        Command manifest = Installation.command(home, Map.of(), words.toArray(String[]::new));
        if (manifest.exitCode() != 0) {
            throw new IllegalStateException(words + " ended with " + manifest.exitCode() + ":\n" + manifest.output());
        }
        return ChatApi.read(manifest.output());
    }

    private void askFor(JsonNode manifest) {
        app.withBotScopes(texts(manifest.at("/oauth_config/scopes/bot")));
        app.subscribedTo(texts(manifest.at("/settings/event_subscriptions/bot_events")));
    }

    private static String[] texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
    }

    private Map<String, String> settings(Path home, Transport transport) throws IOException {
        Path secrets = Files.createDirectories(
                home.resolve("slack"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("OPSCONDUCTOR_CHATBOT_SLACK_API_URL", slack.apiUrl().toString());
        settings.put("OPSCONDUCTOR_CHATBOT_SLACK_BOT_TOKEN", secret(secrets.resolve("bot"), bot.botToken()));
        switch (transport) {
            case HTTP -> {
                settings.put("OPSCONDUCTOR_CHATBOT_SLACK_MODE", "http");
                settings.put(
                        "OPSCONDUCTOR_CHATBOT_SLACK_SIGNING_SECRET",
                        secret(secrets.resolve("signing"), app.signingSecret()));
            }
            case SOCKET -> {
                settings.put("OPSCONDUCTOR_CHATBOT_SLACK_MODE", "socket");
                settings.put("OPSCONDUCTOR_CHATBOT_SLACK_APP_TOKEN", secret(secrets.resolve("app"), app.newAppToken()));
            }
        }
        return settings;
    }

    private static String secret(Path file, String secret) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
        return "file:" + file;
    }

    private String policy(List<String> operators) {
        StringBuilder actors = new StringBuilder();
        operators.forEach(name -> actors.append(actor(name, "operator")));
        actors.append(actor(VIEWER, "viewer"));
        actors.append(actor(WATCHER, "watcher"));
        return """
                expiry: 15m
                actors:
                %s\
                groups:
                  approvers: [%s]
                rules:
                  - name: whoever looks confirms it themselves
                    roles: [operator, viewer]
                    effects: [read]
                    approval: requester
                  - name: a watcher looks unasked
                    roles: [watcher]
                    effects: [read]
                    approval: none
                  - name: changes need a colleague
                    roles: [operator]
                    effects: [change]
                    approval: { someone_else: 1, of: approvers }
                """.formatted(actors, String.join(", ", operators));
    }

    private String actor(String name, String role) {
        return "  %s: { identities: [\"slack:%s/%s\"], roles: [%s] }\n"
                .formatted(name, workspace.id(), workspace.person(name).id(), role);
    }

    public Installation product() {
        return product;
    }

    public SlackCounterpart slack() {
        return slack;
    }

    public SlackApp app() {
        return app;
    }

    public Workspace workspace() {
        return workspace;
    }

    /** The chatbot as the workspace has it. */
    public io.opsconductor.counterpart.slack.Installation bot() {
        return bot;
    }

    public Person person(String name) {
        return workspace.person(name);
    }

    /** A new channel with these people, and with the bot. */
    public Channel channel(String... names) {
        channels++;
        return workspace.channel(
                "ops-" + channels,
                Stream.concat(Stream.of(names).map(this::person), Stream.of(bot.bot()))
                        .toArray(Person[]::new));
    }

    @Override
    public void close() {
        try {
            product.close();
        } finally {
            slack.close();
        }
    }
}
