package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.RenderedCommand;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With what a tool tells how things stand. */
class CheckTest {
    private static final String RESTART = ToolText.with(
            "ssh",
            "systemctl restart {service} --job-mode {mode}",
            "{name: service, type: service, required: true}",
            "{name: mode, type: string, default: replace}");
    private static final String HTTP = """
            name: t
            description: d
            execution: {method: http}
            request: {method: POST, path: '/orders/{order}/release'}
            parameters:
              - {name: order, type: string, required: true}
            """;
    private static final String SQL = """
            name: t
            description: d
            execution: {method: database}
            query: update jobs set state = 'queued' where id = {job}
            parameters:
              - {name: job, type: integer, required: true}
            """;

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
    void aRequestHasARequestAsItsCheck() {
        ToolDefinition tool = ToolText.tool(HTTP + "check: {path: '/orders/{order}', extract: /state, retries: 2}\n");
        ToolDefinition check = tool.checking().orElseThrow();
        assertThat(check.effect()).isEqualTo(Effect.READ);
        assertThat(check.template()).isInstanceOfSatisfying(CommandTemplate.Request.class, request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.extract()).isEqualTo("/state");
            assertThat(request.retries()).isEqualTo(2);
        });
    }

    @Test
    void aRequestThatMayChangeSomethingIsNoCheck() {
        assertThat(ToolText.errors(HTTP + "check: {method: POST, path: /orders}\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:7:17: check.method: ")
                .contains("GET");
        assertThat(ToolText.errors(HTTP + "check: {path: /orders, json: {a: 1}}\n"))
                .first()
                .asString()
                .contains("json");
    }

    @Test
    void aRequestsCheckIsHeldAgainstTheParametersToo() {
        assertThat(ToolText.errors(HTTP + "check: {path: '/orders/{ordre}'}\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:7:24: check.path: ")
                .contains("ordre");
    }

    @Test
    void aStatementHasAStatementThatOnlyLooksAsItsCheck() {
        assertThat(ToolText.tool(SQL + "check: select state from jobs where id = {job}\n")
                        .checking()
                        .orElseThrow()
                        .template())
                .isInstanceOf(CommandTemplate.Statement.class);
        assertThat(ToolText.errors(SQL + "check: delete from jobs where id = {job}\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:7:8: check: expected a statement that only looks");
    }

    @Test
    void aCheckOfAnotherFormThanItsMethodsIsRefused() {
        assertThat(ToolText.errors(HTTP + "check: curl /orders\n"))
                .containsExactly("t.yaml:7:8: check: expected a request as the check for method http, found \"curl"
                        + " /orders\". Write it as the tool's own request, such as {path: /health}.");
        assertThat(ToolText.errors(RESTART + "check: {path: /health}\n"))
                .singleElement()
                .asString()
                .contains("expected a text as the check for method ssh");
    }
}
