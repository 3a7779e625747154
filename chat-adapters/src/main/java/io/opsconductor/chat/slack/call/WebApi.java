package io.opsconductor.chat.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.impl.MethodsClientImpl;
import com.slack.api.util.http.SlackHttpClient;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls methods of the Web API in the name of a workspace's app and reads {@code ok}, {@code error} and what else an
 * answer says. Requests are formed by Slack's SDK; answers are read as plain JSON, because the SDK refuses blocks that it
 * does not know yet.
 */
final class WebApi {
    private static final Logger LOG = LoggerFactory.getLogger(WebApi.class);

    private static final Set<String> TOKEN_LOST =
            Set.of("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed");
    private static final Set<String> LIMITED = Set.of("ratelimited", "rate_limited");
    private static final Set<String> MAY_HAVE_HAPPENED =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");
    private static final int MAX_DETAIL = 500;

    private final Wire wire;
    private final Workspaces workspaces;
    private final SlackConfig config;

    WebApi(Wire wire, URI apiUrl, Workspaces workspaces) {
        this.wire = wire;
        this.workspaces = workspaces;
        this.config = new SlackConfig();
        // Its numbers cost a call of auth.test a token, and its listeners log bodies.
        config.setStatsEnabled(false);
        config.setHttpClientResponseHandlers(List.of());
        config.setMethodsEndpointUrlPrefix(apiUrl.toString());
    }

    /**
     * Calls a method.
     *
     * @return the answer's JSON, when it says {@code ok}
     */
    Answer<JsonNode> call(Workspace workspace, String method, FormBody.Builder form) {
        return wire.send(client -> methods(client).runPostFormWithToken(form, method, workspace.token()))
                .then(reply -> read(workspace, method, reply));
    }

    private MethodsClient methods(OkHttpClient client) {
        SlackHttpClient http = new SlackHttpClient(client);
        http.setConfig(config);
        MethodsClient methods = new MethodsClientImpl(http);
        methods.setEndpointUrlPrefix(config.getMethodsEndpointUrlPrefix());
        return methods;
    }

    private Answer<JsonNode> read(Workspace workspace, String method, Wire.Reply reply) {
        if (reply.status() != 200) {
            return Wire.problem(reply);
        }
        return Wire.json(reply).then(answer -> {
            if (answer.path("ok").asBoolean(false)) {
                return new Answer.Ok<>(answer);
            }
            String error = answer.path("error").asText("");
            if (TOKEN_LOST.contains(error)) {
                LOG.warn("{} refused the token of {}: {}", method, workspace, error);
                workspaces.lost(workspace.team(), error);
            }
            if (LIMITED.contains(error)) {
                return new Answer.Limited<>(reply.retryAfter());
            }
            return error.isEmpty() || MAY_HAVE_HAPPENED.contains(error)
                    ? new Answer.Unknown<>(error.isEmpty() ? "the answer says neither ok nor an error" : error)
                    : new Answer.Refused<>(error, detail(answer));
        });
    }

    private static String detail(JsonNode answer) {
        List<String> parts = new ArrayList<>();
        if (answer.hasNonNull("needed")) {
            parts.add("needed: " + answer.path("needed").asText());
        }
        if (answer.hasNonNull("provided")) {
            parts.add("provided: " + answer.path("provided").asText());
        }
        answer.path("response_metadata").path("messages").forEach(message -> parts.add(message.asText()));
        String detail = String.join("; ", parts);
        return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
    }
}
