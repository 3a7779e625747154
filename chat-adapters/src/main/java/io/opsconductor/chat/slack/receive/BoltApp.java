package io.opsconductor.chat.slack.receive;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import io.opsconductor.chat.arrival.Arrivals;
import io.opsconductor.chat.slack.receive.SlackMeasures.Reason;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bolt's app with {@link Reception} in it: what Slack sent enters from either transport, the acknowledgement leaves. */
public final class BoltApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltApp.class);

    private final App app;
    private final SlackRequestParser parser;
    private final SlackMeasures measures;

    public BoltApp(Slack slack, Arrivals arrivals, Ownership ownership, SlackMeasures measures, InstantSource clock) {
        // Nothing of Bolt's is left to variables of its own: settings come from one place.
        AppConfig config = AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(null)
                .signingSecret(null)
                .clientId(null)
                .clientSecret(null)
                .threadPoolSize(1)
                .build();
        this.app = new App(config, slack, List.of(new Reception(arrivals, ownership, measures, clock)));
        this.parser = new SlackRequestParser(config);
        this.measures = measures;
        app.start();
    }

    /**
     * Takes a delivery whose origin is proven, and answers what acknowledges or refuses it.
     *
     * @param body the raw body, or the payload of an envelope
     * @param headers as they came; over Socket Mode, those that say that it is sent again
     */
    Response answer(String body, Map<String, List<String>> headers, String remoteAddress, boolean socketMode) {
        if (headers.keySet().stream().anyMatch("x-slack-retry-num"::equalsIgnoreCase)) {
            measures.retried();
        }
        long begun = System.nanoTime();
        try {
            Request<?> request = parsed(body, headers, remoteAddress, socketMode);
            return request == null ? unparsed(body) : app.run(request);
        } catch (InvalidJsonException e) {
            return refused(400, Reason.MALFORMED, "malformed_payload");
        } catch (Exception e) {
            LOG.error("a delivery from Slack could not be taken", e);
            return refused(503, Reason.UNAVAILABLE, "not_now");
        } finally {
            measures.acknowledged(System.nanoTime() - begun);
        }
    }

    private @Nullable Request<?> parsed(
            String body, Map<String, List<String>> headers, String remoteAddress, boolean socketMode) {
        try {
            return parser.parse(SlackRequestParser.HttpRequest.builder()
                    .requestUri("")
                    .queryString(Map.of())
                    .requestBody(body)
                    .headers(new RequestHeaders(headers))
                    .remoteAddress(remoteAddress)
                    .socketMode(socketMode)
                    .build());
        } catch (RuntimeException e) {
            // Bolt fails in many ways on a payload that lacks what its type must have.
            throw new InvalidJsonException("not a payload that Bolt can read", e);
        }
    }

    /** What has a type that Bolt does not know is acknowledged, for sending it again would change nothing. */
    private Response unparsed(String body) {
        if (Payload.of(body).path("type").asText().isEmpty()) {
            throw new InvalidJsonException("without a type", null);
        }
        measures.refused(Reason.UNKNOWN);
        return Response.ok();
    }

    private Response refused(int status, Reason reason, String error) {
        measures.refused(reason);
        return Response.builder()
                .statusCode(status)
                .contentType(Response.CONTENT_TYPE_APPLICATION_JSON_UTF8)
                .body(Json.write(Map.of("error", error)))
                .build();
    }

    @Override
    public void close() {
        app.stop();
        app.executorService().shutdownNow();
    }
}
