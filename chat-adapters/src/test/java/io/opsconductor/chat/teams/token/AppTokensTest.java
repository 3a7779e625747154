package io.opsconductor.chat.teams.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.kit.config.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own token: got with a secret, a certificate or somebody else's token, kept, renewed and never shown. */
final class AppTokensTest {
    private static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";

    @TempDir
    private Path home;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final HttpCalls http = new HttpCalls();

    private AppTokens tokens(TeamsCounterpart teams, String tenant, Credential credential) {
        return new AppTokens(teams.login(), tenant, APPLICATION, credential, http, now::get);
    }

    private Credential.Secret secret(String secret) throws Exception {
        Path file = Files.writeString(home.resolve("secret"), secret + "\n");
        return new Credential.Secret(SecretReference.file(file));
    }

    @Test
    void aTokenIsKeptUntilFiveMinutesBeforeItsEnd() throws Exception {
        try (TeamsCounterpart teams = TeamsCounterpart.start(Registration.withSecret(APPLICATION, TENANT, "s3cret"))) {
            AppTokens tokens = tokens(teams, TENANT, secret("s3cret"));
            AppTokens.Got first = tokens.current();
            assertThat(first).isInstanceOf(AppTokens.Got.Token.class);
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(54)));
            assertThat(tokens.current()).isEqualTo(first);
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(2)));
            assertThat(tokens.current()).isInstanceOf(AppTokens.Got.Token.class).isNotEqualTo(first);
            assertThat(teams.tokens().ways()).containsExactly("secret", "secret");
            assertThat(first).hasToString("token");
        }
    }

    @Test
    void aTokenThatWasDiscardedIsNotUsedAgain() throws Exception {
        try (TeamsCounterpart teams = TeamsCounterpart.start(Registration.withSecret(APPLICATION, TENANT, "s3cret"))) {
            AppTokens tokens = tokens(teams, TENANT, secret("s3cret"));
            AppTokens.Got.Token first = (AppTokens.Got.Token) tokens.current();
            tokens.discard("another");
            assertThat(tokens.current()).isEqualTo(first);
            tokens.discard(first.value());
            assertThat(tokens.current()).isNotEqualTo(first);
        }
    }

    @Test
    void aWrongSecretIsToldByMicrosoftsCodeAndNeverRepeated() throws Exception {
        try (TeamsCounterpart teams = TeamsCounterpart.start(Registration.withSecret(APPLICATION, TENANT, "s3cret"))) {
            assertThat(tokens(teams, TENANT, secret("wr0ng")).current())
                    .isEqualTo(new AppTokens.Got.Refused(
                            "Microsoft's login says invalid_client, AADSTS7000215 (HTTP status 401)"));
            assertThat(tokens(teams, "botframework.com", secret("s3cret")).current())
                    .isInstanceOf(AppTokens.Got.Refused.class);
        }
    }

    @Test
    void aLoginThatIsBusyOrAwayIsNoRefusal() throws Exception {
        TeamsCounterpart teams = TeamsCounterpart.start(Registration.withSecret(APPLICATION, TENANT, "s3cret"));
        AppTokens tokens = tokens(teams, TENANT, secret("s3cret"));
        teams.tokens().fail(1);
        AppTokens.Got notNow = tokens.current();
        assertThat(notNow).isInstanceOf(AppTokens.Got.NotNow.class);
        // All that is told asks for it; the login is left alone for two seconds.
        assertThat(tokens.current()).isEqualTo(notNow);
        assertThat(teams.tokens().asked()).isEqualTo(1);
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(2)));
        assertThat(tokens.current()).isInstanceOf(AppTokens.Got.Token.class);
        AppTokens others = tokens(teams, TENANT, secret("s3cret"));
        teams.close();
        assertThat(others.current()).isInstanceOf(AppTokens.Got.NotNow.class);
    }

    @Test
    void aCertificateSignsForTheApplication() throws Exception {
        SelfSigned own = SelfSigned.in(home, "own");
        try (TeamsCounterpart teams =
                TeamsCounterpart.start(new Registration(APPLICATION, TENANT, "", own.certificate(), null))) {
            assertThat(tokens(teams, TENANT, own.credential()).current()).isInstanceOf(AppTokens.Got.Token.class);
            assertThat(teams.tokens().ways()).containsExactly("certificate");
            assertThat(tokens(teams, TENANT, SelfSigned.in(home, "other").credential())
                            .current())
                    .isEqualTo(new AppTokens.Got.Refused(
                            "Microsoft's login says invalid_client, AADSTS700027 (HTTP status 401)"));
        }
    }

    @Test
    void aTokenThatSomebodyElseKeepsFreshIsReadAnewEachTime() throws Exception {
        SelfSigned cluster = SelfSigned.in(home, "cluster");
        Registration.Federation federation = new Registration.Federation(
                "https://cluster.example",
                "system:serviceaccount:ops:chatbot",
                Registration.Federation.AUDIENCE,
                cluster.certificate().getPublicKey());
        Path file = home.resolve("projected-token");
        try (TeamsCounterpart teams =
                TeamsCounterpart.start(new Registration(APPLICATION, TENANT, "", null, federation))) {
            AppTokens tokens = tokens(teams, TENANT, new Credential.Federated(file));
            assertThat(tokens.current())
                    .isInstanceOfSatisfying(
                            AppTokens.Got.Refused.class,
                            refused -> assertThat(refused.why()).contains("there is nothing in file:" + file));
            Files.writeString(file, cluster.token(federation, "system:serviceaccount:ops:somebody"));
            assertThat(tokens.current()).isInstanceOf(AppTokens.Got.Refused.class);
            Files.writeString(file, cluster.token(federation, federation.subject()));
            assertThat(tokens.current()).isInstanceOf(AppTokens.Got.Token.class);
            assertThat(teams.tokens().ways()).containsExactly("federated");
        }
    }
}
