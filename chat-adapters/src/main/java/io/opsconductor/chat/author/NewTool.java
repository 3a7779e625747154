package io.opsconductor.chat.author;

import io.opsconductor.json.Json;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.ExecutionMethod;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an author said about a tool, and the file that it becomes. Nothing is checked here: that is the loader's.
 *
 * @param platform empty for any
 * @param command in the method's own language: a command line, a script of PowerShell, a statement, or for a web request its
 *     method and path
 * @param parameters each as a YAML mapping on one line
 * @param timeout such as {@code 30s}
 */
record NewTool(
        String name,
        String description,
        Effect effect,
        String platform,
        ExecutionMethod method,
        String command,
        List<String> parameters,
        String timeout,
        List<String> examples) {
    NewTool {
        parameters = List.copyOf(parameters);
        examples = List.copyOf(examples);
    }

    /** The file's key for the command. */
    static String key(ExecutionMethod method) {
        return switch (method) {
            case LOCAL_COMMAND, SSH -> "command_template";
            case WINRM -> "powershell";
            case HTTP -> "request";
            case DATABASE -> "query";
        };
    }

    /** @param schema whether the folder holds the schema for editors */
    String yaml(boolean schema) {
        StringBuilder yaml = new StringBuilder();
        if (schema) {
            yaml.append("# yaml-language-server: $schema=")
                    .append(SchemaCommand.FILE)
                    .append("\n");
        }
        yaml.append("name: ").append(name).append('\n');
        yaml.append("description: ").append(Json.write(description)).append('\n');
        yaml.append("effect: ").append(effect.word()).append('\n');
        if (!platform.isEmpty()) {
            yaml.append("platforms: [").append(platform).append("]\n");
        }
        yaml.append("\nexecution:\n  method: ").append(method.word()).append('\n');
        if (!parameters.isEmpty()) {
            yaml.append("\nparameters:\n");
            parameters.forEach(
                    parameter -> yaml.append("  - ").append(parameter).append('\n'));
        }
        yaml.append('\n').append(key(method)).append(": ").append(commandText()).append('\n');
        yaml.append("timeout: ").append(timeout).append('\n');
        if (!examples.isEmpty()) {
            yaml.append("examples:\n");
            examples.forEach(
                    example -> yaml.append("  - ").append(Json.write(example)).append('\n'));
        }
        return yaml.toString();
    }

    private String commandText() {
        if (method == ExecutionMethod.HTTP) {
            String[] words = command.strip().split("\\s+", 2);
            return "{method: " + words[0] + ", path: " + Json.write(words.length > 1 ? words[1] : "") + "}\n";
        }
        return command.strip()
                .lines()
                .map(line -> "  " + line.stripTrailing())
                .collect(Collectors.joining("\n", "|\n", "\n"));
    }
}
