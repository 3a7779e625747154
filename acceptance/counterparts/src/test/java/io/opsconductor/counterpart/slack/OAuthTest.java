package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Installing by OAuth: the redirect with code and state, one exchange a code, a token a workspace. */
final class OAuthTest {
    private static final String REDIRECT = "http://127.0.0.1:1/callback";

    /** Helidon takes no colon in a query as it is. */
    private static final String ENCODED = URLEncoder.encode(REDIRECT, UTF_8);

    private final SlackCounterpart slack = SlackCounterpart.start();
    private final AppUnderTest app = new AppUnderTest();
    private final SlackApp opsApp = slack.addApp("Ops").withRedirectUrl(REDIRECT);
    private final Workspace acme = slack.addWorkspace("Acme");
    private final Workspace other = slack.addWorkspace("Other");

    @AfterEach
    void stop() {
        app.close();
        slack.close();
    }

    private String redirected(String query) {
        return app.sent(HttpRequest.newBuilder(
                                java.net.URI.create(slack.authorizeUrl() + "?client_id=" + opsApp.clientId() + query))
                        .build())
                .headers()
                .firstValue("Location")
                .orElse("");
    }

    private JsonNode exchange(String code) {
        ObjectNode args =
                Json.object("client_id", opsApp.clientId(), "client_secret", opsApp.clientSecret(), "code", code);
        return app.call(slack, "", "oauth.v2.access", args);
    }

    @Test
    void allowingRedirectsWithCodeAndState() {
        String location =
                redirected("&scope=chat%3Awrite,commands&state=s%261&redirect_uri=" + ENCODED + "&team=" + other.id());
        assertThat(location).startsWith(REDIRECT + "?code=").endsWith("&state=s%261");

        String code = location.replaceFirst(".*code=([^&]*)&.*", "$1");
        JsonNode token = exchange(code);
        assertThat(token.path("team").path("id").asText()).isEqualTo(other.id());
        assertThat(token.path("scope").asText()).isEqualTo("chat:write,commands");
        JsonNode test = app.call(slack, token.path("access_token").asText(), "auth.test", Json.object());
        assertThat(test.path("team_id").asText()).isEqualTo(other.id());
        assertThat(exchange(code).path("error").asText()).isEqualTo("invalid_code");
        assertThat(acme.installation(opsApp)).isEmpty();
    }

    @Test
    void anotherRedirectAddressIsRefused() {
        assertThat(redirected("&redirect_uri=http%3A%2F%2Fevil.example%2F")).isEmpty();
    }

    @Test
    void denyingRedirectsWithAnError() {
        assertThat(redirected("&state=s&deny=1&redirect_uri=" + ENCODED))
                .isEqualTo(REDIRECT + "?error=access_denied&state=s");
    }
}
