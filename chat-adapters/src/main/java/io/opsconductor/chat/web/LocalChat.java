package io.opsconductor.chat.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.StaticContentService;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Measures;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ConversationList;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.overview.Overview;
import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.chat.ChatbotSettings.LocalChatMode;
import io.opsconductor.chat.picture.Pictures;
import io.opsconductor.kit.http.CloseWhenAsked;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.OneLength;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The web server of the chatbot: the page, its API, what Slack calls, {@code /health} and {@code /metrics}. */
public final class LocalChat implements AutoCloseable {
    private final WebServer server;
    private final EventCalls events;

    private LocalChat(WebServer server, EventCalls events) {
        this.server = server;
        this.events = events;
    }

    /**
     * Starts listening.
     *
     * @param slack what Slack calls; empty when it calls nothing here
     * @param teams what Teams calls; empty when it calls nothing here
     * @throws PortTakenException when it cannot listen there
     */
    public static LocalChat start(
            ChatbotSettings settings,
            Acts acts,
            Conversations conversations,
            ConversationTenants tenants,
            ConversationList list,
            Overview overview,
            KnowledgeSources knowledge,
            Measures measures,
            Health health,
            Metrics metrics,
            Optional<HttpService> slack,
            Optional<HttpService> teams) {
        EventCalls events = new EventCalls(conversations, tenants, settings.heartbeat(), settings.maxStreams());
        ChatCalls calls = new ChatCalls(acts, list, tenants, overview, knowledge, measures, settings.users());
        PlanCalls plans = new PlanCalls(acts);
        PictureCalls pictures = new PictureCalls(conversations, tenants, new Pictures());
        HttpRouting.Builder routing = HttpRouting.builder();
        Edge.answerProblems(routing);
        routing.addFilter(new CloseWhenAsked());
        routing.addFilter(new OneLength());
        LocalChatMode mode = settings.localChat();
        List<String> platforms = new ArrayList<>();
        slack.ifPresent(service -> platforms.add("/slack/"));
        teams.ifPresent(service -> platforms.add("/api/"));
        routing.addFilter(new LocalOnly(settings.allowedHosts(), mode == LocalChatMode.OPEN, platforms));
        slack.ifPresent(service -> routing.register("/slack", service));
        teams.ifPresent(service -> routing.register("/api", service));
        health.route(routing);
        metrics.route(routing);
        if (mode != LocalChatMode.OFF) {
            page(routing, calls, plans, events, pictures);
        }
        return new LocalChat(ChatServer.start(settings, routing), events);
    }

    private static void page(
            HttpRouting.Builder routing, ChatCalls calls, PlanCalls plans, EventCalls events, PictureCalls pictures) {
        routing.register("/chat", rules -> {
            calls.route(rules);
            plans.route(rules);
            rules.get("/conversations/{id}/events", events::events);
            rules.get("/conversations/{id}/pictures/{execution}/{reading}", pictures::picture);
            rules.any(LocalChat::unknownCall);
        });
        routing.get("/", LocalChat::revalidated).get("/*", LocalChat::revalidated);
        routing.register(
                "/",
                StaticContentService.builder("web", LocalChat.class.getClassLoader())
                        .welcomeFileName("index.html")
                        .build());
    }

    /** The page is small and changes with the version: browsers ask whether it did. */
    private static void revalidated(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.next();
    }

    private static void unknownCall(ServerRequest request, ServerResponse response) {
        throw HttpProblem.of(
                404,
                "unknown_call",
                "the chat API has no call " + request.prologue().method() + " on this path",
                "compare it with the API's documentation");
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        events.close();
        server.stop();
    }
}
