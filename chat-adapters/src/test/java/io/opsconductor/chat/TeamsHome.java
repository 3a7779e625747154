package io.opsconductor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.counterpart.teams.TeamsPerson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A Teams with people, the whole chatbot that serves it, and a scripted runner behind it. */
final class TeamsHome implements AutoCloseable {
    static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
    static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final TeamsCounterpart teams;
    final ScriptedRunner runner;
    final RunningChatbot chatbot;
    final TeamsPerson alice;
    final TeamsPerson bob;
    private int channels;

    TeamsHome(Path home) {
        this(home, Map.of());
    }

    /** With settings beside those of every test. */
    TeamsHome(Path home, Map<String, String> more) {
        this(home, Registration.withSecret(APPLICATION, TENANT, "s3cret"), more);
    }

    TeamsHome(Path home, Registration registration, Map<String, String> more) {
        teams = TeamsCounterpart.start(registration);
        RunningChatbot.keys(home);
        runner = ScriptedRunner.start(home);
        try {
            Files.createDirectories(home.resolve("teams"));
            Files.writeString(home.resolve("teams/secret"), "s3cret\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, String> settings = settings(teams);
        settings.putAll(more);
        chatbot = RunningChatbot.start(home, runner, settings);
        alice = person("alice", "user", TENANT);
        bob = person("bob", "user", TENANT);
        runner.rules(Rules.someoneElse().approvedBy(identity(bob)));
        awaitTrue(() -> chatbot.caller().get("/health").status() == 200);
    }

    static Map<String, String> settings(TeamsCounterpart teams) {
        Map<String, String> settings = new HashMap<>();
        settings.put("OPSCONDUCTOR_CHATBOT_TEAMS_MODE", "on");
        settings.put("OPSCONDUCTOR_CHATBOT_TEAMS_APP_ID", APPLICATION);
        settings.put("OPSCONDUCTOR_CHATBOT_TEAMS_TENANT", TENANT);
        settings.put("OPSCONDUCTOR_CHATBOT_TEAMS_LOGIN_URL", teams.login().toString());
        settings.put(
                "OPSCONDUCTOR_CHATBOT_TEAMS_METADATA_URL", teams.metadataUrl().toString());
        return settings;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + chatbot.port() + "/api/messages");
    }

    TeamsPerson person(String name, String role, String tenant) {
        return new TeamsPerson(
                teams, endpoint(), new Conversation.Member("29:" + name, "object-" + name, name, tenant, role));
    }

    static String identity(TeamsPerson person) {
        return "teams:" + person.self().tenant() + "/" + person.self().objectId();
    }

    /** A channel of its own with both in it, so that no test waits for another's pace. */
    Conversation channel() {
        channels++;
        Conversation channel =
                teams.conversation("19:ops" + channels + "@thread.tacv2", Conversation.Kind.CHANNEL, TENANT);
        alice.joins(channel);
        bob.joins(channel);
        return channel;
    }

    /** Alice asks there for a change; the card that comes of it. */
    Posted card(Conversation channel) {
        alice.mentions(channel, "restart nginx on web-server-01");
        return await(channel, post -> post.card().toString().contains("restart_service"));
    }

    /** Presses what opens a form; the card in it. */
    static JsonNode form(TeamsPerson person, Conversation conversation, Posted card, String button) {
        return person.task(
                        "task/fetch",
                        conversation,
                        card,
                        button(card.card(), button).path("data"))
                .body()
                .path("task")
                .path("value")
                .path("card")
                .path("content");
    }

    /** Waits for something that stands there. */
    Posted await(Conversation conversation, Predicate<Posted> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (Posted post : conversation.posts()) {
                if (wanted.test(post)) {
                    return post;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("it did not come: " + conversation.posts());
    }

    void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** The button with that title, wherever it is on the card. */
    static JsonNode button(JsonNode card, String title) {
        for (JsonNode element : card.path("body")) {
            for (JsonNode action : element.path("actions")) {
                if (action.path("title").asText().equals(title)) {
                    return action;
                }
            }
        }
        for (JsonNode action : card.path("actions")) {
            if (action.path("title").asText().equals(title)) {
                return action;
            }
        }
        throw new AssertionError("no button " + title + " on " + card);
    }

    /** Whether it is the card of a plan that waits. */
    static boolean waits(Posted post) {
        return post.card().toString().contains("Waiting for");
    }

    static boolean hasButton(JsonNode card, String title) {
        return card.toString().contains("\"title\":\"" + title + "\"");
    }

    @Override
    public void close() {
        chatbot.close();
        runner.close();
        teams.close();
    }
}
