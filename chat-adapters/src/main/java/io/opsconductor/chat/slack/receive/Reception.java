package io.opsconductor.chat.slack.receive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.bolt.middleware.Middleware;
import com.slack.api.bolt.middleware.MiddlewareChain;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.response.Response;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.Arrivals;
import io.opsconductor.chat.slack.receive.SlackMeasures.Reason;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The one middleware of Bolt's app, the same for both transports: it stores what came and acknowledges it. Nothing is
 * worked on before the acknowledgement, so Bolt's own handlers, which run before it, are not used.
 */
final class Reception implements Middleware {
    private final Arrivals arrivals;
    private final Ownership ownership;
    private final SlackMeasures measures;
    private final InstantSource clock;

    Reception(Arrivals arrivals, Ownership ownership, SlackMeasures measures, InstantSource clock) {
        this.arrivals = arrivals;
        this.ownership = ownership;
        this.measures = measures;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("rawtypes") // Bolt's interface is raw.
    public Response apply(Request request, Response response, MiddlewareChain chain) throws Exception {
        return switch (request.getRequestType()) {
            // Bolt answers the challenge.
            case UrlVerification -> chain.next(request);
            case SSLCheck -> Response.ok();
            case Event -> received(Arrival.Kind.EVENT, request);
            case Command -> received(Arrival.Kind.COMMAND, request);
            case GlobalShortcut, MessageShortcut -> received(Arrival.Kind.SHORTCUT, request);
            case BlockAction -> received(Arrival.Kind.ACTION, request);
            case ViewSubmission -> received(Arrival.Kind.SUBMISSION, request);
            default -> ignored(Reason.UNKNOWN);
        };
    }

    private Response received(Arrival.Kind kind, Request<?> request) {
        ObjectNode payload;
        try {
            payload = Payload.of(request.getRequestBodyAsString());
        } catch (InvalidJsonException e) {
            return malformed();
        }
        if (kind == Arrival.Kind.EVENT && !Incoming.isKnownEvent(payload)) {
            return ignored(Reason.UNKNOWN);
        }
        Optional<Incoming> incoming = Incoming.of(kind, payload);
        return incoming.isEmpty() ? malformed() : owned(incoming.get());
    }

    private Response owned(Incoming incoming) {
        return switch (ownership.of(incoming.teams(), incoming.app())) {
            case Ownership.Owner.Ours(String team) ->
                taken(new Arrival(
                        incoming.id(), incoming.kind(), team, incoming.lane(), incoming.body(), clock.instant()));
            case Ownership.Owner.Foreign foreign -> ignored(Reason.FOREIGN);
            case Ownership.Owner.NotKnownYet unknown -> notNow();
        };
    }

    private Response taken(Arrival arrival) {
        if (arrival.kind() == Arrival.Kind.SUBMISSION) {
            Map<String, String> mistakes = arrivals.mistakes(arrival);
            if (!mistakes.isEmpty()) {
                return json(200, Map.of("response_action", "errors", "errors", mistakes));
            }
        }
        return switch (arrivals.take(arrival)) {
            case STORED, AGAIN -> Response.ok();
            case NOT_NOW -> notNow();
        };
    }

    /** Acknowledged, for sending it again would change nothing. */
    private Response ignored(Reason reason) {
        measures.refused(reason);
        return Response.ok();
    }

    private Response malformed() {
        measures.refused(Reason.MALFORMED);
        return json(400, Map.of("error", "malformed_payload"));
    }

    private Response notNow() {
        measures.refused(Reason.UNAVAILABLE);
        return json(503, Map.of("error", "not_now"));
    }

    private static Response json(int status, Object body) {
        return Response.builder()
                .statusCode(status)
                .contentType(Response.CONTENT_TYPE_APPLICATION_JSON_UTF8)
                .body(Json.write(body))
                .build();
    }
}
