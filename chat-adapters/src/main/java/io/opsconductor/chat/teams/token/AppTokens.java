package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.teams.http.Bounds;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.http.Reply;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Our own token for the Bot Connector, got from Microsoft's login and kept until five minutes before its end. Many threads
 * may ask; one of them gets it. A login that does not answer, or asks for patience, is left alone for a while.
 */
public final class AppTokens {
    private static final String SCOPE = "https://api.botframework.com/.default";
    private static final Bounds LOGIN = new Bounds(Duration.ofSeconds(5), 64 * 1024);
    /** Between two tries that failed, unless the login asks for more: all that is told waits for a token. */
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(2);

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);
    private static final int LONGEST_LIFE_SECONDS = 24 * 3_600;

    private final URI login;
    private final String application;
    private final Credential credential;
    private final HttpCalls http;
    private final InstantSource clock;
    private final ReentrantLock getting = new ReentrantLock();
    private @Nullable Kept kept;
    private @Nullable Failed failed;

    private record Kept(String token, Instant until) {
        @Override
        public String toString() {
            return "token until " + until;
        }
    }

    private record Failed(Got.NotNow why, Instant until) {}

    /** The token, or why there is none. */
    public sealed interface Got {
        record Token(String value) implements Got {
            @Override
            public String toString() {
                return "token";
            }
        }

        /** The credential is no good, which only people can change. */
        record Refused(String why) implements Got {}

        /** Not now. */
        record NotNow(String why, Duration retryAfter) implements Got {}
    }

    /**
     * Tokens for one application.
     *
     * @param login base address of Microsoft's login, with a slash at its end
     * @param tenant in whose name: the application's own, or {@code botframework.com} for one of several tenants
     */
    public AppTokens(
            URI login, String tenant, String application, Credential credential, HttpCalls http, InstantSource clock) {
        this.login = login.resolve(tenant + "/oauth2/v2.0/token");
        this.application = application;
        this.credential = credential;
        this.http = http;
        this.clock = clock;
    }

    /** Blocks while it is got. */
    public Got current() throws InterruptedException {
        getting.lockInterruptibly();
        try {
            if (kept != null && clock.instant().isBefore(kept.until())) {
                return new Got.Token(kept.token());
            }
            if (failed != null && clock.instant().isBefore(failed.until())) {
                return failed.why();
            }
            Got got = got();
            failed = got instanceof Got.NotNow notNow ? failed(notNow) : null;
            return got;
        } finally {
            getting.unlock();
        }
    }

    private Failed failed(Got.NotNow why) {
        Duration pause = why.retryAfter().compareTo(BETWEEN_FAILURES) > 0 ? why.retryAfter() : BETWEEN_FAILURES;
        return new Failed(why, clock.instant().plus(pause));
    }

    /** The connector did not take it: the next call gets another. */
    public void discard(String token) throws InterruptedException {
        getting.lockInterruptibly();
        try {
            if (kept != null && kept.token().equals(token)) {
                kept = null;
            }
        } finally {
            getting.unlock();
        }
    }

    private Got got() throws InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", application);
        fields.put("scope", SCOPE);
        try {
            fields.putAll(ClientProof.of(credential, application, login, clock.instant()));
        } catch (ClientProof.UnusableException e) {
            return new Got.Refused(String.valueOf(e.getMessage()));
        }
        return switch (http.form(login, fields, LOGIN)) {
            case Reply.Answered answered -> answered(answered);
            case Reply.NotSent(String why) -> new Got.NotNow("Microsoft's login: " + why, Duration.ZERO);
            case Reply.NoAnswer(String why) -> new Got.NotNow("Microsoft's login: " + why, Duration.ZERO);
        };
    }

    private Got answered(Reply.Answered answer) {
        JsonNode body;
        try {
            body = Json.tree(answer.body());
        } catch (InvalidJsonException e) {
            return new Got.NotNow(
                    "Microsoft's login answers with HTTP status " + answer.status() + " and no JSON",
                    answer.retryAfter());
        }
        String token = body.path("access_token").asText("");
        long life = Math.min(LONGEST_LIFE_SECONDS, body.path("expires_in").asLong(0));
        if (answer.isOk() && isToken(token) && life > 0) {
            Duration usable = Duration.ofSeconds(life).minus(BEFORE_THE_END);
            kept = new Kept(token, clock.instant().plus(usable.isNegative() ? Duration.ZERO : usable));
            return new Got.Token(token);
        }
        // The description may repeat what was sent; the code is enough to look it up.
        String error = "Microsoft's login says " + body.path("error").asText("nothing") + codes(body) + " (HTTP status "
                + answer.status() + ")";
        return answer.status() == 400 || answer.status() == 401
                ? new Got.Refused(error)
                : new Got.NotNow(error, answer.retryAfter());
    }

    private static boolean isToken(String token) {
        return !token.isEmpty() && token.length() <= 16_384 && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String codes(JsonNode body) {
        StringBuilder codes = new StringBuilder();
        for (JsonNode code : body.path("error_codes")) {
            if (code.isIntegralNumber()) {
                codes.append(codes.isEmpty() ? ", AADSTS" : " AADSTS").append(code.asLong());
            }
        }
        return codes.toString();
    }
}
