package io.opsconductor.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Digest;
import io.opsconductor.plan.Effect;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.SchemaCheck;
import io.opsconductor.yaml.YamlFile;
import io.opsconductor.yaml.YamlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one tool file: YAML within bounds, then its shape by the published schema, then what a schema cannot say. */
public final class ToolFileParser {
    /** Size of a tool file, at most. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Names that mean the host to work on. */
    static final Set<String> TARGET_NAMES = Set.of("target", "target_host", "host");

    private static final int MAX_DEPTH = 10;
    private static final int MAX_VALUES = 2_000;
    private static final long DEFAULT_TIMEOUT_SECONDS = 60;
    private static final long MAX_TIMEOUT_SECONDS = 3_600;

    private final YamlReader reader = new YamlReader(MAX_BYTES, MAX_DEPTH, MAX_VALUES);
    private final SchemaCheck schema = SchemaCheck.ofResource(ToolFileParser.class, "tool.schema.json");

    /**
     * A parsed file.
     *
     * @param tool the tool; null when a finding is an error
     * @param findings everything to say about the file, in its order
     */
    public record Parsed(@Nullable ToolDefinition tool, List<Finding> findings) {
        public Parsed {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Parses a file's bytes.
     *
     * @param path where it came from; findings name it as it is given here
     */
    public Parsed parse(Path path, byte[] bytes) {
        YamlFile file = reader.read(path.toString(), bytes);
        Set<Finding> findings = new LinkedHashSet<>(file.findings());
        findings.addAll(schema.check(file));
        List<Finding> meaning = new ArrayList<>();
        ToolDefinition tool = file.root().isObject() ? definition(file, path, bytes, meaning) : null;
        findings.addAll(meaning);
        boolean broken = findings.stream().anyMatch(Finding::isError);
        if (tool != null && !broken) {
            findings.addAll(Advice.of(file, tool));
        }
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.<Finding>comparingInt(f -> f.place().line())
                .thenComparingInt(f -> f.place().column()));
        return new Parsed(broken ? null : tool, sorted);
    }

    private static ToolDefinition definition(YamlFile file, Path path, byte[] bytes, List<Finding> findings) {
        JsonNode root = file.root();
        ToolDefinition.Execution execution = execution(file, findings);
        Map<String, CatalogueEntry.Parameter> parameters = new ParameterReader(file, execution, findings).read();
        CommandTemplate template = template(file, execution, parameters, findings);
        CommandTemplate check = check(file, execution, parameters, template, findings);
        return new ToolDefinition(
                root.path("name").asText(),
                root.path("description").asText().strip(),
                effect(root.path("effect").asText()),
                root.path("idempotent").asBoolean(false),
                texts(root.path("platforms")),
                root.path("everyday").asBoolean(false),
                execution,
                List.copyOf(parameters.values()),
                texts(root.path("examples")),
                new TypedFormReader(file, parameters.values(), findings).read(),
                timeout(file, findings),
                root.hasNonNull("output") ? root.path("output").asText() : null,
                new NextStepReader(file, execution, parameters.values(), findings).read(),
                template,
                check,
                Digest.of(bytes),
                path);
    }

    private static ToolDefinition.Execution execution(YamlFile file, List<Finding> findings) {
        JsonNode node = file.root().path("execution");
        ExecutionMethod method = method(node.path("method").asText());
        boolean requires = node.path("requires_target").asBoolean(method.runsOnTargets());
        if (method.runsOnTargets() && !requires) {
            findings.add(file.error(
                    "/execution/requires_target",
                    "expected true for method " + method.word() + ", which always runs on targets, found false",
                    "Remove the key, or use method local-command to run on the runner."));
        }
        boolean sudo = file.root().path("sudo").asBoolean(false);
        if (sudo && method != ExecutionMethod.SSH) {
            findings.add(file.error(
                    "/sudo", "expected sudo beside method ssh only, found it beside " + method.word(), "Remove it."));
        }
        String type = node.path("target_type").asText();
        return new ToolDefinition.Execution(
                method,
                requires,
                switch (type) {
                    case "host" -> ParameterType.HOST;
                    case "ip" -> ParameterType.IP;
                    case "url" -> ParameterType.URL;
                    default -> null;
                },
                sudo);
    }

