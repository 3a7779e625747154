package io.opsconductor.kit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorePlaceTest {
    private static final Path FILE = Path.of("/home/chatbot/store.db");

    private static StorePlace read(Map<String, String> values) {
        Map<String, String> environment = new HashMap<>();
        values.forEach((key, value) -> environment.put("OPSCONDUCTOR_CHATBOT_STORE_" + key, value));
        Settings settings = Settings.open("chatbot", Optional.empty(), environment);
        StorePlace place = StorePlace.read(settings, FILE);
        settings.check();
        return place;
    }

    @Test
    void withoutAWordItIsAFile() {
        assertThat(read(Map.of())).isEqualTo(new StorePlace.InFile(FILE));
    }

    @Test
    void aServerIsVerifiedUnlessThatIsSwitchedOff() {
        StorePlace place = read(Map.of(
                "URL", "jdbc:postgresql://db.example.com/ops?currentSchema=chatbot",
                "USER", "ops",
                "PASSWORD", "file:/run/secrets/store",
                "AUTHORITY", "/etc/ca.crt"));
        assertThat(place).isInstanceOfSatisfying(StorePlace.OnServer.class, server -> {
            assertThat(server.verified()).isTrue();
            assertThat(server.authority()).contains(Path.of("/etc/ca.crt"));
            assertThat(server.connections()).isEqualTo(8);
            assertThat(server.patience()).isEqualTo(Duration.ofSeconds(30));
            assertThat(server.password()).hasToString("file:/run/secrets/store");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/ops?user=x, store.url says more than where the store is",
        "jdbc:postgresql://db/ops?a=b&password=x, store.url says more than where the store is",
        "jdbc:postgresql://db/ops?sslmode=disable, store.url says more than where the store is",
        "jdbc:postgresql://me:secret@db/ops, store.url is not the address of a PostgreSQL database",
        "jdbc:postgresql://db/, store.url is not the address of a PostgreSQL database",
        "jdbc:mysql://db/ops, store.url is not the address of a PostgreSQL database",
        "postgres://db/ops, store.url is not the address of a PostgreSQL database"
    })
    void anAddressThatIsNoneOrSaysTooMuchIsRefusedWithoutRepeatingIt(String url, String reason) {
        assertThatThrownBy(() -> read(Map.of("URL", url, "USER", "ops")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(url);
    }

    @Test
    void whoeverNamesAServerNamesTheRole() {
        assertThatThrownBy(() -> read(Map.of("URL", "jdbc:postgresql://db/ops")))
                .hasMessageContaining("store.user is missing: name the role of PostgreSQL that owns the database");
    }
}
