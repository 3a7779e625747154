package io.opsconductor.brain.model;

import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.config.UnreadableSecretException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What can be set for the language model. Keys are those of the chatbot ({@code model.name}, or {@code
 * OPSCONDUCTOR_CHATBOT_MODEL_NAME}).
 *
 * @param provider {@code model.provider}: {@code builtin} (no model, the default), {@code ollama} (the default when {@code
 *     model.name} is set), {@code openai} (any server that speaks its protocol) or {@code anthropic}
 * @param name {@code model.name}: as the server calls it, such as {@code qwen3:4b}; needed by all but builtin
 * @param url {@code model.url}: where the server is, default that of the provider; for openai it ends with {@code /v1}
 * @param key {@code model.key}: the server's key as {@code file:/path} or {@code env:NAME}, default file:HOME/model/key;
 *     may be absent for ollama and openai
 * @param ask {@code model.ask}: {@code unsure} (default) asks the model what the built-in understanding is not sure of,
 *     {@code always} asks it about every request
 * @param summaries {@code model.summaries}: whether the model sees the output of what ran, to sum it up; default false
 * @param callTimeout {@code model.call-timeout}: for one answer, 1s to 10m, default 30s
 * @param deadline {@code model.deadline}: for everything that one message asks of the model, 1s to 15m, default 60s
 * @param attempts {@code model.attempts}: calls for one answer when the server is busy or fails, 1 to 4, default 2
 * @param maxTokens {@code model.max-tokens}: for everything that one message asks of the model, both ways together, 1000 to
 *     1000000, default 24000
 * @param maxAnswerTokens {@code model.max-answer-tokens}: of one answer, 64 to 8000, default 1000
 * @param contextTokens {@code model.context-tokens}: what ollama is told to keep in mind, 2048 to 131072, default 8192
 * @param failures {@code model.failures}: how many in a row open the circuit, 1 to 20, default 3
 * @param pause {@code model.pause}: how long an open circuit leaves the model alone, 1s to 1h, default 1m
 */
public record ModelSettings(
        Provider provider,
        String name,
        URI url,
        SecretReference key,
        Ask ask,
        boolean summaries,
        Duration callTimeout,
        Duration deadline,
        int attempts,
        int maxTokens,
        int maxAnswerTokens,
        int contextTokens,
        int failures,
        Duration pause) {
    /** Who answers. */
    public enum Provider {
        BUILTIN("http://localhost/"),
        OLLAMA("http://127.0.0.1:11434"),
        OPENAI("https://api.openai.com/v1"),
        ANTHROPIC("https://api.anthropic.com/v1");

        private final String url;

        Provider(String url) {
            this.url = url;
        }

        /** As in the settings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When the model is asked. */
    public enum Ask {
        UNSURE,
        ALWAYS
    }

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int LONGEST_NAME = 200;

    /** Whether there is a model to ask. */
    public boolean isModel() {
        return provider != Provider.BUILTIN;
    }

    /** The model as people read it: {@code qwen3:4b (ollama)}. */
    public String described() {
        return isModel() ? name + " (" + provider.word() + ")" : "no model (builtin)";
    }

    /** Reads the settings; mistakes are left in {@code settings}. */
    public static ModelSettings read(Settings settings, Path home) {
        String name = settings.text("model.name", "");
        Provider provider = settings.choice("model.provider", name.isEmpty() ? Provider.BUILTIN : Provider.OLLAMA);
        ModelSettings read = new ModelSettings(
                provider,
                name,
                withoutSlash(settings.uri("model.url", URI.create(provider.url))),
                settings.secret("model.key", home.resolve("model/key")),
                settings.choice("model.ask", Ask.UNSURE),
                settings.flag("model.summaries", false),
                settings.duration(
                        "model.call-timeout", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                settings.duration(
                        "model.deadline", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofMinutes(15)),
                settings.integer("model.attempts", 2, 1, 4),
                settings.integer("model.max-tokens", 24_000, 1_000, 1_000_000),
                settings.integer("model.max-answer-tokens", 1_000, 64, 8_000),
                settings.integer("model.context-tokens", 8_192, 2_048, 131_072),
                settings.integer("model.failures", 3, 1, 20),
                settings.duration("model.pause", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(1)));
        if (read.isModel()) {
            read.check(settings);
        } else if (!name.isEmpty()) {
            settings.mistake("model.name is \"" + name
                    + "\" and model.provider is builtin, which has no model: leave one of them out");
        }
        return read;
    }

    private static URI withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    private void check(Settings settings) {
        if (name.isEmpty()) {
            settings.mistake("model.name is missing: name a model that the server has, such as model.name=qwen3:4b");
        } else if (name.length() > LONGEST_NAME || !name.matches("[\\p{L}\\p{N}._:/@+-]+")) {
            settings.mistake("model.name is \"" + name + "\": it must be one word as the server lists it");
        }
        if (url.getUserInfo() != null || url.getQuery() != null) {
            settings.mistake("model.url holds a password or a query: leave them out, and put the key into model.key");
        }
        try {
            boolean hasKey = key.read().isPresent();
            if (provider == Provider.ANTHROPIC && !hasKey) {
                settings.mistake("model.key: there is nothing in " + key
                        + "; put the API key there, or name another place: model.key=file:/PATH or env:NAME");
            }
            boolean plain = !"https".equals(url.getScheme()) && !LOOPBACK.contains(String.valueOf(url.getHost()));
            if (hasKey && plain) {
                settings.mistake("model.url is \"" + url + "\": it must begin with https, because the key in " + key
                        + " is sent there");
            }
        } catch (UnreadableSecretException e) {
            settings.mistake("model.key: " + e.getMessage() + "; make it readable for the chatbot's user alone");
        }
    }
}
