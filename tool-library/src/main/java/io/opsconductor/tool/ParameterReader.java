package io.opsconductor.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of one file, whose shape the schema has judged; what the schema refused is passed over here. */
final class ParameterReader {
    private static final String LIST = "/parameters";

    private final YamlFile file;
    private final ToolDefinition.Execution execution;
    private final List<Finding> findings;

    ParameterReader(YamlFile file, ToolDefinition.Execution execution, List<Finding> findings) {
        this.file = file;
        this.execution = execution;
        this.findings = findings;
    }

    /** Every parameter that has a name, in the file's order, with its pointer. */
    Map<String, CatalogueEntry.Parameter> read() {
        Map<String, CatalogueEntry.Parameter> parameters = new java.util.LinkedHashMap<>();
        Map<String, String> seen = new HashMap<>();
        JsonNode list = file.root().path("parameters");
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            String pointer = LIST + "/" + i;
            String name = list.get(i).path("name").asText();
            if (name.isEmpty()) {
                continue;
            }
            String first = seen.putIfAbsent(name, pointer);
            if (first != null) {
                error(
                        pointer + "/name",
                        "expected each parameter once, found " + Shown.quoted(name) + " again (first at "
                                + file.place(first + "/name") + ")",
                        "Rename or remove one.");
                continue;
            }
            parameters.put(pointer, parameter(pointer, name, list.get(i)));
        }
        return parameters;
    }

    private CatalogueEntry.Parameter parameter(String pointer, String name, JsonNode node) {
        ParameterType type = type(name, node.path("type"));
        boolean required = node.path("required").asBoolean(false);
        @Nullable Long min = bound(pointer, "min", type, node);
        @Nullable Long max = bound(pointer, "max", type, node);
        if (min != null && max != null && min > max) {
            error(pointer + "/min", "expected min to be at most max, found " + min + " and " + max, "Swap them.");
        }
        boolean hyphen = node.path("allow_leading_hyphen").asBoolean(false);
        // Without the list of allowed values, so that each of them can be checked like any value.
        CatalogueEntry.Parameter open = new CatalogueEntry.Parameter(
                name,
                node.path("description").asText(),
                type,
                required,
                null,
                List.of(),
                pattern(pointer, node),
                min,
                max,
                hyphen);
        CatalogueEntry.Parameter closed = with(open, null, allowed(pointer, node, open));
        if (type == ParameterType.ENUM && !node.has("allowed")) {
            error(pointer, "expected the key \"allowed\" beside type enum, found none", "Add the list of its values.");
        }
        return with(closed, defaultValue(pointer, node, closed), closed.allowed());
    }

    private ParameterType type(String name, JsonNode word) {
        if (!word.isTextual()) {
            boolean isTheHost = execution.method() == ExecutionMethod.LOCAL_COMMAND
                    && execution.requiresTarget()
                    && ToolFileParser.TARGET_NAMES.contains(name);
            ParameterType targetType = execution.targetType();
            return isTheHost && targetType != null ? targetType : ParameterType.STRING;
        }
        for (ParameterType type : ParameterType.values()) {
            if (type.word().equals(word.asText())) {
                return type;
            }
        }
        return ParameterType.STRING;
    }

    private @Nullable Long bound(String pointer, String key, ParameterType type, JsonNode node) {
        JsonNode value = node.path(key);
        if (!value.isTextual() && !value.isIntegralNumber()) {
            return null;
        }
        String at = pointer + "/" + key;
        if (type != ParameterType.INTEGER && type != ParameterType.PORT && type != ParameterType.DURATION) {
            error(
                    at,
                    "expected " + key + " beside type integer, port or duration only, found it beside " + type.word(),
                    "Remove it, or correct the type.");
            return null;
        }
        return switch (ParameterForms.check(type, value.asText())) {
            case ParameterCheck.Valid valid -> (Long) valid.value();
            case ParameterCheck.Invalid invalid -> {
                error(at, invalid.message(), invalid.hint());
                yield null;
            }
        };
    }

    private @Nullable String pattern(String pointer, JsonNode node) {
        if (!node.path("pattern").isTextual()) {
            return null;
        }
        String pattern = node.path("pattern").asText();
        try {
            Pattern.compile(pattern);
            return pattern;
        } catch (PatternSyntaxException e) {
            error(
                    pointer + "/pattern",
                    "expected a regular expression, found " + Shown.quoted(pattern) + " ("
                            + e.getDescription().toLowerCase(Locale.ROOT) + " near character "
                            + Math.max(1, e.getIndex() + 1) + ")",
                    "");
            return null;
        }
    }

    private List<String> allowed(String pointer, JsonNode node, CatalogueEntry.Parameter open) {
        List<String> allowed = new ArrayList<>();
        JsonNode list = node.path("allowed");
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            if (!list.get(i).isValueNode()) {
                continue;
            }
            String text = list.get(i).asText();
            // What the author lists may begin with a hyphen.
            switch (ParameterCheck.check(with(open, null, List.of(text)), text)) {
                case ParameterCheck.Valid valid -> allowed.add(valid.value().toString());
                case ParameterCheck.Invalid invalid ->
                    error(pointer + "/allowed/" + i, invalid.message(), invalid.hint());
            }
        }
        return allowed;
    }

    private @Nullable Object defaultValue(String pointer, JsonNode node, CatalogueEntry.Parameter parameter) {
        JsonNode value = node.path("default");
        String at = pointer + "/default";
        if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
            return null;
        }
        if (parameter.required()) {
            error(
                    at,
                    "expected a required parameter without a default, found both",
                    "Remove \"required: true\"; with a default the value is never missing.");
        }
        return switch (ParameterCheck.check(parameter, value.asText())) {
            case ParameterCheck.Valid valid -> valid.value();
            case ParameterCheck.Invalid invalid -> {
                error(at, invalid.message(), invalid.hint());
                yield null;
            }
        };
    }

    private static CatalogueEntry.Parameter with(
            CatalogueEntry.Parameter p, @Nullable Object defaultValue, List<String> allowed) {
        return new CatalogueEntry.Parameter(
                p.name(),
                p.description(),
                p.type(),
                p.required(),
                defaultValue,
                allowed,
                p.pattern(),
                p.min(),
                p.max(),
                p.allowLeadingHyphen());
    }

    private void error(String pointer, String message, String fix) {
        findings.add(file.error(pointer, message, fix));
    }
}
