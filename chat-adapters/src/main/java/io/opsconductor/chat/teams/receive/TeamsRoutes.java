package io.opsconductor.chat.teams.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.Arrivals;
import io.opsconductor.chat.teams.token.SenderCheck;
import io.opsconductor.chat.teams.token.Verdict;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the Bot Connector calls: {@code POST /api/messages}. The token is checked first. What changes something is stored,
 * then acknowledged, then worked on; whoever pressed a button waits for a moment, so that the answer shows what came of it.
 */
public final class TeamsRoutes implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsRoutes.class);
    /** Teams takes messages of 100 KB in UTF-16; the activity repeats the text as HTML. */
    private static final int MAX_BYTES = 512 * 1024;

    /** Below the time after which Teams tells that the bot did not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final String LATE =
            "Microsoft did not tell in time who you are, so nothing was opened. Please try again in a moment.";

    private final SenderCheck senders;
    private final Arrivals arrivals;
    private final Answers answers;
    private final Questions questions;
    private final TeamsMeasures measures;
    private final InstantSource clock;

    public TeamsRoutes(
            SenderCheck senders,
            Arrivals arrivals,
            Answers answers,
            Questions questions,
            TeamsMeasures measures,
            InstantSource clock) {
        this.senders = senders;
        this.arrivals = arrivals;
        this.answers = answers;
        this.questions = questions;
        this.measures = measures;
        this.clock = clock;
    }

    /** The routes below {@code /api}. */
    @Override
    public void routing(HttpRules rules) {
        rules.post("/messages", this::take);
        // Clients of development ask so whether a bot is there.
        rules.route(Method.HEAD, "/messages", (request, response) -> response.send());
        rules.any((request, response) -> {
            throw HttpProblem.of(404, "unknown_call", "there is nothing for Teams on this path", "");
        });
    }

    private void take(ServerRequest request, ServerResponse response) throws InterruptedException {
        JsonNode body = json(body(request));
        switch (senders.check(request.headers().first(HeaderNames.AUTHORIZATION).orElse(""), body)) {
            case Verdict.Refused(Verdict.Reason reason) -> {
                String word = reason.name().toLowerCase(Locale.ROOT);
                measures.refused(word);
                LOG.info("Teams: a request was refused: {}", word);
                throw HttpProblem.of(
                        401,
                        "not_authorized",
                        "the request has no token of the Bot Connector for this application and activity",
                        "");
            }
            case Verdict.NotNow(String why) -> {
                LOG.warn("Teams: a request could not be checked: {}", why);
                throw notNow("keys");
            }
            case Verdict.Genuine genuine ->
                Activity.of(body, genuine.address().toString(), genuine.tenant())
                        .ifPresentOrElse(activity -> believed(activity, response), () -> {
                            throw malformed("the activity has no type or no conversation");
                        });
        }
    }

    private void believed(Activity activity, ServerResponse response) {
        try {
            switch (activity.type()) {
                case "message" ->
                    acknowledged(activity, isPress(activity) ? Arrival.Kind.ACTION : Arrival.Kind.EVENT, response);
                case "messageUpdate", "messageDelete", "conversationUpdate", "installationUpdate" ->
                    acknowledged(activity, Arrival.Kind.EVENT, response);
                case "invoke" -> invoked(activity, response);
                // Reactions, typing, and whatever comes: nothing here works on them.
                default -> {
                    measures.refused("unknown");
                    response.status(Status.OK_200).send();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notNow("interrupted");
        }
    }

    /** Whether a message is a pressed {@code Action.Submit}. */
    private static boolean isPress(Activity activity) {
        return activity.body().path("value").isObject();
    }

    private void acknowledged(Activity activity, Arrival.Kind kind, ServerResponse response) {
        switch (arrivals.take(arrival(activity, kind))) {
            case STORED, AGAIN -> response.status(Status.OK_200).send();
            case NOT_NOW -> throw notNow("store");
        }
    }

    private void invoked(Activity activity, ServerResponse response) throws InterruptedException {
        InvokeAnswer answer = switch (activity.name()) {
            case "adaptiveCard/action" ->
                Activity.text(activity.body().path("value"), "trigger").equals("automatic")
                        ? inTime(() -> questions.refresh(activity), InvokeAnswer.error(504, "GatewayTimeout", LATE))
                        : performed(activity, Arrival.Kind.ACTION, true);
            case "task/fetch" -> inTime(() -> questions.form(activity), InvokeAnswer.formWords(LATE));
            case "fileConsent/invoke" -> performed(activity, Arrival.Kind.SUBMISSION, false);
            case "task/submit" -> performed(activity, Arrival.Kind.SUBMISSION, false);
            default -> {
                measures.refused("unknown");
                yield new InvokeAnswer(501, Json.mapper().createObjectNode());
            }
        };
        Edge.send(response, answer.status(), answer.body());
    }

    /** Teams itself may be asked for an answer, and may be slow at it. */
    private static InvokeAnswer inTime(Callable<InvokeAnswer> question, InvokeAnswer late) throws InterruptedException {
        FutureTask<InvokeAnswer> task = new FutureTask<>(question);
        Thread.ofVirtual().name("teams-question").start(task);
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question of Teams could not be answered", e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private InvokeAnswer performed(Activity activity, Arrival.Kind kind, boolean card) throws InterruptedException {
        Arrival arrival = arrival(activity, kind);
        boolean first = answers.expect(arrival.id());
        return switch (arrivals.take(arrival)) {
            case STORED ->
                answers.await(arrival.id(), PATIENCE)
                        .orElseGet(() -> card
                                ? InvokeAnswer.message("I am working on it; what came of it is shown here.")
                                : InvokeAnswer.formDone());
            case AGAIN -> {
                forget(arrival, first);
                yield questions.again(activity);
            }
            case NOT_NOW -> {
                forget(arrival, first);
                throw notNow("store");
            }
        };
    }

    private void forget(Arrival arrival, boolean first) {
        if (first) {
            answers.forget(arrival.id());
        }
    }

    private Arrival arrival(Activity activity, Arrival.Kind kind) {
        if (activity.id().isEmpty()) {
            throw malformed("the activity has no id");
        }
        String id = activity.type() + ":" + activity.place().tenant() + ":"
                + activity.place().id() + ":" + activity.id();
        return new Arrival(
                id, kind, activity.place().tenant(), activity.place().conversation(), activity.body(), clock.instant());
    }

    private byte[] body(ServerRequest request) {
        byte[] body;
        try (InputStream in = request.content().inputStream()) {
            body = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            measures.refused("malformed");
            throw HttpProblem.of(400, "unreadable_body", "the request's body ended early", "send the request again");
        }
        if (body.length > MAX_BYTES) {
            measures.refused("too_large");
            throw HttpProblem.of(
                    413, "body_too_large", "the request's body is larger than " + MAX_BYTES + " bytes", "");
        }
        return body;
    }

    private JsonNode json(byte[] body) {
        Optional<JsonNode> tree;
        try {
            tree = Optional.of(Json.tree(new String(body, StandardCharsets.UTF_8)))
                    .filter(JsonNode::isObject);
        } catch (InvalidJsonException e) {
            tree = Optional.empty();
        }
        return tree.orElseThrow(() -> malformed("the request's body is no JSON object"));
    }

    private HttpProblem malformed(String why) {
        measures.refused("malformed");
        return HttpProblem.of(400, "malformed_activity", why, "");
    }

    private HttpProblem notNow(String what) {
        measures.refused("unavailable_" + what);
        return HttpProblem.of(503, "not_now", "the activity cannot be taken now", "send it again");
    }
}
