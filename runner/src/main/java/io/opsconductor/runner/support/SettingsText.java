package io.opsconductor.runner.support;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was set, in the environment and in the files that it names; of what may be a secret, only that it was set. */
final class SettingsText {
    private static final String NOT_SHOWN = "(set, not shown)";

    private SettingsText() {}

    static String of(Map<String, String> environment) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("OPSCONDUCTOR_")) {
                line(text, name, value);
            }
        });
        for (String name : List.of("OPSCONDUCTOR_RUNNER_CONFIG", "OPSCONDUCTOR_CHATBOT_CONFIG")) {
            String file = environment.getOrDefault(name, "");
            if (!file.isBlank()) {
                text.append('\n').append(file).append('\n');
                file(text, Path.of(file));
            }
        }
        return text.toString();
    }

    private static void file(StringBuilder text, Path file) {
        if (!Files.isReadable(file)) {
            text.append("cannot be read\n");
            return;
        }
        try {
            Config.builder(ConfigSources.file(file))
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .build()
                    .traverse()
                    .filter(Config::isLeaf)
                    .forEach(leaf ->
                            line(text, leaf.key().toString(), leaf.asString().orElse("")));
        } catch (RuntimeException e) {
            text.append("is not valid: ").append(e.getMessage()).append('\n');
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append(" = ")
                .append(KnownSecrets.isSecret(name) && !value.isBlank() ? NOT_SHOWN : value)
                .append('\n');
    }
}
