package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.yaml.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTemplateTest {
    private static final String NAME = "{name: name, type: string, required: true}";

    @Test
    void valuesBecomeLiteralsOfTheirOwnKind() {
        ToolDefinition tool = tool(
                "powershell: |\n  Get-Thing -Name {name} -Count {count} -All:{all} -Since ({since})",
                NAME,
                "{name: count, type: integer, required: true, min: -5, allow_leading_hyphen: true}",
                "{name: all, type: boolean, required: true}",
                "{name: since, type: duration}");

        assertThat(script(tool, Map.of("name", "a b", "count", -3L, "all", true)))
                .isEqualTo("Get-Thing -Name 'a b' -Count (-3) -All:$true -Since ($null)");
        assertThat(script(tool, Map.of("name", "$(x)`{0}", "count", 3L, "all", false, "since", 300L)))
                .isEqualTo("Get-Thing -Name '$(x)`{0}' -Count 3 -All:$false -Since (300)");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "x'; Remove-Item C:\\ ;', 'x''; Remove-Item C:\\ ;'''",
                "x\u2019y, 'x\u2019\u2019y'",
                "\u2018\u201A\u201B, '\u2018\u2018\u201A\u201A\u201B\u201B'"
            })
    void whatEndsATextInSingleQuotesIsDoubledAlsoInItsTypographicForms(String value, String literal) {
        ToolDefinition tool = tool("powershell: Write-Output {name}", NAME);

        assertThat(script(tool, Map.of("name", value))).isEqualTo("Write-Output " + literal);
    }

    @ParameterizedTest
    @CsvSource({"'a\" b', contains a double quotation mark", "'C:\\my data\\', contains a blank and ends in a backslash"
    })
    void whatWindowsPowerShellHandsOnWronglyIsRefused(String value, String why) {
        ToolDefinition tool = tool("powershell: sc.exe query {name}", NAME);

        assertThatThrownBy(() -> script(tool, Map.of("name", value)))
                .isInstanceOf(RenderingException.class)
                .hasMessageEndingWith(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Write-Output \"a {name}\" | inside quotes",
                "Write-Output 'a {name}' | inside quotes",
                "Write-Output \u2018a {name}\u2019 | inside quotes",
                "Write-Output \u201Ca {name}\u201D | inside quotes",
                "Get-Date # {name} | inside a comment",
                "Get-Date <# {name} #> | inside a comment",
                "Get-ChildItem C:\\{name} | joined to other text",
                "Get-ChildItem {name}\\x | joined to other text",
                "Get-Thing $x{name} | joined to other text",
                "& {name} | as the program to run",
                ". {name} | as the program to run",
                "iex {name} | which could run them",
                "{name} ; [ScriptBlock]::Create('x') | which could run them",
                "powershell.exe -Command {name} | which could run them",
                "Write-Output \"$( iex {name} )\" | which could run them"
            })
    void aValueHasNoPlaceWherePowerShellWouldNotReadItAsOne(String script, String why) {
        assertThat(errors("powershell: |\n  " + script.strip(), NAME))
                .singleElement()
                .asString()
                .contains("{name}")
                .contains(why);
    }

    @Test
    void hereStringsHoldNoValuesAndTheCodeAfterThemDoes() {
        assertThat(errors("powershell: |\n  $t = @'\n  it's {name}\n  '@\n  Set-Thing {name}", NAME))
                .singleElement()
                .asString()
                .contains("inside a here-string");
        assertThat(script(
                        tool("powershell: |\n  $t = @'\n  it's\n  '@\n  Set-Thing {name} $t", NAME),
                        Map.of("name", "v")))
                .isEqualTo("$t = @'\nit's\n'@\nSet-Thing 'v' $t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Write-Output 'a", "Write-Output \"a", "Write-Output \"$(a\""})
    void whatIsNeverClosedIsAMistake(String script) {
        assertThat(errors("powershell: |\n  " + script)).isNotEmpty().allMatch(e -> e.contains("found the end"));
    }

    @Test
    void blocksAndSubexpressionsStayPowerShells() {
        ToolDefinition tool = tool(
                "powershell: |\n  Get-Service | Where-Object { $_.Name -like {name} } | % { \"${env:X} $($_.Name)\" }",
                NAME);

        assertThat(script(tool, Map.of("name", "W*")))
                .isEqualTo("Get-Service | Where-Object { $_.Name -like 'W*' } | % { \"${env:X} $($_.Name)\" }");
    }

    @Test
    void aCommandLineTakesOnlyValuesThatNeedNoQuotes() {
        ToolDefinition tool = tool("command_template: sc query {name}", NAME);

        assertThat(CommandRendering.render(tool, Map.of("name", "W32Time")))
                .isEqualTo(new RenderedCommand.Cmd("sc query W32Time"));
        for (String value : List.of("a b", "a&b", "%PATH%", "a^b", "!x!", "\"a\"", "(a)", "/x", "a,b", "a;b", "ä")) {
            assertThatThrownBy(() -> CommandRendering.render(tool, Map.of("name", value)))
                    .as(value)
                    .isInstanceOf(RenderingException.class)
                    .hasMessageContaining("the command interpreter of Windows takes only");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name} /all | as the program to run",
                "ipconfig & {name} | as the program to run",
                "dir \"C:\\ {name}\" | inside quotes",
                "dir C:\\{name} | joined to other text",
                "powershell -Command Get-Date -Format {name} | which could run them"
            })
    void aCommandLineHasNoPlaceForAValueThatCouldBecomeMore(String line, String why) {
        assertThat(errors("command_template: |\n  " + line.strip(), NAME)).anyMatch(e -> e.contains(why));
    }

    @Test
    void aWinrmToolHasOneTemplateAndOthersHaveNone() {
        assertThat(errors("command_template: ver\npowershell: Get-Date"))
                .containsExactly(
                        "t.yaml:6:19: command_template: expected powershell for method winrm, found command_template."
                                + " Remove it, or correct execution.method.");
        assertThat(errors(""))
                .containsExactly("t.yaml:1:1: expected the key \"powershell\" for method winrm, found none. Add it.");
        assertThat(parse(ToolText.with("ssh", "date") + "powershell: Get-Date\n").findings().stream()
                        .map(Finding::text))
                .anyMatch(e -> e.contains("expected command_template for method ssh, found powershell"));
    }

    private static String script(ToolDefinition tool, Map<String, Object> values) {
        return ((RenderedCommand.PowerShell) CommandRendering.render(tool, values)).script();
    }

    private static ToolDefinition tool(String template, String... parameters) {
        ToolFileParser.Parsed parsed = parse(text(template, parameters));
        ToolDefinition tool = parsed.tool();
        if (tool == null) {
            throw new AssertionError(parsed.findings());
        }
        return tool;
    }

    private static List<String> errors(String template, String... parameters) {
        return parse(text(template, parameters)).findings().stream()
                .filter(Finding::isError)
                .map(Finding::text)
                .toList();
    }

    private static ToolFileParser.Parsed parse(String text) {
        return new ToolFileParser().parse(Path.of("t.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String template, String... parameters) {
        StringBuilder text = new StringBuilder("name: t\ndescription: d\neffect: read\nexecution: {method: winrm}\n");
        text.append("parameters: [").append(String.join(", ", parameters)).append("]\n");
        return text.append(template).append('\n').toString();
    }
}
