package io.opsconductor.brain.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import io.opsconductor.tool.TargetDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of the Berkeley Function Calling Leaderboard, such as {@code BFCL_v4_simple_python.json}: one JSON object a
 * line, each with a question and functions of its own. The right calls lie in a file of the same name in {@code
 * possible_answer} beside it, with a list of the right values for each parameter. Files of "irrelevance" have none, because
 * no call is right there. Of a question the user's last words count; what a system message says is left out.
 */
public final class FunctionCallingFiles {
    private static final String IRRELEVANCE = "irrelevance";
    private static final TargetDirectory NO_TARGETS = new TargetDirectory("none", List.of(), Map.of());

    private FunctionCallingFiles() {}

    /**
     * The questions of one file.
     *
     * @throws InvalidJsonException when a line is not what such a file holds, or its answer is missing; the message names the
     *     file
     */
    public static List<Trial> read(Path file) throws IOException {
        String category = category(file);
        boolean noCalls = category.contains(IRRELEVANCE);
        Map<String, JsonNode> answers = noCalls ? Map.of() : answers(file);
        List<Trial> trials = new ArrayList<>();
        for (JsonNode node : lines(file)) {
            String id = node.path("id").asText();
            List<CatalogueEntry> tools = new ArrayList<>();
            node.path("function").forEach(function -> tools.add(tool(function)));
            Expected right = noCalls ? new Expected.Unplanned() : right(file, id, answers.get(id));
            Request request = new Request(category, "en", List.of(), question(node), List.of(right));
            trials.add(new Trial(request, new Knowledge(new Catalogue(id, tools), NO_TARGETS)));
        }
        return trials;
    }

    private static Map<String, JsonNode> answers(Path file) throws IOException {
        Path answers = file.resolveSibling("possible_answer").resolve(file.getFileName());
        if (!Files.exists(answers)) {
            throw new InvalidJsonException(
                    file + ": its right calls are missing: expected them in " + answers
                            + ", as the leaderboard has them; only"
                            + " files with \"irrelevance\" in their name have none",
                    null);
        }
        Map<String, JsonNode> byId = new HashMap<>();
        lines(answers).forEach(node -> byId.put(node.path("id").asText(), node.path("ground_truth")));
        return byId;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode node = Json.tree(line);
                if (node.path("id").asText().isEmpty()) {
                    throw new InvalidJsonException("expected an object with an id", null);
                }
                nodes.add(node);
            } catch (InvalidJsonException e) {
                throw new InvalidJsonException(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return nodes;
    }

    /** {@code BFCL_v4_multiple.json} is {@code multiple}. */
    private static String category(Path file) {
        return file.getFileName()
                .toString()
                .replaceAll("^BFCL_v\\d+_|\\.json$", "")
                .toLowerCase(Locale.ROOT);
    }

    /** The words of the user's last turn. */
    private static String question(JsonNode node) {
        String question = "";
        for (JsonNode turn : node.path("question")) {
            for (JsonNode message : turn.isArray() ? turn : List.of(turn)) {
                question = message.path("role").asText().equals("user")
                        ? message.path("content").asText()
                        : question;
            }
        }
        return question.strip();
    }

    private static CatalogueEntry tool(JsonNode function) {
        JsonNode required = function.path("parameters").path("required");
        List<CatalogueEntry.Parameter> parameters = new ArrayList<>();
        function.path("parameters").path("properties").properties().forEach(property -> {
            JsonNode form = property.getValue();
            List<String> allowed = new ArrayList<>();
            form.path("enum").forEach(value -> allowed.add(value.asText()));
            boolean must = false;
            for (JsonNode name : required) {
                must |= name.asText().equals(property.getKey());
            }
            parameters.add(new CatalogueEntry.Parameter(
                    property.getKey(),
                    form.path("description").asText(),
                    type(form.path("type").asText(), allowed),
                    must,
                    form.hasNonNull("default") ? text(form.path("default")) : null,
                    allowed,
                    null,
                    null,
                    null,
                    true));
        });
        return new CatalogueEntry(
                toolName(function.path("name").asText()),
                function.path("description").asText(),
                Effect.READ,
                true,
                List.of(),
                false,
                parameters,
                List.of(),
                null);
    }

    private static ParameterType type(String type, List<String> allowed) {
        if (!allowed.isEmpty()) {
            return ParameterType.ENUM;
        }
        return switch (type) {
            case "integer" -> ParameterType.INTEGER;
            case "boolean" -> ParameterType.BOOLEAN;
            default -> ParameterType.STRING;
        };
    }

    private static Expected right(Path file, String id, @Nullable JsonNode calls) {
        List<Expected.WantedStep> steps = new ArrayList<>();
        if (calls != null) {
            calls.forEach(call ->
                    call.properties().forEach(function -> steps.add(wanted(function.getKey(), function.getValue()))));
        }
        if (steps.isEmpty()) {
            throw new InvalidJsonException(file + ": there is no right call for " + id + " in possible_answer", null);
        }
        return new Expected.Planned(steps);
    }

    private static Expected.WantedStep wanted(String function, JsonNode parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        parameters.properties().forEach(parameter -> {
            List<String> right = new ArrayList<>();
            // The empty text stands there for a parameter that may be left out, and no other empty text is ever meant.
            parameter
                    .getValue()
                    .forEach(value ->
                            right.add(value.isTextual() && value.asText().isEmpty() ? "" : value.toString()));
            values.put(parameter.getKey(), right);
        });
        return new Expected.WantedStep(toolName(function), List.of(), values, Comparison.LEADERBOARD);
    }

    /** A tool's name has no dots: {@code math.factorial} is {@code math_factorial}. */
    private static String toolName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    private static String text(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