    private static CommandTemplate template(
            YamlFile file,
            ToolDefinition.Execution execution,
            Map<String, CatalogueEntry.Parameter> parameters,
            List<Finding> findings) {
        ExecutionMethod method = execution.method();
        String key = TemplateReader.key(file, method);
        for (String other : List.of("command_template", "script", "powershell", "request", "query")) {
            boolean present = file.root().hasNonNull(other);
            if (present && !other.equals(key)) {
                findings.add(file.error(
                        "/" + other,
                        "expected " + key + " for method " + method.word() + ", found " + other,
                        "Remove it, or correct execution.method."));
            }
            if (!present && other.equals(key) && file.root().path("execution").has("method")) {
                findings.add(file.error(
                        "",
                        "expected the key \"" + key + "\" for method " + method.word() + ", found none",
                        "Add it."));
            }
        }
        parameters.forEach((pointer, parameter) -> {
            if (parameter.type() == ParameterType.SECRET) {
                findings.add(notice(file, pointer + "/type", "a secret parameter"));
            }
        });
        if (method != ExecutionMethod.DATABASE && file.root().has("max_rows")) {
            findings.add(file.error(
                    "/max_rows",
                    "expected max_rows beside method database only, found it beside " + method.word(),
                    "Remove it."));
        }
        JsonNode template = file.root().path(key);
        if (!(method == ExecutionMethod.HTTP ? template.isObject() : template.isTextual())) {
            return new CommandTemplate.Unreadable(method);
        }
        Effect effect = effect(file.root().path("effect").asText());
        return new TemplateReader(file, execution, effect, parameters, findings).read();
    }

    private static @Nullable CommandTemplate check(
            YamlFile file,
            ToolDefinition.Execution execution,
            Map<String, CatalogueEntry.Parameter> parameters,
            CommandTemplate template,
            List<Finding> findings) {
        JsonNode check = file.root().path("check");
        if (check.isMissingNode() || check.isNull() || template instanceof CommandTemplate.Unreadable) {
            return null;
        }
        boolean isRequest = execution.method() == ExecutionMethod.HTTP;
        if (isRequest ? !check.isObject() : !check.isTextual()) {
            findings.add(file.error(
                    "/check",
                    "expected " + (isRequest ? "a request" : "a text") + " as the check for method "
                            + execution.method().word() + ", found " + SchemaCheck.describe(check),
                    isRequest
                            ? "Write it as the tool's own request, such as {path: /health}."
                            : "Write it as the tool's own command or statement."));
            return null;
        }
        return new TemplateReader(file, execution, Effect.READ, parameters, findings).readCheck();
    }

    private static Duration timeout(YamlFile file, List<Finding> findings) {
        JsonNode node = file.root().path("timeout");
        long seconds = DEFAULT_TIMEOUT_SECONDS;
        if (node.isTextual() || node.isIntegralNumber()) {
            seconds = ParameterForms.check(ParameterType.DURATION, node.asText()) instanceof ParameterCheck.Valid valid
                    ? (Long) valid.value()
                    : -1;
            if (seconds < 1 || seconds > MAX_TIMEOUT_SECONDS) {
                findings.add(file.error(
                        "/timeout",
                        "expected a duration from 1s to 1h, found " + SchemaCheck.describe(node),
                        "Write a number and a unit, such as 30s or 5m."));
            }
        }
        return Duration.ofSeconds(seconds);
    }

    private static Finding notice(YamlFile file, String pointer, String what) {
        return new Finding(
                Finding.Severity.NOTICE,
                file.name(),
                file.place(pointer),
                YamlFile.path(pointer),
                what + " is not supported yet by this version",
                "The tool is left out.");
    }

    private static ExecutionMethod method(String word) {
        for (ExecutionMethod method : ExecutionMethod.values()) {
            if (method.word().equals(word)) {
                return method;
            }
        }
        return ExecutionMethod.LOCAL_COMMAND;
    }

    private static Effect effect(String word) {
        for (Effect effect : Effect.values()) {
            if (effect.word().equals(word)) {
                return effect;
            }
        }
        return Effect.CHANGE;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
