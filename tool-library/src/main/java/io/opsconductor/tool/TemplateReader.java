package io.opsconductor.tool;

import io.opsconductor.plan.Effect;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the template of one file, whatever its method, and holds it against the parameters. */
final class TemplateReader {
    private static final String COMMAND = "command_template";
    private static final String POWERSHELL = "powershell";
    private static final String SCRIPT = "script";
    private static final String CHECK = "check";

    private final YamlFile file;
    private final ToolDefinition.Execution execution;
    private final Effect effect;
    private final Map<String, CatalogueEntry.Parameter> parameters;
    private final List<Finding> findings;

    /**
     * @param parameters by pointer; one that only names the step's target is taken out of it
     */
    TemplateReader(
            YamlFile file,
            ToolDefinition.Execution execution,
            Effect effect,
            Map<String, CatalogueEntry.Parameter> parameters,
            List<Finding> findings) {
        this.file = file;
        this.execution = execution;
        this.effect = effect;
        this.parameters = parameters;
        this.findings = findings;
    }

    CommandTemplate read() {
        Map<String, CatalogueEntry.Parameter> byName = new LinkedHashMap<>();
        parameters.values().forEach(p -> byName.put(p.name(), p));
        int before = findings.size();
        CommandTemplate parsed = switch (execution.method()) {
            case SSH -> isScript(file) ? script(byName) : command(key(file, execution.method()), byName);
            case LOCAL_COMMAND, WINRM -> command(key(file, execution.method()), byName);
            case HTTP ->
                new RequestReader(
                                file,
                                key(file, execution.method()),
                                file.root().path("idempotent").asBoolean(false),
                                byName,
                                findings)
                        .read();
            case DATABASE ->
                new StatementReader(file, key(file, execution.method()), byName.keySet(), effect, findings).read();
        };
        if (findings.size() == before) {
            uses(parsed.placeholders());
        }
        return parsed;
    }

    /** Whether an ssh tool is a script, not a line. */
    static boolean isScript(YamlFile file) {
        return file.root().hasNonNull(SCRIPT);
    }

    /** The values are its arguments, in the order of the parameters. */
    private CommandTemplate script(Map<String, CatalogueEntry.Parameter> byName) {
        String text = file.root().path(SCRIPT).asText().stripTrailing() + "\n";
        return new CommandTemplate.Script(
                text,
                byName.keySet().stream().filter(name -> !namesTarget(name)).toList());
    }

    /** What tells how things stand; it takes the same values, and need not take them all. */
    CommandTemplate readCheck() {
        Map<String, CatalogueEntry.Parameter> byName = new LinkedHashMap<>();
        parameters.values().forEach(p -> byName.put(p.name(), p));
        return switch (execution.method()) {
            case LOCAL_COMMAND, SSH, WINRM -> command(CHECK, byName);
            case HTTP -> new RequestReader(file, CHECK, true, byName, findings).read();
            case DATABASE -> new StatementReader(file, CHECK, byName.keySet(), Effect.READ, findings).read();
        };
    }

    private CommandTemplate command(String key, Map<String, CatalogueEntry.Parameter> byName) {
        String text = file.root().path(key).asText();
        String template = text.strip();
        int lead = text.indexOf(template);
        Set<String> optional = new HashSet<>();
        byName.values().forEach(p -> {
            if (!p.required() && p.defaultValue() == null) {
                optional.add(p.name());
            }
        });
        List<TemplateError> errors = new ArrayList<>();
        CommandTemplate parsed = switch (execution.method()) {
            case SSH -> ShellLineParser.parse(template, byName.keySet(), errors);
            case WINRM ->
                (key.equals(CHECK) ? key(file, ExecutionMethod.WINRM) : key).equals(POWERSHELL)
                        ? PowerShellParser.parse(template, byName.keySet(), errors)
                        : CmdLineParser.parse(template, byName.keySet(), optional, errors);
            case LOCAL_COMMAND, HTTP, DATABASE -> ArgumentsParser.parse(template, byName.keySet(), errors);
        };
        TemplateRules.check(parsed, optional, errors);
        for (TemplateError error : errors) {
            findings.add(Finding.error(
                    file.name(),
                    file.placeInside("/" + key, lead + error.offset()),
                    key,
                    error.message(),
                    error.fix()));
        }
        return parsed;
    }

    /** The key that holds the template of a method; winrm takes one of two, and PowerShell's unless the file says other. */
    static String key(YamlFile file, ExecutionMethod method) {
        return switch (method) {
            case LOCAL_COMMAND -> COMMAND;
            case SSH -> isScript(file) ? SCRIPT : COMMAND;
            case WINRM -> file.root().hasNonNull(COMMAND) && !file.root().hasNonNull(POWERSHELL) ? COMMAND : POWERSHELL;
            case HTTP -> "request";
            case DATABASE -> "query";
        };
    }

    private void uses(Set<String> placeholders) {
        boolean hasHost = false;
        for (var entry : List.copyOf(parameters.entrySet())) {
            String pointer = entry.getKey();
            CatalogueEntry.Parameter parameter = entry.getValue();
            boolean used =
                    placeholders.contains(parameter.name()) || placeholders.contains(Moments.after(parameter.name()));
            boolean namesTarget = execution.method().runsOnTargets() && namesTarget(parameter.name());
            hasHost |= takesHost(parameter.type());
            if (namesTarget && used) {
                findings.add(file.error(
                        pointer + "/name",
                        "expected another name, found " + parameter.name() + ", which is the step's target itself",
                        "Rename it if another host is meant; otherwise remove it, the target is known without it."));
            } else if (namesTarget) {
                // The founding form lists the target among the parameters; a step names it apart from them.
                parameters.remove(pointer);
            } else if (!used) {
                findings.add(file.error(
                        pointer + "/name",
                        "expected {" + parameter.name() + "} in " + key(file, execution.method())
                                + ", found no place for it",
                        "Use it there, or remove the parameter."));
            }
        }
        if (execution.method() == ExecutionMethod.LOCAL_COMMAND && execution.requiresTarget() && !hasHost) {
            findings.add(file.error(
                    "/execution/requires_target",
                    "expected a parameter for the host, since requires_target is true, found none",
                    "Add one of type host, ip or url, or set requires_target to false."));
        }
    }

    private static boolean namesTarget(String parameter) {
        return parameter.equals("target") || parameter.equals("target_host");
    }

    private static boolean takesHost(ParameterType type) {
        return switch (type) {
            case HOST, IP, CIDR, URL, TARGET -> true;
            case STRING, INTEGER, BOOLEAN, ENUM, DURATION, PORT, PATH, SERVICE, SQL_IDENTIFIER, SECRET -> false;
        };
    }
}
