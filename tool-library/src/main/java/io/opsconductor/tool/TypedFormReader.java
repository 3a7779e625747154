package io.opsconductor.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads the commands that a tool file says are typed in place of a request; each value must be one that the tool takes. */
final class TypedFormReader {
    private final YamlFile file;
    private final List<Finding> findings;
    private final Map<String, CatalogueEntry.Parameter> parameters = new TreeMap<>();

    TypedFormReader(YamlFile file, Collection<CatalogueEntry.Parameter> parameters, List<Finding> findings) {
        this.file = file;
        this.findings = findings;
        parameters.forEach(parameter -> this.parameters.put(parameter.name(), parameter));
    }

    List<String> read() {
        JsonNode list = file.root().path("typed");
        List<String> forms = new ArrayList<>();
        for (int at = 0; list.isArray() && at < list.size(); at++) {
            String text = list.path(at).asText();
            forms.add(text);
            try {
                check("/typed/" + at, text);
            } catch (PatternSyntaxException e) {
                findings.add(file.error(
                        "/typed/" + at,
                        "expected a pattern behind the colon, found an error: " + e.getDescription(),
                        "Correct the pattern."));
            }
        }
        return forms;
    }

    private void check(String pointer, String text) {
        TypedForm form = TypedForm.of(text, false);
        long open = text.chars().filter(c -> c == '[').count();
        boolean even = open == text.chars().filter(c -> c == ']').count();
        if (!even || form.starts().isEmpty()) {
            findings.add(file.error(
                    pointer,
                    "expected a command that begins with a word, with brackets around what may be left out, found \""
                            + text + "\"",
                    "Write it as \"journalctl [-u {service}]\"."));
        }
        for (String name : form.parameters()) {
            if (!parameters.containsKey(name)) {
                findings.add(file.error(
                        pointer,
                        "expected only names of parameters between braces and before \"=\", found \"" + name + "\"",
                        "Name a parameter of the tool, or leave it out."));
            }
        }
        Stream.concat(Stream.of(form.implied()), form.options().stream().map(TypedForm.Option::implied))
                .forEach(values -> values.forEach((name, value) -> check(pointer, name, value)));
    }

    private void check(String pointer, String name, String value) {
        CatalogueEntry.Parameter parameter = parameters.get(name);
        if (parameter != null && ParameterCheck.check(parameter, value) instanceof ParameterCheck.Invalid invalid) {
            findings.add(file.error(pointer, name + ": " + invalid.message(), invalid.hint()));
        }
    }
}
