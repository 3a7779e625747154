package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Scripts for a target's sh, and what runs by sudo or on a network device. */
class ScriptTemplateTest {
    private static final String SCRIPT = """
            name: t
            description: d
            execution: { method: ssh }
            sudo: true
            parameters:
              - { name: target_host, description: "The step's target" }
              - { name: service, type: service, required: true }
              - { name: reason }
              - { name: lines, type: integer, default: 50 }
            script: |
              set -eu
              echo "${1} and {2} {service}"   # braces are the shell's
              cat
              printf '<%s>' "$@"
            """;

    @Test
    void aScriptIsSentAsItIsWrittenAndItsValuesAreArguments() {
        ToolDefinition tool = ToolText.tool(SCRIPT);

        assertThat(tool.execution()).isEqualTo(new ToolDefinition.Execution(ExecutionMethod.SSH, true, null, true));
        assertThat(tool.parameters())
                .extracting(CatalogueEntry.Parameter::name)
                .containsExactly("service", "reason", "lines");
        assertThat(CommandRendering.render(tool, Map.of("service", "nginx", "lines", 7L)))
                .isEqualTo(new RenderedCommand.ShellInput("sh -s -- nginx '' 7", """
                        {
                        set -eu
                        echo "${1} and {2} {service}"   # braces are the shell's
                        cat
                        printf '<%s>' "$@"
                        } </dev/null
                        """, "", false));
    }

    @Test
    void hostileValuesStayArguments() throws Exception {
        ToolDefinition tool = ToolText.tool(SCRIPT);
        String hostile = "'; touch /tmp/pwned; $(id) `id` \"";
        RenderedCommand.ShellInput command = (RenderedCommand.ShellInput)
                CommandRendering.render(tool, Map.of("service", "nginx", "reason", hostile));

        Process sh = new ProcessBuilder("/bin/sh", "-c", command.line()).start();
        try (var in = sh.getOutputStream()) {
            in.write(command.input().getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(sh.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("nginx and {2} {service}\n<nginx><" + hostile + "><50>");
    }

    @Test
    void aToolHasAScriptOrALine() {
        assertThat(ToolText.errors(SCRIPT + "command_template: df\n"))
                .containsExactly(
                        "t.yaml:15:19: command_template: expected script for method ssh, found command_template."
                                + " Remove it, or correct execution.method.");
        assertThat(ToolText.errors(SCRIPT.replace("{ method: ssh }", "{ method: local-command }")))
                .anyMatch(text ->
                        text.contains("sudo: expected sudo beside method ssh only, found it beside local-command"))
                .anyMatch(text -> text.contains("script: expected command_template for method local-command"));
    }

    @Test
    void aNetworkDeviceHasNoQuotesSoItGetsPlainValuesOnly() {
        ToolDefinition tool = ToolText.tool(
                ToolText.with("ssh", "show interfaces {name} | include errors", "{name: name, required: true}"));
        var device = new CommandRendering.Surroundings("", '"', true);

        assertThat(CommandRendering.render(tool, Map.of("name", "GigabitEthernet1/0/1"), device))
                .isEqualTo(new RenderedCommand.Shell("show interfaces GigabitEthernet1/0/1 | include errors"));
        for (String value : List.of("Gi1 | redirect flash:x", "Gi1;reload", "Gi1 ?", "'x'")) {
            assertThat(refusal(tool, value, device))
                    .isEqualTo(
                            "tool t: the value of name cannot be rendered: a network device has no quotes, so it may hold"
                                    + " only letters, digits and _./:@%+,=-");
        }
    }

    private static String refusal(ToolDefinition tool, String value, CommandRendering.Surroundings device) {
        try {
            return CommandRendering.render(tool, Map.of("name", value), device).toString();
        } catch (RenderingException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
