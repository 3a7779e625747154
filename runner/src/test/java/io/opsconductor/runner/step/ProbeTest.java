package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    Path folder;

    private final Masker masker = new Masker();
    private final CredentialSource secrets =
            new CredentialSource(masker, Map.of("TOKEN", "correct-horse"), Path.of("age.txt"));

    @Test
    void aWebInterfaceIsAskedForTheHeadOfItsFirstPageWithItsLogin() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            Condition seen =
                    look(web(server.port(), new Credential.Bearer("t", new SecretSource.InEnvironment("TOKEN"))));

            assertThat(seen.isWell()).as(seen.toString()).isTrue();
            assertThat(seen.reach()).isEqualTo(Reach.REACHED);
            assertThat(seen.login()).isEqualTo(Login.ACCEPTED);
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("HEAD /api HTTP/1.1")
                    .containsIgnoringCase("Authorization: Bearer correct-horse");
        }
    }

    @Test
    void whatAWebInterfaceSaysAboutTheLoginCounts() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")) {
            Condition refused =
                    look(web(server.port(), new Credential.Bearer("t", new SecretSource.InEnvironment("TOKEN"))));
            assertThat(refused.login()).isEqualTo(Login.REFUSED);
            assertThat(refused.reason()).contains("It refused the login: check the credential t.");

            Condition without = look(web(server.port(), null));
            assertThat(without.login()).isEqualTo(Login.NO_CREDENTIAL);
            assertThat(without.reason()).contains("give the target a credential in the inventory");
        }
        try (RawServer server = RawServer.saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(look(web(server.port(), null)).isWell()).isTrue();
        }
        try (RawServer server = RawServer.saying("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(look(web(server.port(), null)).reason()).contains("503");
        }
        assertThat(look(web(1, null)).reach()).isEqualTo(Reach.NOT_REACHED);
    }

    @Test
    void aDatabaseIsLoggedInAtAndNotChanged() throws Exception {
        Path file = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute("create table orders (id integer)");
        }
        Condition seen = look(database(file));
        assertThat(seen.isWell()).as(seen.toString()).isTrue();
        assertThat(seen.platform()).isEqualTo("sqlite");
        assertThat(seen.hostKey()).isEqualTo(HostKeyStanding.NOT_CHECKED);

        Condition absent = look(database(folder.resolve("absent.db")));
        assertThat(absent.reason())
                .isEqualTo("The database file " + folder.resolve("absent.db")
                        + " of shop is not there. Correct its path in the inventory.");
    }

    private Condition look(Target target) {
        try (Probe probe = target.http() == null
                ? new DatabaseProbe(secrets, masker, Duration.ofSeconds(10))
                : new HttpProbe(secrets, masker, Duration.ofSeconds(10))) {
            return probe.look(target);
        }
    }

    private static Target web(int port, @Nullable Credential credential) {
        return new Target(
                "shop",
                List.of(),
                "127.0.0.1",
                22,
                "",
                "",
                List.of(),
                Map.of(),
                null,
                List.of(),
                null,
                new WebAddress(false, port, "/api", null, Set.of(Network.values()), false, credential),
                null);
    }

    private static Target database(Path file) {
        return new Target(
                "shop",
                List.of(),
                "",
                22,
                "",
                "",
                List.of(),
                Map.of(),
                null,
                List.of(),
                null,
                null,
                new DatabaseAddress(DatabaseAddress.Kind.SQLITE, 0, "", file, false, null, "", null));
    }
}
