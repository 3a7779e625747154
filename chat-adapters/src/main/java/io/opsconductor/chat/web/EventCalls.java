package io.opsconductor.chat.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.conversation.PostedEvent;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.EventStream;
import io.opsconductor.kit.http.HttpProblem;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /chat/conversations/{id}/events}: as a stream, or as JSON, at once or as soon as there is something. */
final class EventCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventCalls.class);
    private static final int AT_ONCE = 200;
    private static final int MAX_WAIT_SECONDS = 30;

    private final Conversations conversations;
    private final ConversationTenants tenants;
    private final Duration heartbeat;
    private final Semaphore streams;
    private final AtomicBoolean closed = new AtomicBoolean();

    EventCalls(Conversations conversations, ConversationTenants tenants, Duration heartbeat, int maxStreams) {
        this.conversations = conversations;
        this.tenants = tenants;
        this.heartbeat = heartbeat;
        this.streams = new Semaphore(maxStreams);
    }

    void events(ServerRequest request, ServerResponse response) throws InterruptedException {
        String conversation = Forms.conversation(request.path().pathParameters().get("id"));
        long after = Forms.number("after", after(request), 0, Long.MAX_VALUE);
        long wait = Forms.number("wait", request.query().first("wait").orElse("0"), 0, MAX_WAIT_SECONDS);
        if (!conversations.exists(conversation) || !tenants.isOf(conversation, "web")) {
            throw ChatCalls.problem(Inbox.unknown(conversation));
        }
        if (!streams.tryAcquire()) {
            throw HttpProblem.of(
                    503, "too_many_streams", "too many readers are connected", "close some pages, or try again later");
        }
        try {
            if (wantsJson(request)) {
                json(response, conversation, after, Duration.ofSeconds(wait));
            } else {
                stream(response, conversation, after);
            }
        } finally {
            streams.release();
        }
    }

    /** A browser that reconnects by itself says in a header where it was. */
    private static String after(ServerRequest request) {
        return request.query()
                .first("after")
                .or(() -> request.headers().first(HeaderNames.create("Last-Event-ID")))
                .orElse("0");
    }

    private static boolean wantsJson(ServerRequest request) {
        String accept = request.headers().first(HeaderNames.ACCEPT).orElse("");
        return accept.contains("application/json") && !accept.contains("text/event-stream");
    }

    private record Events(List<Raw> events) {}

    private record Raw(
            @JsonRawValue @com.fasterxml.jackson.annotation.JsonValue
            String json) {}

    private void json(ServerResponse response, String conversation, long after, Duration wait)
            throws InterruptedException {
        if (!wait.isZero() && !conversations.await(conversation, after, wait)) {
            LOG.debug("nothing new in {} within {}", conversation, wait);
        }
        Edge.send(
                response,
                200,
                new Events(conversations.after(conversation, after, AT_ONCE).stream()
                        .map(event -> new Raw(event.json()))
                        .toList()));
    }

    private void stream(ServerResponse response, String conversation, long after) throws InterruptedException {
        long seq = after;
        try (EventStream stream = EventStream.open(response)) {
            stream.heartbeat();
            while (!closed.get()) {
                List<PostedEvent> events = conversations.after(conversation, seq, AT_ONCE);
                for (PostedEvent event : events) {
                    stream.event(event.seq(), event.json());
                    seq = event.seq();
                }
                stream.flush();
                if (events.isEmpty() && !conversations.await(conversation, seq, heartbeat)) {
                    stream.heartbeat();
                }
            }
        } catch (UncheckedIOException e) {
            LOG.debug("the reader of {} went away: {}", conversation, e.getMessage());
        }
    }

    /** Ends the streams: at once those that hear of something, the others with their next heartbeat. */
    @Override
    public void close() {
        closed.set(true);
    }
}
