package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The two ways to an app: signed HTTP requests and Socket Mode. Both wait for the acknowledgement. */
final class AppLines {
    private final World world;
    private final HttpClient http;
    private final SocketHub sockets;

    AppLines(World world, HttpClient http, SocketHub sockets) {
        this.world = world;
        this.http = http;
        this.sockets = sockets;
    }

    /** Sends once; over Socket Mode that includes passing it to another connection when one drops. */
    Answer send(SlackApp app, Envelope envelope) {
        if (app.socketMode()) {
            return sockets.send(app, envelope);
        }
        Optional<URI> url = switch (envelope.type()) {
            case EVENTS_API -> app.eventsUrl();
            case INTERACTIVE -> app.interactivityUrl();
            case SLASH_COMMANDS -> app.commandUrl();
        };
        return url.map(address -> overHttp(app, address, envelope))
                .orElseGet(() -> new Answer(0, "", "connection_failed", false, world.now(), java.time.Duration.ZERO));
    }

    SignedPost post(SlackApp app, URI url) {
        return new SignedPost(http, world.clock(), app, url);
    }

    private Answer overHttp(SlackApp app, URI url, Envelope envelope) {
        SignedPost post = post(app, url);
        switch (envelope.type()) {
            case EVENTS_API -> post.json(envelope.payload().toString());
            case INTERACTIVE -> post.form(Map.of("payload", envelope.payload().toString()));
            case SLASH_COMMANDS -> post.form(fields(envelope.payload()));
        }
        if (envelope.retry() > 0) {
            post.header("X-Slack-Retry-Num", Integer.toString(envelope.retry()));
            post.header("X-Slack-Retry-Reason", envelope.retryReason());
        }
        return post.send();
    }

    private static Map<String, String> fields(ObjectNode payload) {
        Map<String, String> fields = new LinkedHashMap<>();
        payload.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }
}
