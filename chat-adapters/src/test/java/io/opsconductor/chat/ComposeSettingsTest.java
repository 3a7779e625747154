package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.kit.store.StorePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What compose.yaml tells this part, where whoever starts it has set nothing. */
class ComposeSettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    @Test
    void bothChatbotsShareADatabaseOfWhichOneHasTheUse() throws IOException {
        assertThat(environment("standby")).isEqualTo(environment("chatbot"));
        ChatbotSettings settings = read(environment("chatbot"));

        assertThat(settings.standby()).isTrue();
        assertThat(settings.store())
                .isInstanceOfSatisfying(
                        StorePlace.OnServer.class,
                        store -> assertThat(store.authority()).contains(Path.of("/var/lib/opsconductor/tls/ca.crt")));
        assertThat(settings.runnerUrl()).hasHost("runner");
    }

    @Test
    void everyVariableIsASettingOfTheChatbot() throws IOException {
        Asked asked = new Asked(environment("chatbot"));
        read(asked);

        assertThat(asked.names).containsAll(environment("chatbot").keySet());
    }

    /** Variables that remember which of them were asked for. */
    private static final class Asked extends HashMap<String, String> {
        private final transient Set<String> names = new HashSet<>(Set.of("OPSCONDUCTOR_LOG_LEVEL"));

        Asked(Map<String, String> variables) {
            super(variables);
        }

        @Override
        public @Nullable String get(Object name) {
            names.add(String.valueOf(name));
            return super.get(name);
        }
    }

    private static ChatbotSettings read(Map<String, String> environment) {
        // The image's own.
        environment.put("OPSCONDUCTOR_HOME", "/var/lib/opsconductor");
        return ChatbotSettings.read(environment);
    }

    private static Map<String, String> environment(String service) throws IOException {
        Object compose = new Yaml().load(Files.readString(Path.of("../compose.yaml")));
        Map<String, String> environment = new HashMap<>();
        map(map(map(map(compose).get("services")).get(service)).get("environment"))
                .forEach((name, value) -> environment.put(
                        String.valueOf(name),
                        VARIABLE.matcher(String.valueOf(value)).replaceAll("$1")));
        return environment;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<?, ?>) Objects.requireNonNull(value);
    }
}
