package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.yaml.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Tool files as text, for tests. */
final class ToolText {
    private ToolText() {}

    static ToolFileParser.Parsed parse(String yaml) {
        return new ToolFileParser().parse(Path.of("t.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Texts of all errors. */
    static List<String> errors(String yaml) {
        return parse(yaml).findings().stream()
                .filter(Finding::isError)
                .map(Finding::text)
                .toList();
    }

    /** A tool that must be right. */
    static ToolDefinition tool(String yaml) {
        var parsed = parse(yaml);
        assertThat(parsed.findings().stream().filter(Finding::isError).map(Finding::text))
                .isEmpty();
        ToolDefinition tool = parsed.tool();
        assertThat(tool).isNotNull();
        return tool;
    }

    /** A small tool; {@code parameters} are flow mappings, one a line. */
    static String with(String method, String template, String... parameters) {
        StringBuilder yaml = new StringBuilder("name: t\ndescription: d\nexecution: {method: " + method + "}\n");
        if (parameters.length > 0) {
            yaml.append("parameters:\n");
            for (String parameter : parameters) {
                yaml.append("  - ").append(parameter).append('\n');
            }
        }
        return yaml + "command_template: |-\n  " + template.replace("\n", "\n  ") + "\n";
    }
}
