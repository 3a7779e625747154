package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.teams.TeamsSettings;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsPerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications of one tenant and of several, and tenants of ours that a tenant of Entra's is or is not of. */
final class TeamsRegistrationTest {
    private static final String OTHER = "bbbbbbbb-0000-0000-0000-000000000002";

    @TempDir
    private Path directory;

    private TeamsSettings settings(Map<String, String> more) throws IOException {
        Files.createDirectories(directory.resolve("teams"));
        Files.writeString(directory.resolve("teams/secret"), "s3cret\n");
        Map<String, String> environment = new HashMap<>(Map.of(
                "OPSCONDUCTOR_HOME",
                directory.toString(),
                "OPSCONDUCTOR_CHATBOT_TEAMS_MODE",
                "on",
                "OPSCONDUCTOR_CHATBOT_TEAMS_APP_ID",
                TeamsHome.APPLICATION));
        environment.putAll(more);
        return ChatbotSettings.read(environment).teams().orElseThrow();
    }

    @Test
    void anApplicationOfOneTenantLogsInThereAndHearsThatOne() throws IOException {
        TeamsSettings one = settings(Map.of("OPSCONDUCTOR_CHATBOT_TEAMS_TENANT", TeamsHome.TENANT));
        assertThat(one.loginTenant()).isEqualTo(TeamsHome.TENANT);
        assertThat(one.allowedTenants()).containsExactly(TeamsHome.TENANT);
    }

    @Test
    void anApplicationOfSeveralLogsInAtTheBotFrameworkAndHearsThoseThatAreListed() throws IOException {
        TeamsSettings several = settings(Map.of("OPSCONDUCTOR_CHATBOT_TEAMS_TENANTS", TeamsHome.TENANT + "," + OTHER));
        assertThat(several.loginTenant()).isEqualTo("botframework.com");
        assertThat(several.allowedTenants()).containsExactlyInAnyOrder(TeamsHome.TENANT, OTHER);
        assertThat(settings(Map.of("OPSCONDUCTOR_CHATBOT_TEAMS_TENANTS", "any")).allowedTenants())
                .isEmpty();
        assertThatThrownBy(() -> settings(Map.of()))
                .hasMessageContaining("teams.tenants is empty: set teams.tenant for an application of one tenant");
        assertThatThrownBy(() -> settings(Map.of("OPSCONDUCTOR_CHATBOT_TEAMS_TENANTS", "contoso.com")))
                .hasMessageContaining("teams.tenants has \"contoso.com\": it must be tenant IDs");
    }

    @Test
    void theChatbotOfAnApplicationOfSeveralTenantsAnswersInEachThatIsListedAndInNoOther() {
        try (TeamsHome home = new TeamsHome(
                directory,
                Registration.withSecret(TeamsHome.APPLICATION, "botframework.com", "s3cret"),
                Map.of(
                        "OPSCONDUCTOR_CHATBOT_TEAMS_TENANT",
                        "",
                        "OPSCONDUCTOR_CHATBOT_TEAMS_TENANTS",
                        TeamsHome.TENANT + "," + OTHER))) {
            TeamsPerson olga = home.person("olga", "user", OTHER);
            olga.says("help");
            home.await(olga.talk(), post -> post.card().toString().contains("check disk space"));
            home.alice.says("help");
            home.await(home.alice.talk(), post -> post.card().toString().contains("check disk space"));
            TeamsPerson eve = home.person("eve", "user", "cccccccc-0000-0000-0000-000000000003");
            assertThat(eve.says("help").status()).isEqualTo(401);
        }
    }

    @Test
    void whereGuestsAndStrangersAreHeardTheyAreWhoTheyAreAtHomeAndHaveNoRightsOfThisTenant() {
        try (TeamsHome home = new TeamsHome(directory, Map.of("OPSCONDUCTOR_CHATBOT_TEAMS_ALLOW_GUESTS", "true"))) {
            TeamsPerson guest = home.person("gus", "guest", TeamsHome.TENANT);
            guest.says("help");
            home.await(guest.talk(), post -> post.card().toString().contains("check disk space"));
            Conversation channel = home.channel();
            // Of the same object id as somebody who may approve, in another tenant.
            TeamsPerson stranger = new TeamsPerson(
                            home.teams,
                            home.endpoint(),
                            new Conversation.Member("29:eve", home.bob.self().objectId(), "eve", OTHER, "user"))
                    .joins(channel);
            Posted card = home.card(channel);
            String answer = stranger.executes(channel, card, TeamsHome.button(card.card(), "Approve"))
                    .body()
                    .path("value")
                    .asText();
            assertThat(answer).contains("teams:" + OTHER + "/object-bob may not approve");
            assertThat(home.runner.executions()).isZero();
        }
    }

    @Test
    void aTenantThatIsOfNobodyHereIsNotHeard() throws IOException {
        Files.writeString(directory.resolve("chatbot.yaml"), "tenants:\n  acme: web\n");
        try (TeamsHome home = new TeamsHome(
                directory,
                Map.of(
                        "OPSCONDUCTOR_CHATBOT_CONFIG",
                        directory.resolve("chatbot.yaml").toString()))) {
            home.alice.says("help");
            home.await(
                    home.alice.talk(),
                    post -> post.card()
                            .toString()
                            .contains("(teams:" + TeamsHome.TENANT + ") is not connected to any tenant"));
            Conversation talk = home.alice.talk();
            assertThat(talk.posts()).hasSize(1);
        }
    }

    @Test
    void afterTooManyRequestsNotEverybodyComesBackAtOnce() {
        Duration asked = Duration.ofSeconds(7);
        List<Duration> waits = IntStream.range(0, 200)
                .mapToObj(_ -> Tempo.teams().patience(asked))
                .toList();
        assertThat(waits)
                .allMatch(wait ->
                        !wait.minus(asked).isNegative() && wait.minus(asked).toMillis() <= 1_000);
        assertThat(waits.stream().distinct()).hasSizeGreaterThan(50);
    }
}
