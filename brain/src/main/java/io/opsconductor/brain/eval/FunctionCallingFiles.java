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
 * Reads the files of the Berkeley Function Calling Leaderboard: one JSON object a line, each with a question and functions
 * of its own; the right calls lie in a file of the same name in {@code possible_answer} beside it. Where there is no such
 * file, as for "irrelevance", no call is right.
 */
public final class FunctionCallingFiles {
    private static final TargetDirectory NO_TARGETS = new TargetDirectory("none", List.of(), Map.of());

    private FunctionCallingFiles() {}

    /**
     * The questions of one file.
     *
     * @throws InvalidJsonException when a line is not what such a file holds; the message names the file and the line
     */
    public static List<Trial> read(Path file) throws IOException {
        Map<String, JsonNode> answers = answers(file);
        String category = category(file);
        List<Trial> trials = new ArrayList<>();
        for (JsonNode node : lines(file)) {
            String id = node.path("id").asText();
            List<CatalogueEntry> tools = new ArrayList<>();
            node.path("function").forEach(function -> tools.add(tool(function)));
            Request request = new Request(category, "en", List.of(), question(node), right(answers.get(id)));
            trials.add(new Trial(request, new Knowledge(new Catalogue(id, tools), NO_TARGETS)));
        }
        return trials;
    }

    private static Map<String, JsonNode> answers(Path file) throws IOException {
        Path answers = file.resolveSibling("possible_answer").resolve(file.getFileName());
        Map<String, JsonNode> byId = new HashMap<>();
        if (Files.exists(answers)) {
            lines(answers).forEach(node -> byId.put(node.path("id").asText(), node.path("ground_truth")));
        }
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

    /** {@code BFCL_v3_multiple.json} is {@code multiple}. */
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
                    form.has("default") ? text(form.path("default")) : null,
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

    private static List<Expected> right(@Nullable JsonNode calls) {
        if (calls == null) {
            return List.of(new Expected.Refused(""));
        }
        List<Expected.WantedStep> steps = new ArrayList<>();
        calls.forEach(call -> call.properties().forEach(function -> {
            Map<String, List<String>> values = new LinkedHashMap<>();
            function.getValue().properties().forEach(parameter -> {
                List<String> texts = new ArrayList<>();
                parameter.getValue().forEach(value -> texts.add(text(value)));
                values.put(parameter.getKey(), texts);
            });
            steps.add(new Expected.WantedStep(toolName(function.getKey()), List.of(), values));
        }));
        return List.of(new Expected.Planned(steps));
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
