package io.opsconductor.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a tool file suggests to ask for next; a name in braces must be one that a plan of the tool has a value for. */
final class NextStepReader {
    private final YamlFile file;
    private final List<Finding> findings;
    private final Set<String> known = new TreeSet<>();

    NextStepReader(
            YamlFile file,
            ToolDefinition.Execution execution,
            Collection<CatalogueEntry.Parameter> parameters,
            List<Finding> findings) {
        this.file = file;
        this.findings = findings;
        parameters.forEach(parameter -> known.add(parameter.name()));
        if (execution.method().runsOnTargets()) {
            known.add(NextStep.TARGET);
        }
    }

    List<NextStep> read() {
        JsonNode list = file.root().path("next");
        List<NextStep> steps = new ArrayList<>();
        for (int at = 0; list.isArray() && at < list.size(); at++) {
            JsonNode node = list.path(at);
            NextStep step = new NextStep(
                    node.path("tool").asText(),
                    node.path("say").asText(),
                    NextStep.When.of(node.path("when").asText()));
            steps.add(step);
            for (String place : step.places()) {
                if (!known.contains(place)) {
                    findings.add(file.error(
                            "/next/" + at + "/say",
                            "expected "
                                    + (known.isEmpty()
                                            ? "no name between braces, because the tool has no parameters"
                                            : "one of " + String.join(", ", known) + " between braces")
                                    + ", found \"{" + place + "}\"",
                            "Write the request with values that a plan of this tool has."));
                }
            }
        }
        return steps;
    }
}
