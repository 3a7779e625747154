package io.opsconductor.chat.slack.receive;

import com.slack.api.bolt.response.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.chat.slack.receive.SlackMeasures.Reason;
import io.opsconductor.kit.http.HttpProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where Slack calls in http mode: events, interactions and commands, all of which may go to one address. */
public final class SlackRoutes {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final HeaderName SIGNATURE = HeaderNames.create("X-Slack-Signature");
    private static final HeaderName TIMESTAMP = HeaderNames.create("X-Slack-Request-Timestamp");

    private final SignatureCheck signatures;
    private final BoltApp app;
    private final SlackMeasures measures;

    public SlackRoutes(SignatureCheck signatures, BoltApp app, SlackMeasures measures) {
        this.signatures = signatures;
        this.app = app;
        this.measures = measures;
    }

    /** Adds the routes below {@code /slack}. */
    public void route(HttpRules rules) {
        List.of("/events", "/interactivity", "/commands").forEach(path -> rules.post(path, this::take));
    }

    private void take(ServerRequest request, ServerResponse response) {
        byte[] body = body(request);
        Optional<Reason> problem = signatures.problem(header(request, TIMESTAMP), header(request, SIGNATURE), body);
        if (problem.isPresent()) {
            measures.refused(problem.get());
            throw HttpProblem.of(
                    401,
                    "not_signed",
                    problem.get() == Reason.TIMESTAMP
                            ? "the request has no timestamp within five minutes of this clock"
                            : "the request is not signed with this app's signing secret",
                    "compare slack.signing-secret with the app's page Basic Information, and this machine's clock;"
                            + " 'slack check' does both");
        }
        send(
                response,
                app.answer(
                        new String(body, StandardCharsets.UTF_8),
                        headers(request),
                        request.remotePeer().host(),
                        false));
    }

    private byte[] body(ServerRequest request) {
        byte[] body;
        try (InputStream in = request.content().inputStream()) {
            body = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            measures.refused(Reason.MALFORMED);
            throw HttpProblem.of(400, "unreadable_body", "the request's body ended early", "send the request again");
        }
        if (body.length > MAX_BYTES) {
            measures.refused(Reason.TOO_LARGE);
            throw HttpProblem.of(
                    413, "body_too_large", "the request's body is larger than " + MAX_BYTES + " bytes", "");
        }
        return body;
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse("");
    }

    private static Map<String, List<String>> headers(ServerRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : request.headers()) {
            headers.put(header.name(), header.allValues());
        }
        return headers;
    }

    private static void send(ServerResponse response, Response answer) {
        response.status(Status.create(answer.getStatusCode()));
        String body = answer.getBody();
        if (body == null) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, answer.getContentType());
        response.send(body.getBytes(StandardCharsets.UTF_8));
    }
}
