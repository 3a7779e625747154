package io.opsconductor.kit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Problem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers as JSON, and the one place where an exception becomes an answer. */
public final class Edge {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Edge() {}

    /** Makes every route of this routing answer errors as {@link Problem} bodies. */
    public static void answerProblems(HttpRouting.Builder routing) {
        routing.error(HttpProblem.class, (request, response, e) -> send(response, e.status(), e.problem()));
        routing.error(HttpException.class, (request, response, e) -> {
            int status = e.status().code();
            if (status < 400) {
                // Not an error: "not modified", for a file that the browser has already. It must not have a body.
                response.status(e.status()).send();
            } else {
                send(response, status, Problem.of("http_" + status, e.status().reasonPhrase(), ""));
            }
        });
        routing.error(Exception.class, (request, response, e) -> {
            String reference = reference();
            LOG.error(
                    "request {} {} failed, reference {}",
                    request.prologue().method(),
                    request.path().path(),
                    reference,
                    e);
            send(
                    response,
                    500,
                    new Problem(new Problem.Detail(
                            "internal_error",
                            "something went wrong here that is not your doing",
                            "give the reference to whoever runs OpsConductor: the log has the cause",
                            List.of(),
                            reference)));
        });
    }

    /** Sends a record as JSON with a status. */
    public static void send(ServerResponse response, int status, Object body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** A short number that a person can read out and an operator can find in the log. */
    public static String reference() {
        byte[] bytes = new byte[4];
        RANDOM.nextBytes(bytes);
        return "r-" + HexFormat.of().formatHex(bytes);
    }
}
