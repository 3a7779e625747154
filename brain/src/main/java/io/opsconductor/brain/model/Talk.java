package io.opsconductor.brain.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Said;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that one message asks of the model, within the message's budget. For one thread. */
public final class Talk {
    private static final int MOST_PROBLEMS = 8;
    private static final int LONGEST_PROBLEM = 300;
    private static final int LONGEST_ECHO = 4_000;
    private static final Pattern IN_A_FENCE = Pattern.compile("(?s)\\s*```(?:json)?\\s*(\\{.*})\\s*```\\s*");

    private final GuardedModel model;
    private final Budget budget;
    private boolean answered;

    public Talk(GuardedModel model) {
        this.model = model;
        this.budget = model.budget();
    }

    /** How people know the model. */
    public String described() {
        return model.described();
    }

    /** Whether an answer of the model was used. */
    public boolean isUsed() {
        return answered;
    }

    /**
     * Asks for JSON of a form. What is wrong with it goes back once.
     *
     * @param format the JSON schema, which the answer is checked against here too, whatever the server promises
     * @param reading makes something of an answer that has the form
     * @throws ModelUnavailableException when there is none
     */
    public <T> T ask(Prompts prompt, JsonNode words, JsonNode format, Function<JsonNode, Checked<T>> reading) {
        ModelRequest request = ModelRequest.of(prompt.text(), words.toString(), format);
        String said = said(request);
        Read<T> first = read(said, format, reading);
        if (first.problems.isEmpty() && first.value.isPresent()) {
            return used(first.value.get());
        }
        Optional<T> second = repaired(request, said, first, reading);
        Optional<T> best = second.isPresent() ? second : first.value;
        if (best.isEmpty()) {
            model.wasUnusable("it is not what was asked for, nor was it after the problems were named");
            throw new ModelUnavailableException(without("gives no answer that can be used"));
        }
        return used(best.get());
    }

    /** Without a form; for words that nobody acts on. */
    public String ask(Prompts prompt, String words) {
        return used(said(ModelRequest.of(prompt.text(), words, null)));
    }

    private <T> T used(T value) {
        model.wasUsable();
        answered = true;
        return value;
    }

    private String said(ModelRequest request) {
        return switch (model.ask(request, budget)) {
            case Said said -> said.text();
            case Failed failed -> throw new ModelUnavailableException(without("does not answer: " + failed.words()));
        };
    }

    private String without(String why) {
        return "Understood without the model " + described() + ", which " + why + ".";
    }

    private <T> Optional<T> repaired(
            ModelRequest request, String said, Read<T> first, Function<JsonNode, Checked<T>> reading) {
        String problems = String.join("\n", first.problems);
        String echo = said.length() > LONGEST_ECHO ? said.substring(0, LONGEST_ECHO) : said;
        ModelRequest again = request.then(echo, Prompts.REPAIR.text().replace("{problems}", problems));
        JsonNode format = request.format();
        return switch (model.ask(again, budget)) {
            case Said repaired when format != null -> read(repaired.text(), format, reading).value;
            case Said _ -> Optional.empty();
            // What was right the first time still is.
            case Failed _ -> Optional.empty();
        };
    }

    private record Read<T>(Optional<T> value, List<String> problems) {}

    private static <T> Read<T> read(String said, JsonNode format, Function<JsonNode, Checked<T>> reading) {
        Matcher fenced = IN_A_FENCE.matcher(said);
        JsonNode tree;
        try {
            tree = Json.tree(fenced.matches() ? fenced.group(1) : said);
        } catch (InvalidJsonException e) {
            return new Read<>(Optional.empty(), List.of("It is not JSON."));
        }
        List<String> misshapen = misshapen(tree, format);
        if (!misshapen.isEmpty()) {
            return new Read<>(Optional.empty(), misshapen);
        }
        Checked<T> checked = reading.apply(tree);
        return new Read<>(
                Optional.of(checked.value()),
                checked.problems().stream()
                        .limit(MOST_PROBLEMS)
                        .map(Talk::bounded)
                        .toList());
    }

    private static List<String> misshapen(JsonNode tree, JsonNode format) {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory(Json.mapper()))
                .withDisabledSchemaValidation(true)
                .createValidator();
        URI schema = validator.registerSchema(format);
        return validator.validate(schema, tree).getErrors().stream()
                .limit(MOST_PROBLEMS)
                .map(Talk::words)
                .map(Talk::bounded)
                .toList();
    }

    private static String words(Error error) {
        return "At " + (error.getInstanceLocation().isEmpty() ? "the top" : error.getInstanceLocation()) + ": "
                + error.getError();
    }

    private static String bounded(String problem) {
        return problem.length() <= LONGEST_PROBLEM ? problem : problem.substring(0, LONGEST_PROBLEM) + "...";
    }
}
