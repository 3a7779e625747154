package io.opsconductor.tool;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would make a working tool better. */
final class Advice {
    /** Fewer examples than this leave a tool hard to find. */
    static final int MIN_EXAMPLES = 4;

    /** Fewer words than this say no more than a name does. */
    private static final int MIN_WORDS = 3;

    private Advice() {}

    static List<Finding> of(YamlFile file, ToolDefinition tool) {
        List<Finding> advice = new ArrayList<>();
        if (tool.examples().isEmpty()) {
            advice.add(advice(
                    file,
                    "",
                    "it has no examples",
                    "Add \"examples:\" with at least " + MIN_EXAMPLES
                            + " requests as people write them; without them it is hard to find."));
        } else if (tool.examples().size() < MIN_EXAMPLES) {
            advice.add(advice(
                    file,
                    "/examples",
                    "it has too few examples (" + tool.examples().size() + ")",
                    "Add more, up to eight in different words; they are how the tool is found."));
        }
        if (!says(tool.description())) {
            advice.add(
                    advice(
                            file,
                            "/description",
                            "the description says little",
                            "Say in a sentence what it shows or does, and of what; people and the chat's understanding read it."));
        }
        if (!file.root().has("timeout")) {
            advice.add(advice(
                    file,
                    "",
                    "it has no timeout, so a run may take " + tool.timeout().toSeconds() + " s",
                    "Write how long one run on one target may take, such as \"timeout: 15s\"."));
        }
        EffectAdvice.of(file, tool).ifPresent(advice::add);
        for (int i = 0; i < file.root().path("parameters").size(); i++) {
            String pointer = "/parameters/" + i;
            if (file.root().at(pointer + "/description").asText().isEmpty()) {
                advice.add(advice(
                        file,
                        pointer,
                        "the parameter has no description",
                        "Say what it means; the chat shows it when it asks for the value."));
            }
            String name = file.root().at(pointer + "/name").asText();
            // The target may stand among the parameters, and is none.
            tool.parameters().stream()
                    .filter(parameter -> parameter.name().equals(name))
                    .findFirst()
                    .flatMap(Advice::unbounded)
                    .ifPresent(bounds -> advice.add(advice(
                            file,
                            pointer,
                            "the parameter has no bounds",
                            "Add " + bounds + ", so that a slip of the pen is refused.")));
        }
        return advice;
    }

    private static boolean says(String description) {
        return description.strip().split("\\s+", -1).length >= MIN_WORDS;
    }

    /** A whole number or a time that has no greatest value lets a slip of the pen ask for a billion lines. */
    private static Optional<String> unbounded(CatalogueEntry.Parameter parameter) {
        return switch (parameter.type()) {
            case INTEGER ->
                parameter.allowed().isEmpty() && (parameter.min() == null || parameter.max() == null)
                        ? Optional.of("\"min\" and \"max\"")
                        : Optional.empty();
            case DURATION ->
                parameter.allowed().isEmpty() && parameter.max() == null ? Optional.of("\"max\"") : Optional.empty();
            case STRING, BOOLEAN, ENUM, HOST, IP, CIDR, PORT, URL, PATH, SERVICE, SQL_IDENTIFIER, TARGET, SECRET ->
                Optional.empty();
        };
    }

    static Finding advice(YamlFile file, String pointer, String message, String fix) {
        Place place = pointer.isEmpty() ? Place.START : file.place(pointer);
        return new Finding(Finding.Severity.ADVICE, file.name(), place, YamlFile.path(pointer), message, fix);
    }
}
