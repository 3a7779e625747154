package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.chat.standby.StandbyAddress;
import io.opsconductor.chat.standby.StandbyPage;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.counterpart.slack.SignedPost;
import io.opsconductor.counterpart.store.PostgreSqlServer;
import io.opsconductor.kit.config.InvalidSettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Slack sends to a chatbot that stands by reaches the one that has the store, and nothing else is passed on. */
@Timeout(90)
class RelayTest {
    @TempDir
    private Path directory;

    private final PostgreSqlServer.Place place = PostgreSqlServer.shared().place();
    private SlackHome home;

    @BeforeEach
    void settings() {
        home = new SlackHome(directory);
        place.settings("chatbot")
                .forEach((name, value) -> home.setting(name.substring("OPSCONDUCTOR_CHATBOT_".length()), value));
        home.setting("STORE_STANDBY", "true");
    }

    @AfterEach
    void end() {
        home.close();
    }

    private static URI at(StandbyPage page, String path) {
        return URI.create("http://127.0.0.1:" + page.port() + path);
    }

    private SignedPost post(StandbyPage page, String event) {
        return home.slack.post(home.app, at(page, "/slack/events")).json(home.event(event, "app_mention"));
    }

    private int status(StandbyPage page, String path, String... headers) {
        return home.get(at(page, path), headers).statusCode();
    }

    private Chatbot startKnown() {
        int port = FreePort.find();
        home.setting("PORT", Integer.toString(port)).setting("STANDBY_ADDRESS", "127.0.0.1:" + port);
        Chatbot active = home.start();
        home.setting("PORT", "0");
        return active;
    }

    @Test
    void whatSlackSendsReachesTheOneThatHasTheStore() {
        try (ScriptedRunner runner = ScriptedRunner.start(directory)) {
            home.setting("RUNNER_URL", runner.uri().toString());
            Chatbot active = startKnown();
            try (StandbyPage page = StandbyPage.start(home.settings())) {
                SlackHome.await("readiness", () -> status(page, "/health/ready") == 200);
                assertThat(home.get(at(page, "/health")).body()).contains("standby");
                assertThat(home.slack.verifiesUrl(home.app, at(page, "/slack/events")))
                        .isTrue();
                for (int time = 0; time < 2; time++) {
                    // Slack sends an event again when it doubts that it came.
                    assertThat(post(page, "Ev1").send().status()).isEqualTo(200);
                }
                home.work.await("Ev1");
                assertThat(home.work.handled()).hasSize(1);
                assertThat(post(page, "Ev2").unsigned().send().status()).isEqualTo(401);
                assertThat(status(page, "/slack/nothing?a=b%20c")).isEqualTo(404);
                assertThat(status(page, "/slack/events", "OpsConductor-Passed-On", "yes"))
                        .isEqualTo(503);
                // Names are taken on trust there; the other one is at this machine as well.
                for (String around :
                        List.of("/slack/../chat/users", "/slack/%2e%2e/chat/users", "/slack/..%2fchat/users")) {
                    assertThat(status(page, around)).as(around).isGreaterThanOrEqualTo(400);
                }
                assertThat(home.get(SlackHome.uri(active, "/chat/users"), "OpsConductor-Passed-On", "yes")
                                .body())
                        .contains("not_local");
                assertThat(home.get(SlackHome.uri(active, "/chat/users")).statusCode())
                        .isEqualTo(200);
                assertThat(status(page, "/chat/conversations")).isEqualTo(503);
                assertThat(status(page, "/")).isEqualTo(503);

                active.close();
                assertThat(post(page, "Ev3").send().status()).isEqualTo(503);
                assertThat(status(page, "/health/ready")).isEqualTo(503);
                assertThat(status(page, "/health/live")).isEqualTo(200);
            } finally {
                active.close();
            }
        }
        assertThat(home.work.handled()).hasSize(1);
    }

    @Test
    void nothingIsPassedOnToOneThatDidNotSayWhereItIs() {
        Chatbot known = startKnown();
        known.close();
        home.setting("STANDBY_ADDRESS", "");
        try (Chatbot active = home.start();
                StandbyPage page = StandbyPage.start(home.settings())) {
            assertThat(active.port()).isPositive();
            assertThat(post(page, "Ev1").send().status()).isEqualTo(503);
            assertThat(home.get(at(page, "/health/ready")).body())
                    .contains("standby: another chatbot has the store; this one takes over when that one ends");
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedAtTheStart() {
        for (String wrong : List.of("10.0.0.7", ":3005", "host:0", "host:70000", "a@host:1", "host:1/x", "ho st:1")) {
            assertThatThrownBy(home.setting("STANDBY_ADDRESS", wrong)::settings)
                    .as(wrong)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("standby.address is \"" + wrong.strip() + "\": expected HOST:PORT");
        }
        assertThat(List.of("10.0.0.7:3005", "chatbot-0.chatbots:3005", "[fd00::7]:3005", "fd00::7:3005"))
                .allSatisfy(right -> assertThat(StandbyAddress.of(right)).isPresent());
        assertThatThrownBy(home.setting("STANDBY_ADDRESS", "10.0.0.7:3005").setting("STORE_STANDBY", "false")::settings)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("set store.standby as well");
    }
}
