package io.opsconductor.chat.teams.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.chat.teams.token.AppTokens;
import io.opsconductor.chat.teams.token.Credential;
import io.opsconductor.chat.teams.token.ServiceHosts;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.json.Json;
import io.opsconductor.kit.config.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectorTest {
    private static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";
    private static final String CHANNEL = "19:ops@thread.tacv2";

    @TempDir
    private Path home;

    private final TeamsCounterpart teams =
            TeamsCounterpart.start(Registration.withSecret(APPLICATION, TENANT, "s3cret"));
    private final HttpCalls http = new HttpCalls();
    private Connector connector;

    @BeforeEach
    void start() throws IOException {
        teams.conversation(CHANNEL, Conversation.Kind.CHANNEL, TENANT);
        Path secret = Files.writeString(home.resolve("secret"), "s3cret");
        AppTokens tokens = new AppTokens(
                teams.login(),
                TENANT,
                APPLICATION,
                new Credential.Secret(SecretReference.file(secret)),
                http,
                Clock.systemUTC());
        connector = new Connector(http, new ServiceHosts(ServiceHosts.MICROSOFT, true), tokens);
    }

    @AfterEach
    void stop() {
        http.close();
        teams.close();
    }

    private TeamsPlace place(String serviceUrl) {
        return new TeamsPlace(TENANT, CHANNEL + ";messageid=1", TeamsPlace.Kind.CHANNEL, serviceUrl);
    }

    private static ObjectNode message(String text) {
        return Json.mapper().createObjectNode().put("type", "message").put("text", text);
    }

    @Test
    void aReplyGoesIntoItsThreadAndIsChangedThere() throws InterruptedException {
        Answer<String> posted = connector.post(place(teams.serviceUrl()), message("one"));
        assertThat(posted).isInstanceOf(Answer.Ok.class);
        String id = ((Answer.Ok<String>) posted).value();
        assertThat(connector.update(place(teams.serviceUrl()), id, message("two")))
                .isEqualTo(new Answer.Ok<>(id));
        Conversation channel = teams.conversation(CHANNEL, Conversation.Kind.CHANNEL, TENANT);
        assertThat(channel.posts()).singleElement().satisfies(post -> {
            assertThat(post.conversation()).isEqualTo(CHANNEL + ";messageid=1");
            assertThat(post.text()).isEqualTo("two");
        });
    }

    @Test
    void anAddressThatIsNotAllowedGetsNoCallAndNoTokenIsAskedFor() throws InterruptedException {
        for (String address : List.of("https://evil.example/teams/", "ftp://127.0.0.1/", "nothing", "")) {
            assertThat(connector.post(place(address), message("secret")))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.error()).isEqualTo(Connector.NOT_ALLOWED));
        }
        assertThat(teams.tokens().ways()).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowedSoThatTheTokenGoesNowhereElse() throws InterruptedException {
        AtomicInteger reached = new AtomicInteger();
        WebServer elsewhere = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.post("/elsewhere", (request, response) -> {
                            reached.incrementAndGet();
                            response.send("{\"id\":\"1\"}");
                        })
                        .any(
                                "/*",
                                (request, response) -> response.status(Status.TEMPORARY_REDIRECT_307)
                                        .header(HeaderNames.LOCATION, "/elsewhere")
                                        .send()))
                .shutdownHook(false)
                .build()
                .start();
        try {
            Answer<String> answer =
                    connector.post(place("http://127.0.0.1:" + elsewhere.port() + "/"), message("secret"));
            assertThat(answer).isInstanceOf(Answer.Refused.class);
            assertThat(reached).hasValue(0);
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void aTokenThatWasTakenBackIsReplacedOnce() throws InterruptedException {
        assertThat(connector.post(place(teams.serviceUrl()), message("one"))).isInstanceOf(Answer.Ok.class);
        teams.tokens().revokeAll();
        assertThat(connector.post(place(teams.serviceUrl()), message("two"))).isInstanceOf(Answer.Ok.class);
        assertThat(teams.tokens().ways()).hasSize(2);
    }

    @Test
    void everyAnswerHasItsMeaning() throws InterruptedException {
        teams.throttle(1, 7);
        assertThat(connector.post(place(teams.serviceUrl()), message("one")))
                .isEqualTo(new Answer.Limited<>(Duration.ofSeconds(7)));
        teams.failCalls(1);
        assertThat(connector.post(place(teams.serviceUrl()), message("one"))).isInstanceOf(Answer.Unreachable.class);
        teams.loseAnswers(1);
        assertThat(connector.post(place(teams.serviceUrl()), message("one"))).isInstanceOf(Answer.Unknown.class);
        assertThat(connector.post(place(teams.serviceUrl()), message("x".repeat(60_000))))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(Connector.TOO_BIG));
        assertThat(connector.update(place(teams.serviceUrl()), "77", message("one")))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo("ActivityNotFoundInConversation"));
    }
}
