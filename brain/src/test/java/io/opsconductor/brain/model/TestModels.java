package io.opsconductor.brain.model;

import io.opsconductor.kit.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings for tests, read the way the chatbot reads them. */
public final class TestModels {
    private TestModels() {}

    /**
     * Settings of a model at {@code url}.
     *
     * @param more settings in turn, such as {@code "attempts", "1"}
     */
    public static ModelSettings settings(String provider, URI url, String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER", provider);
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_NAME", "scripted");
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_URL", url.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_KEY", "env:OPSCONDUCTOR_TEST_KEY");
        environment.put("OPSCONDUCTOR_TEST_KEY", "s3cret");
        for (int at = 0; at < more.length; at += 2) {
            String key = more[at].toUpperCase(java.util.Locale.ROOT).replace('-', '_');
            environment.put("OPSCONDUCTOR_CHATBOT_MODEL_" + key, more[at + 1]);
        }
        Settings settings = Settings.open("chatbot", Optional.empty(), environment);
        ModelSettings read = ModelSettings.read(settings, Path.of("/nonexistent"));
        settings.check();
        return read;
    }
}
