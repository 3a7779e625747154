package io.opsconductor.tool;

import static io.opsconductor.tool.ToolText.errors;
import static io.opsconductor.tool.ToolText.parse;
import static io.opsconductor.tool.ToolText.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.Effect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolFileParserTest {
    private static final String FULL = """
            name: tail_log
            description: "Show the last lines."
            effect: read
            idempotent: true
            platforms: [linux]
            execution:
              location: runner
              method: ssh
            parameters:
              - name: path
                description: "The file"
                type: path
                required: true
              - name: lines
                type: integer
                default: 50
                min: 1
                max: 1000
              - name: wait
                type: duration
                default: 5m
                max: 1h
              - name: level
                type: enum
                allowed: [info, warn]
            command_template: tail -n {lines} {path} {wait} {level}
            timeout: 2m
            output: log
            next:
              - tool: list_directory
                say: "list {path} on {target}"
              - {tool: tail_log, say: "tail {path} on {target}", when: failed}
            examples: ["tail it"]
            """;

    @Test
    void everyKeyOfAFileEndsUpInTheDefinition() {
        ToolDefinition tool = tool(FULL);

        assertThat(tool.name()).isEqualTo("tail_log");
        assertThat(tool.description()).isEqualTo("Show the last lines.");
        assertThat(tool.effect()).isEqualTo(Effect.READ);
        assertThat(tool.idempotent()).isTrue();
        assertThat(tool.platforms()).containsExactly("linux");
        assertThat(tool.execution()).isEqualTo(new ToolDefinition.Execution(ExecutionMethod.SSH, true, null));
        assertThat(tool.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(tool.output()).isEqualTo("log");
        assertThat(tool.next())
                .containsExactly(
                        new NextStep("list_directory", "list {path} on {target}", NextStep.When.ATTENTION),
                        new NextStep("tail_log", "tail {path} on {target}", NextStep.When.FAILED));
        assertThat(tool.catalogueEntry().next()).isEqualTo(tool.next());
        assertThat(tool.examples()).containsExactly("tail it");
        assertThat(tool.digest()).isEqualTo(Digest.of(FULL.getBytes(StandardCharsets.UTF_8)));
        assertThat(tool.source()).hasToString("t.yaml");
        assertThat(tool.parameters())
                .containsExactly(
                        new CatalogueEntry.Parameter(
                                "path", "The file", ParameterType.PATH, true, null, List.of(), null, null, null, false),
                        new CatalogueEntry.Parameter(
                                "lines", "", ParameterType.INTEGER, false, 50L, List.of(), null, 1L, 1000L, false),
                        new CatalogueEntry.Parameter(
                                "wait", "", ParameterType.DURATION, false, 300L, List.of(), null, null, 3600L, false),
                        new CatalogueEntry.Parameter(
                                "level",
                                "",
                                ParameterType.ENUM,
                                false,
                                null,
                                List.of("info", "warn"),
                                null,
                                null,
                                null,
                                false));
        assertThat(tool.catalogueEntry().needsTarget()).isTrue();
    }

    @Test
    void defaultsAreChangeNotIdempotentSixtySecondsAndAnyPlatform() {
        ToolDefinition tool = tool(ToolText.with("local-command", "date"));

        assertThat(tool.effect()).isEqualTo(Effect.CHANGE);
        assertThat(tool.idempotent()).isFalse();
        assertThat(tool.platforms()).isEmpty();
        assertThat(tool.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(tool.output()).isNull();
        assertThat(tool.catalogueEntry().needsTarget()).isFalse();
    }

    @Test
    void allMistakesOfAFileAreReportedAtOnceInItsOrder() {
        assertThat(errors("""
                nam: Ping
                description: 42
                effect: reads
                idempotent: yes
                examples: ping it
                timeout: 1:30
                execution:
                  method: shh
                  requires_target: on
                parameters:
                  - name: Path
                    required: true
                    default: "/"
                  - name: count
                    type: integer
                    default: 0777
                    min: 10
                    max: 5
                  - description: nameless
                  - name: count
                    type: enum
                  - name: rx
                    pattern: "[a-"
                  - name: m
                    max: 3
                command_template: {target}
                """))
                .containsExactly(
                        "t.yaml:1:1: expected the key \"name\", found none. Add it: the tool's name, such as check_disk_space.",
                        "t.yaml:1:1: expected one of the keys name, description, effect, idempotent, everyday, platforms, execution, parameters, command_template, script, powershell, sudo, check, request, query, max_rows, timeout, output, next, examples, typed; found \"nam\". Write name.",
                        "t.yaml:2:14: description: expected text, found the number 42. Put it in quotes: \"42\".",
                        "t.yaml:3:9: effect: expected one of read, change, destroy, found \"reads\". Write read.",
                        "t.yaml:4:13: idempotent: expected true or false, found \"yes\". Write true, without quotes.",
                        "t.yaml:5:11: examples: expected a list, found \"ping it\". Write a list: [\"ping it\"].",
                        "t.yaml:6:10: timeout: expected a duration from 1s to 1h, found \"1:30\". Write a number and a unit, such as 30s or 5m.",
                        "t.yaml:8:11: execution.method: expected one of local-command, ssh, winrm, http, database, found \"shh\". Write ssh.",
                        "t.yaml:9:20: execution.requires_target: expected true or false, found \"on\". Write true, without quotes.",
                        "t.yaml:11:11: parameters[0].name: expected a name of lower-case letters, digits and underscores that begins with a letter, at most 64, found \"Path\". Write for instance max_hops.",
                        "t.yaml:13:14: parameters[0].default: expected a required parameter without a default, found both. Remove \"required: true\"; with a default the value is never missing.",
                        "t.yaml:16:14: parameters[1].default: expected a whole number, found \"0777\". Write it without the leading 0.",
                        "t.yaml:17:10: parameters[1].min: expected min to be at most max, found 10 and 5. Swap them.",
                        "t.yaml:19:5: parameters[2]: expected the key \"name\", found none. Add it: the parameter's name, such as path; {path} stands for it in the template.",
                        "t.yaml:20:11: parameters[3].name: expected each parameter once, found \"count\" again (first at 14:11). Rename or remove one.",
                        "t.yaml:23:14: parameters[4].pattern: expected a regular expression, found \"[a-\" (illegal character range near character 4)",
                        "t.yaml:25:10: parameters[5].max: expected max beside type integer, port or duration only, found it beside string. Remove it, or correct the type.",
                        "t.yaml:26:19: command_template: expected text, found a mapping. Put the text in quotes: without them YAML reads { as the beginning of a mapping.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {name: a, type: port, default: 70000} ~ t.yaml:5:36: parameters[0].default: expected a port from 1 to 65535, found "70000"
            {name: a, default: "-rf"} ~ t.yaml:5:24: parameters[0].default: expected a value that does not begin with a hyphen, found "-rf". Programs would take it as an option.
            {name: a, type: enum} ~ t.yaml:5:5: parameters[0]: expected the key "allowed" beside type enum, found none. Add the list of its values.
            {name: a, type: enum, allowed: [x, yes], default: z} ~ t.yaml:5:55: parameters[0].default: expected one of x, yes, found "z". Did you mean x?
            {name: a, type: ip, allowed: [10.0.0.1, nope]} ~ t.yaml:5:45: parameters[0].allowed[1]: expected an IP address such as 192.0.2.10 or 2001:db8::1, found "nope"
            {name: a, type: pathh} ~ t.yaml:5:21: parameters[0].type: expected one of string, integer, boolean, enum, duration, host, ip, cidr, port, url, path, service, sql-identifier, target, secret, found "pathh". Write path.
            {name: a, defualt: 1} ~ t.yaml:5:15: parameters[0]: expected one of the keys name, description, type, required, default, allowed, pattern, min, max, allow_leading_hyphen; found "defualt". Write default.
            {name: a, default: 1.10} ~ t.yaml:5:24: parameters[0].default: expected text or a whole number or true or false, found the number 1.10. Put it in quotes: "1.10".
            {name: a, type: duration, min: 1s, max: soon} ~ t.yaml:5:45: parameters[0].max: expected a duration such as 30s, 5m, 2h or 1d, found "soon". Write a number and s, m, h or d; a bare number counts seconds.
            """)
    void mistakesInAParameterNameTheirPlaceAndTheFix(String parameter, String error) {
        assertThat(errors(ToolText.with("ssh", "echo {a}", parameter))).containsExactly(error);
    }

    @Test
    void aParameterWithoutAPlaceInTheTemplateIsAMistake() {
        assertThat(errors(ToolText.with("ssh", "df -h", "{name: path, type: path}")))
                .containsExactly(
                        "t.yaml:5:12: parameters[0].name: expected {path} in command_template, found no place for it. Use it there, or remove the parameter.");
    }

    @Test
    void theFoundingFormMayListTheTargetAmongTheParameters() {
        ToolDefinition tool = tool(ToolText.with(
                "ssh", "df -h {path}", "{name: target_host, required: true}", "{name: path, type: path, default: /}"));

        assertThat(tool.parameters())
                .singleElement()
                .satisfies(p -> assertThat(p.name()).isEqualTo("path"));
        assertThat(errors(ToolText.with("ssh", "ping {target}", "{name: target}")))
                .containsExactly(
                        "t.yaml:5:12: parameters[0].name: expected another name, found target, which is the step's target itself. Rename it if another host is meant; otherwise remove it, the target is known without it.");
    }

    @Test
    void anUntypedTargetOfALocalCommandHasTheTargetType() {
        String yaml = """
                name: t
                description: d
                execution: {method: local-command, requires_target: true, target_type: %s}
                parameters:
                  - {name: target, required: true}
                command_template: probe {target}
                """;
        assertThat(tool(yaml.formatted("host")).parameters().getFirst().type()).isEqualTo(ParameterType.HOST);
        assertThat(tool(yaml.formatted("url")).parameters().getFirst().type()).isEqualTo(ParameterType.URL);
    }

    @Test
    void theKeysMustFitTheMethod() {
        assertThat(errors("""
                name: t
                description: d
                execution: {method: ssh, requires_target: false}
                query: select 1
                """))
                .containsExactly(
                        "t.yaml:1:1: expected the key \"command_template\" for method ssh, found none. Add it.",
                        "t.yaml:3:43: execution.requires_target: expected true for method ssh, which always runs on targets, found false. Remove the key, or use method local-command to run on the runner.",
                        "t.yaml:4:8: query: expected command_template for method ssh, found query. Remove it, or correct execution.method.");
        assertThat(errors("""
                name: t
                description: d
                execution: {method: local-command, requires_target: true}
                command_template: date
                """))
                .containsExactly(
                        "t.yaml:3:53: execution.requires_target: expected a parameter for the host, since requires_target is true, found none. Add one of type host, ip or url, or set requires_target to false.");
    }

    @ParameterizedTest
    @CsvSource({"1s,1", "90,90", "1h,3600", "'\"2m\"',120"})
    void aTimeoutIsADuration(String written, long seconds) {
        assertThat(tool(ToolText.with("ssh", "date") + "timeout: " + written + "\n")
                        .timeout())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0", "61m", "-5s", "1e3", "forever", "2d"})
    void aTimeoutOutsideOneSecondToOneHourIsRefused(String written) {
        assertThat(errors(ToolText.with("ssh", "date") + "timeout: " + written + "\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:6:10: timeout: expected ");
    }

    @Test
    void whatIsSuggestedNextMayOnlyNameWhatAPlanOfTheToolHas() {
        String tool = """
                name: who
                description: Shows who is there.
                execution: {method: ssh}
                command_template: who
                next:
                """;
        assertThat(errors(tool + "  - {tool: uptime_load, say: 'uptime of {target} with {output}'}\n"))
                .singleElement()
                .asString()
                .contains("t.yaml:6:")
                .contains("expected one of target between braces, found \"{output}\"");
        assertThat(errors(tool + "  - {tool: uptime_load, say: 'uptime of {target}', when: often}\n"))
                .singleElement()
                .asString()
                .contains("expected one of attention, failed, always, found \"often\"");
        assertThat(errors(tool + "  - {say: 'uptime of {target}'}\n"))
                .singleElement()
                .asString()
                .contains("\"tool\"");
        assertThat(parse(tool + "  - {tool: uptime_load, say: 'uptime of {target}'}\n")
                        .tool())
                .isNotNull();
    }
}
