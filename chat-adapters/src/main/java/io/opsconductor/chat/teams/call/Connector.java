package io.opsconductor.chat.teams.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.teams.http.Bounds;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.http.Reply;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.chat.teams.token.AppTokens;
import io.opsconductor.chat.teams.token.ServiceAddress;
import io.opsconductor.chat.teams.token.ServiceHosts;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Bot Connector's conversations. One method a call; each blocks. */
public final class Connector {
    /** The error for an address to which no token may go. */
    public static final String NOT_ALLOWED = "AddressNotAllowed";

    /** The error for a message that is too large. */
    public static final String TOO_BIG = "MessageSizeTooBig";

    /** For what nobody waits for. */
    private static final Bounds TELLING = new Bounds(Duration.ofSeconds(15), 64 * 1024);
    /** Whoever pressed a button waits for it. */
    private static final Bounds ASKING = new Bounds(Duration.ofSeconds(3), 64 * 1024);

    private static final Duration WITHOUT_A_NUMBER = Duration.ofSeconds(2);
    private static final String UNAUTHORIZED = "Unauthorized";
    private static final Set<String> NOT_MEMBERS = Set.of("guest", "anonymous", "federatedguest");

    private final HttpCalls http;
    private final ServiceHosts hosts;
    private final @Nullable AppTokens tokens;

    /** @param tokens null for a client of development, which asks for none */
    public Connector(HttpCalls http, ServiceHosts hosts, @Nullable AppTokens tokens) {
        this.http = http;
        this.hosts = hosts;
        this.tokens = tokens;
    }

    /** Posts an activity; the answer is its id. In a channel, a place that has a thread gets it there. */
    public Answer<String> post(TeamsPlace place, ObjectNode activity) throws InterruptedException {
        return call("POST", place, "/activities", activity.toString(), TELLING).then(Connector::id);
    }

    /** Makes an activity look like this, for everybody. */
    public Answer<String> update(TeamsPlace place, String id, ObjectNode activity) throws InterruptedException {
        return call("PUT", place, "/activities/" + encoded(id), activity.toString(), TELLING)
                .map(_ -> id);
    }

    /** Who somebody is there. */
    public Answer<Member> member(TeamsPlace place, String id) throws InterruptedException {
        return call("GET", place, "/members/" + encoded(id), "", ASKING).map(body -> member(id, body));
    }

    /**
     * The talk with somebody alone, made when there is none.
     *
     * @param serviceUrl of a place of the same tenant
     * @param person the id by which the bot knows somebody, or the person's id in Entra
     * @return Teams' id of the talk; refused when the person has not installed the app
     */
    public Answer<String> talk(String tenant, String serviceUrl, String application, String person)
            throws InterruptedException {
        ObjectNode asked =
                Json.mapper().createObjectNode().put("isGroup", false).put("tenantId", tenant);
        asked.putObject("bot").put("id", "28:" + application);
        asked.putArray("members").addObject().put("id", person);
        asked.putObject("channelData").putObject("tenant").put("id", tenant);
        return call("POST", serviceUrl, "v3/conversations", asked.toString(), TELLING)
                .then(Connector::id);
    }

    private static Answer<String> id(JsonNode body) {
        String id = body.path("id").asText("");
        return id.isEmpty() ? new Answer.Unknown<>("the answer has no id") : new Answer.Ok<>(id);
    }

    private static Member member(String id, JsonNode body) {
        String object = body.path("aadObjectId").asText(body.path("objectId").asText(""));
        return new Member(
                id,
                object.toLowerCase(Locale.ROOT),
                body.path("tenantId").asText(""),
                body.path("name").asText(""),
                NOT_MEMBERS.contains(body.path("userRole").asText("").toLowerCase(Locale.ROOT)));
    }

    private Answer<JsonNode> call(String method, TeamsPlace place, String path, String body, Bounds bounds)
            throws InterruptedException {
        return call(method, place.serviceUrl(), "v3/conversations/" + encoded(place.id()) + path, body, bounds);
    }

    private Answer<JsonNode> call(String method, String serviceUrl, String whole, String body, Bounds bounds)
            throws InterruptedException {
        Optional<ServiceAddress> address = hosts.address(serviceUrl);
        if (address.isEmpty()) {
            return new Answer.Refused<>(
                    NOT_ALLOWED, "the address for answers, " + serviceUrl + ", is not in teams.service-hosts");
        }
        Answer<JsonNode> first = authorized(method, address.get(), whole, body, bounds);
        // A token that was taken back is replaced once.
        return first instanceof Answer.Refused<JsonNode>(String error, String _) && error.equals(UNAUTHORIZED)
                ? authorized(method, address.get(), whole, body, bounds)
                : first;
    }

    private Answer<JsonNode> authorized(String method, ServiceAddress address, String path, String body, Bounds bounds)
            throws InterruptedException {
        if (tokens == null) {
            return answered(http.json(method, address.at(path), "", body, bounds));
        }
        return switch (tokens.current()) {
            case AppTokens.Got.Refused(String why) -> new Answer.Refused<>("no_token", why);
            case AppTokens.Got.NotNow(String why, Duration _) -> new Answer.Unreachable<>(why);
            case AppTokens.Got.Token(String token) -> {
                Answer<JsonNode> answer = answered(http.json(method, address.at(path), token, body, bounds));
                if (answer instanceof Answer.Refused<JsonNode>(String error, String _) && error.equals(UNAUTHORIZED)) {
                    tokens.discard(token);
                }
                yield answer;
            }
        };
    }

    private static Answer<JsonNode> answered(Reply reply) {
        return switch (reply) {
            case Reply.NotSent(String why) -> new Answer.Unreachable<>(why);
            case Reply.NoAnswer(String why) -> new Answer.Unknown<>(why);
            case Reply.Answered answer -> {
                JsonNode body = body(answer.body());
                if (answer.isOk()) {
                    yield new Answer.Ok<>(body);
                }
                yield failed(answer, body);
            }
        };
    }

    private static Answer<JsonNode> failed(Reply.Answered answer, JsonNode body) {
        String code = body.path("error").path("code").asText("");
        String detail = body.path("error").path("message").asText("");
        return switch (answer.status()) {
            case 401 -> new Answer.Refused<>(UNAUTHORIZED, detail);
            case 413 -> new Answer.Refused<>(TOO_BIG, detail);
            case 429 -> new Answer.Limited<>(answer.retryAfter().isZero() ? WITHOUT_A_NUMBER : answer.retryAfter());
            // Microsoft's words: these are to be repeated.
            case 412, 502, 504 -> new Answer.Unreachable<>("HTTP status " + answer.status());
            default ->
                answer.status() >= 500
                        ? new Answer.Unknown<>("HTTP status " + answer.status())
                        : new Answer.Refused<>(code.isEmpty() ? "HTTP status " + answer.status() : code, detail);
        };
    }

    private static JsonNode body(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : Json.tree(text);
        } catch (InvalidJsonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
