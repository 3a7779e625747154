package io.opsconductor.brain.model.langchain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.brain.model.langchain.ModelHttp.StatusException;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model of the OpenAI protocol. Most servers want {@code max_tokens} and take {@code temperature} and {@code seed}, which
 * make answers repeatable; OpenAI's reasoning models refuse some of these with a 400 that names the parameter. Each one that
 * was refused is left out from then on, {@code max_tokens} for {@code max_completion_tokens}. Thread-safe.
 */
final class OpenAiModel implements ChatModel {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiModel.class);
    private static final int ONE_CALL = 0;
    private static final int FIXED_SEED = 1;
    private static final int BAD_REQUEST = 400;

    private final ModelSettings settings;
    private final ModelHttp http;
    private volatile Form form;

    OpenAiModel(ModelSettings settings, ModelHttp http) {
        this.settings = settings;
        this.http = http;
        this.form = form(EnumSet.allOf(Optionally.class));
    }

    /** What not every model takes. */
    private enum Optionally {
        MAX_TOKENS,
        TEMPERATURE,
        SEED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it is asked. */
    private record Form(Set<Optionally> with, ChatModel model) {}

    @Override
    public ChatResponse chat(ChatRequest request) {
        while (true) {
            Form asked = form;
            try {
                return asked.model.chat(request);
            } catch (RuntimeException e) {
                // Each round leaves one of three out, so that this ends.
                leaveOut(refused(e).filter(asked.with::contains).orElseThrow(() -> e), asked);
            }
        }
    }

    private synchronized void leaveOut(Optionally refused, Form asked) {
        if (form.equals(asked)) {
            Set<Optionally> rest = EnumSet.copyOf(asked.with);
            rest.remove(refused);
            form = form(rest);
            LOG.info("the model {} does not take {}: asked without it", settings.described(), refused.word());
        }
    }

    private static Optional<Optionally> refused(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusException status && status.statusCode() == BAD_REQUEST) {
                String parameter = parameter(status.body());
                return Stream.of(Optionally.values())
                        .filter(one -> one.word().equals(parameter))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static String parameter(String body) {
        try {
            JsonNode error = Json.tree(body).path("error");
            return error.path("param").asText("");
        } catch (InvalidJsonException e) {
            return "";
        }
    }

    private Form form(Set<Optionally> with) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(http.asBuilder())
                .baseUrl(settings.url().toString())
                .apiKey(settings.key().read().orElse("none"))
                .modelName(settings.name())
                .strictJsonSchema(true)
                .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
                .maxRetries(ONE_CALL)
                .logRequests(false)
                .logResponses(false);
        if (with.contains(Optionally.MAX_TOKENS)) {
            builder.maxTokens(settings.maxAnswerTokens());
        } else {
            builder.maxCompletionTokens(settings.maxAnswerTokens());
        }
        if (with.contains(Optionally.TEMPERATURE)) {
            builder.temperature(0.0);
        }
        if (with.contains(Optionally.SEED)) {
            builder.seed(FIXED_SEED);
        }
        return new Form(Set.copyOf(with), builder.build());
    }
}
