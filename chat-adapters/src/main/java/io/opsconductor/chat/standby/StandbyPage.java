package io.opsconductor.chat.standby;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.chat.web.ChatServer;
import io.opsconductor.kit.http.CloseWhenAsked;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.OneLength;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.metrics.Metrics;
import io.opsconductor.kit.store.Database;

/**
 * What a chatbot answers while another one has the store. It stands by: what Slack and Teams send is passed on to the one that
 * has it, when that one said where it is, and this one is ready when that one is. Nothing else is answered: the page takes names on
 * trust, from people at the machine of the one that has the store.
 */
public final class StandbyPage implements AutoCloseable {
    private final WebServer server;
    private final Relay relay;
    private final Metrics metrics;
    private final Database database;

    private StandbyPage(WebServer server, Relay relay, Metrics metrics, Database database) {
        this.server = server;
        this.relay = relay;
        this.metrics = metrics;
        this.database = database;
    }

    /**
     * Starts to answer, where the chatbot will.
     *
     * @throws io.opsconductor.chat.web.PortTakenException when it cannot listen there
     * @throws io.opsconductor.kit.store.StoreException when the store cannot be opened
     */
    public static StandbyPage start(ChatbotSettings settings) {
        Database database = Database.existing(settings.store());
        Relay relay = new Relay(new ActiveChatbot(database));
        Metrics metrics = new Metrics();
        metrics.watchCertificate(settings.tlsCertificate());
        try {
            return new StandbyPage(
                    ChatServer.start(settings, routing(settings, relay, metrics)), relay, metrics, database);
        } catch (RuntimeException e) {
            relay.close();
            metrics.close();
            database.close();
            throw e;
        }
    }

    private static HttpRouting.Builder routing(ChatbotSettings settings, Relay relay, Metrics metrics) {
        HttpRouting.Builder routing = HttpRouting.builder();
        Edge.answerProblems(routing);
        routing.addFilter(new CloseWhenAsked());
        routing.addFilter(new OneLength());
        new Health().dependsOn("store", () -> standing(relay)).route(routing);
        metrics.route(routing);
        if (settings.slack().isPresent()) {
            routing.any("/slack/*", relay);
        }
        if (settings.teams().isPresent()) {
            routing.any("/api/*", relay);
        }
        routing.any((request, response) -> {
            throw HttpProblem.of(
                    503,
                    "standby",
                    "this chatbot stands by: another one has the store, and the page and its API",
                    "ask that one; this one takes over when that one ends");
        });
        return routing;
    }

    private static String standing(Relay relay) {
        if (!relay.isReady()) {
            throw new IllegalStateException(
                    "standby: another chatbot has the store; this one takes over when that one ends");
        }
        return "standby: another chatbot has the store, to which this one passes on what Slack and Teams send";
    }

    /** The port on which it listens. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        relay.close();
        metrics.close();
        database.close();
    }
}
