package io.opsconductor.brain.model.langchain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.opsconductor.brain.model.Model;
import io.opsconductor.brain.model.ModelAnswer;
import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.ModelAnswer.Said;
import io.opsconductor.brain.model.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A model behind LangChain4j's low-level interface, with a deadline that covers the whole answer. */
final class LangChainModel implements Model {
    private final String described;
    private final ChatModel model;
    private final ModelHttp http;

    LangChainModel(String described, ChatModel model, ModelHttp http) {
        this.described = described;
        this.model = model;
        this.http = http;
    }

    @Override
    public String described() {
        return described;
    }

    @Override
    public ModelAnswer ask(ModelRequest request, Duration atMost) {
        FutureTask<ModelAnswer> asking = new FutureTask<>(() -> ask(request));
        Thread thread = Thread.ofVirtual().name("model").start(asking);
        try {
            return asking.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Failed(Failure.SLOW, "it did not answer within " + Failures.seconds(atMost));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Failure.SLOW, "the chatbot is stopping");
        } catch (ExecutionException e) {
            return Failures.of(e.getCause() == null ? e : e.getCause());
        } finally {
            thread.interrupt(); // ends the HTTP exchange too
        }
    }

    private ModelAnswer ask(ModelRequest request) {
        ChatRequest.Builder asked = ChatRequest.builder().messages(messages(request));
        JsonNode format = request.format();
        if (format != null) {
            asked.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name("answer")
                            .rootElement(JsonRawSchema.from(format.toString()))
                            .build())
                    .build());
        }
        return answer(model.chat(asked.build()));
    }

    private static List<ChatMessage> messages(ModelRequest request) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(request.instructions()));
        for (ModelRequest.Turn turn : request.turns()) {
            messages.add(turn.ours() ? UserMessage.from(turn.text()) : AiMessage.from(turn.text()));
        }
        return messages;
    }

    private static ModelAnswer answer(ChatResponse response) {
        String text = response.aiMessage().text();
        FinishReason finish = response.finishReason();
        if (response.aiMessage().hasToolExecutionRequests()) {
            return new Failed(Failure.UNUSABLE, "it wanted to call a tool, and it is never given any");
        }
        if (finish != FinishReason.STOP) {
            // No reason at all is what a connection that broke in the middle leaves.
            return new Failed(
                    Failure.UNUSABLE,
                    finish == FinishReason.LENGTH
                            ? "its answer is longer than model.max-answer-tokens allows"
                            : "its answer was cut off");
        }
        if (text == null || text.isBlank()) {
            return new Failed(Failure.UNUSABLE, "its answer is empty");
        }
        return new Said(text, tokens(response.tokenUsage()));
    }

    private static int tokens(TokenUsage usage) {
        if (usage == null) {
            return 0;
        }
        Integer total = usage.totalTokenCount();
        return total == null ? 0 : Math.max(0, total);
    }

    @Override
    public void close() {
        http.close();
    }
}
