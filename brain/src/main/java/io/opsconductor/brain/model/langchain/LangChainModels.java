package io.opsconductor.brain.model.langchain;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import io.opsconductor.brain.model.Model;
import io.opsconductor.brain.model.ModelSettings;
import java.util.Map;
import java.util.Set;

/**
 * Makes the model that is set. LangChain4j's own defaults are undone here: it would send a question three times, log, and
 * leave the context of Ollama at whatever the server thinks.
 */
public final class LangChainModels {
    private static final int ONE_CALL = 0;
    private static final int FIXED_SEED = 1;

    private LangChainModels() {}

    /**
     * The model of these settings.
     *
     * @param settings with a provider other than builtin
     */
    public static Model of(ModelSettings settings) {
        ModelHttp http = new ModelHttp();
        return new LangChainModel(settings.described(), chatModel(settings, http), http);
    }

    private static ChatModel chatModel(ModelSettings settings, ModelHttp http) {
        return switch (settings.provider()) {
            case OLLAMA -> ollama(settings, http);
            case OPENAI -> new OpenAiModel(settings, http);
            case ANTHROPIC -> anthropic(settings, http);
            case BUILTIN -> throw new IllegalArgumentException("builtin has no model");
        };
    }

    private static ChatModel ollama(ModelSettings settings, ModelHttp http) {
        return OllamaChatModel.builder()
                .httpClientBuilder(http.asBuilder())
                .baseUrl(settings.url().toString())
                .modelName(settings.name())
                .temperature(0.0)
                .seed(FIXED_SEED)
                .numCtx(settings.contextTokens())
                .numPredict(settings.maxAnswerTokens())
                .think(false)
                .customHeaders(settings.key()
                        .read()
                        .map(key -> Map.of("Authorization", "Bearer " + key))
                        .orElseGet(Map::of))
                .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
                .maxRetries(ONE_CALL)
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    private static ChatModel anthropic(ModelSettings settings, ModelHttp http) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(http.asBuilder())
                .baseUrl(settings.url().toString())
                .apiKey(settings.key().read().orElseThrow())
                .modelName(settings.name())
                .temperature(0.0)
                .maxTokens(settings.maxAnswerTokens())
                .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
                .maxRetries(ONE_CALL)
                .logRequests(false)
                .logResponses(false)
                .build();
    }
}
