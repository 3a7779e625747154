package io.opsconductor.brain.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;

/** A run as one JSON object: the figures by name, then what is right by category, then every request. */
public final class RunFile {
    private RunFile() {}

    /**
     * The object.
     *
     * @param brain what was measured, such as {@code builtin}
     * @param set which requests, a name or a file
     */
    public static ObjectNode of(Evaluation evaluation, String brain, String set) {
        ObjectNode run = Json.mapper().valueToTree(evaluation.figures());
        run.put("brain", brain);
        run.put("set", set);
        ObjectNode categories = run.putObject("categories");
        evaluation
                .categories()
                .forEach((name, share) ->
                        categories.putObject(name).put("requests", share.all()).put("right", share.value()));
        ArrayNode results = run.putArray("results");
        for (Judged one : evaluation.judged()) {
            ObjectNode result = results.addObject();
            one.trial().request().thread().forEach(result.withArray("thread")::add);
            result.put("say", one.trial().request().say());
            result.put("category", one.trial().request().category());
            result.put("language", one.trial().request().language());
            result.put("right", one.isRight());
            result.put("expected", one.expected());
            result.put("got", one.outcome().brief());
            result.put("ms", one.took().toNanos() / 1e6);
            if (one.withoutModel()) {
                result.put("without_model", true);
            }
        }
        return run;
    }

    /** What tells one request from another across runs. */
    static String key(JsonNode result) {
        StringBuilder key = new StringBuilder();
        result.path("thread").forEach(said -> key.append(said.asText()).append(" | "));
        return key.append(result.path("say").asText()).toString();
    }
}
