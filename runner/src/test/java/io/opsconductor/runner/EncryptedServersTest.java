package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.store.PostgreSqlServer;
import io.opsconductor.counterpart.store.RedisServerProcess;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StoreException;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.runner.signal.RedisPlace;
import io.opsconductor.runner.signal.RedisSignals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store and the hints by servers that speak TLS: a real PostgreSQL, and a real Redis. */
@Timeout(60)
class EncryptedServersTest {
    @TempDir
    private static Path directory;

    private static final PostgreSqlServer SERVER = PostgreSqlServer.shared();
    private static Path ours = Path.of("");
    private static Path others = Path.of("");

    @BeforeAll
    static void prepare() throws IOException {
        Path home = TestHome.make(directory.resolve("ours")).path();
        TestCertificates.issueServer(home, "elsewhere.example.com");
        ours = home.resolve("tls");
        others = TestHome.make(directory.resolve("others")).path().resolve("tls");
        show("runner");
    }

    @AfterAll
    static void asBefore() {
        SERVER.administer("alter system reset ssl");
        SERVER.administer("select pg_reload_conf()");
    }

    /** Has PostgreSQL show this certificate from now on. */
    private static void show(String certificate) {
        SERVER.administer("alter system set ssl_cert_file = '" + ours.resolve(certificate + ".crt") + "'");
        SERVER.administer("alter system set ssl_key_file = '" + ours.resolve(certificate + ".key") + "'");
        SERVER.administer("alter system set ssl = on");
        SERVER.administer("select pg_reload_conf()");
    }

    private static StorePlace store(PostgreSqlServer.Place place, Path authority) {
        Map<String, String> environment = new HashMap<>(place.settings("runner"));
        environment.put("OPSCONDUCTOR_RUNNER_STORE_TLS", "verify");
        environment.put("OPSCONDUCTOR_RUNNER_STORE_AUTHORITY", authority.toString());
        environment.put("OPSCONDUCTOR_RUNNER_STORE_PATIENCE", "0s");
        return StorePlace.of("runner", directory, environment);
    }

    private static String encryption(Database database) {
        return database.one(
                        "select version from pg_stat_ssl where pid = pg_backend_pid() and ssl",
                        row -> Rows.text(row, "version"))
                .orElse("none");
    }

    @Test
    void theStoreIsEncryptedAndWhoeverIsNotTheServerIsRefused() {
        PostgreSqlServer.Place place = SERVER.place();
        try (Database database = Database.open(store(place, ours.resolve("ca.crt")), "db/runner")) {
            assertThat(encryption(database)).startsWith("TLSv1.");
        }
        assertThatThrownBy(() -> Database.open(store(place, others.resolve("ca.crt")), "db/runner"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store " + place.url() + " cannot be opened: ")
                .hasMessageContaining("PKIX path");
        show("elsewhere.example.com");
        try {
            assertThatThrownBy(() -> Database.open(store(place, ours.resolve("ca.crt")), "db/runner"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("The hostname 127.0.0.1 could not be verified");
        } finally {
            show("runner");
        }
    }

    private static RedisSignals signals(RedisServerProcess redis, Path authority) {
        return RedisSignals.connecting(
                new RedisPlace(
                        URI.create(redis.address()),
                        "",
                        SecretReference.file(directory.resolve("none")),
                        authority,
                        "opsconductor"),
                "one");
    }

    private static String trouble(RedisServerProcess redis, Path authority) {
        try (RedisSignals signals = signals(redis, authority)) {
            while (signals.trouble().orElse("not reached yet").contains("not reached yet")) {
                LockSupport.parkNanos(5_000_000);
            }
            return signals.trouble().orElseThrow();
        }
    }

    @Test
    void hintsAreEncryptedAndWhoeverIsNotTheServerIsRefused() throws Exception {
        try (RedisServerProcess redis =
                RedisServerProcess.startEncrypted(ours.resolve("runner.crt"), ours.resolve("runner.key"))) {
            try (RedisSignals signals = signals(redis, ours.resolve("ca.crt"))) {
                while (!signals.isUp()) {
                    LockSupport.parkNanos(5_000_000);
                }
                assertThat(signals.offer("a hint")).isTrue();
                assertThat(signals.take(Duration.ofSeconds(5))).contains("a hint");
            }
            assertThat(trouble(redis, others.resolve("ca.crt")))
                    .startsWith(redis.address() + " is away since ")
                    .contains("trust anchors", "redis.authority");
        }
        try (RedisServerProcess other = RedisServerProcess.startEncrypted(
                ours.resolve("elsewhere.example.com.crt"), ours.resolve("elsewhere.example.com.key"))) {
            assertThat(trouble(other, ours.resolve("ca.crt"))).contains("127.0.0.1", "redis.authority");
        }
    }
}
