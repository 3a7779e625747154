package io.opsconductor.brain.model.langchain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import io.opsconductor.brain.model.Model;
import io.opsconductor.brain.model.ModelAnswer;
import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.ModelAnswer.Said;
import io.opsconductor.brain.model.ModelRequest;
import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.brain.model.Schemas;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out whether the model that is set can be used: is its server there, does it have the model, does it keep to a form. */
public final class ModelProbe {
    private static final Duration LISTING = Duration.ofSeconds(10);
    private static final List<String> TOOLS = List.of("ping", "restart_service", "none");

    private final ModelSettings settings;

    /** @param settings with a provider other than builtin */
    public ModelProbe(ModelSettings settings) {
        this.settings = settings;
    }

    /** Which models the server has. */
    public sealed interface Listing {
        record Models(List<String> names) implements Listing {}

        record Unknown(Failed why) implements Listing {}
    }

    /** How a question in a form was answered. */
    public sealed interface Trial {
        /** @param took from the question to the whole answer */
        record Kept(Duration took) implements Trial {}

        /** It answered, and not in the form. */
        record Broken(Duration took) implements Trial {}

        record None(Failed why) implements Trial {}
    }

    /** Asks the server for its models. */
    public Listing listing() {
        ModelHttp http = new ModelHttp();
        FutureTask<JsonNode> asking =
                new FutureTask<>(() -> Json.tree(http.execute(request()).body()));
        Thread thread = Thread.ofVirtual().name("model").start(asking);
        try {
            return new Listing.Models(names(asking.get(LISTING.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            return new Listing.Unknown(
                    new Failed(Failure.SLOW, "it did not answer within " + Failures.seconds(LISTING)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Listing.Unknown(new Failed(Failure.SLOW, "stopped"));
        } catch (ExecutionException e) {
            return new Listing.Unknown(Failures.of(e.getCause() == null ? e : e.getCause()));
        } finally {
            thread.interrupt();
            http.close();
        }
    }

    private HttpRequest request() {
        String path = settings.provider() == ModelSettings.Provider.OLLAMA ? "/api/tags" : "/models";
        var request = HttpRequest.builder().method(HttpMethod.GET).url(settings.url() + path);
        Optional<String> key = settings.key().read();
        if (settings.provider() == ModelSettings.Provider.ANTHROPIC) {
            request.addHeader("anthropic-version", "2023-06-01");
            key.ifPresent(secret -> request.addHeader("x-api-key", secret));
        } else {
            key.ifPresent(secret -> request.addHeader("Authorization", "Bearer " + secret));
        }
        return request.build();
    }

    private static List<String> names(JsonNode tree) {
        List<String> names = new ArrayList<>();
        tree.path("models").forEach(model -> names.add(model.path("name").asText()));
        tree.path("data").forEach(model -> names.add(model.path("id").asText()));
        return names;
    }

    /** Whether {@code names} holds the model that is set; Ollama adds {@code :latest} to a name without a tag. */
    public boolean isAmong(List<String> names) {
        return names.contains(settings.name())
                || (settings.provider() == ModelSettings.Provider.OLLAMA
                        && names.contains(settings.name() + ":latest"));
    }

    /** Asks something small whose answer has a form. */
    public Trial trial() {
        Map<String, com.fasterxml.jackson.databind.node.ObjectNode> form = new LinkedHashMap<>();
        form.put("tool", Schemas.oneOf(TOOLS));
        form.put("target", Schemas.orNull(Schemas.of("string")));
        ModelRequest request = ModelRequest.of(
                "Choose the tool that does what the message asks: ping, restart_service or none. Answer with JSON:"
                        + " {\"tool\": its name, \"target\": the server that the message names, or null}.",
                "ping web-01",
                Schemas.object(form));
        long start = System.nanoTime();
        try (Model model = LangChainModels.of(settings)) {
            ModelAnswer answer = model.ask(request, settings.callTimeout());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return switch (answer) {
                case Said said -> keeps(said.text()) ? new Trial.Kept(took) : new Trial.Broken(took);
                case Failed failed -> new Trial.None(failed);
            };
        }
    }

    private static boolean keeps(String text) {
        try {
            JsonNode tree = Json.tree(text);
            return tree.size() == 2 && TOOLS.contains(tree.path("tool").asText()) && tree.has("target");
        } catch (InvalidJsonException e) {
            return false;
        }
    }
}
