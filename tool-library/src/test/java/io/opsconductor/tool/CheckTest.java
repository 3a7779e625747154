package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.RenderedCommand;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command with which a tool tells how things stand. */
class CheckTest {
    private static final String RESTART = ToolText.with(
            "ssh",
            "systemctl restart {service} --job-mode {mode}",
            "{name: service, type: service, required: true}",
            "{name: mode, type: string, default: replace}");

    @Test
    void aCheckTakesTheSameValuesAndIsAToolThatOnlyLooks() {
        ToolDefinition tool = ToolText.tool(RESTART + "check: systemctl is-active {service}\n");
        assertThat(tool.catalogueEntry().checkable()).isTrue();
        ToolDefinition check = tool.checking().orElseThrow();
        assertThat(check.effect()).isEqualTo(Effect.READ);
        assertThat(check.idempotent()).isTrue();
        assertThat(check.digest()).isEqualTo(tool.digest());
        assertThat(CommandRendering.render(check, Map.of("service", "my app"), CommandRendering.Surroundings.PLAIN))
                .isEqualTo(new RenderedCommand.Shell("systemctl is-active 'my app'"));
    }

    @Test
    void aToolWithoutACheckHasNone() {
        ToolDefinition tool = ToolText.tool(RESTART);
        assertThat(tool.checking()).isEmpty();
        assertThat(tool.catalogueEntry().checkable()).isFalse();
    }

    @Test
    void aValueThatTheToolDoesNotHaveIsAMistakeAtItsPlaceInTheCheck() {
        assertThat(ToolText.errors(RESTART + "check: systemctl is-active {servise}\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:9:28: check: ")
                .contains("servise");
    }

    @Test
    void onlyCommandsHaveAnotherCommandAsTheirCheck() {
        String http = """
                name: t
                description: d
                execution: {method: http}
                request: {path: /health}
                check: curl /health
                """;
        assertThat(ToolText.errors(http))
                .containsExactly(
                        "t.yaml:5:8: check: expected no check for method http, found one. Remove it: a check is a"
                                + " command. Make a tool of effect read of it instead.");
    }
}
