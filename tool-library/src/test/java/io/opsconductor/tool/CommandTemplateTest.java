package io.opsconductor.tool;

import static io.opsconductor.tool.ToolText.errors;
import static io.opsconductor.tool.ToolText.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.plan.RenderedCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In these tests {@code a} is a required text, {@code n} an optional number, {@code o} an optional text. */
class CommandTemplateTest {
    private static final String A = "{name: a, required: true}";
    private static final String N = "{name: n, type: integer}";
    private static final String O = "{name: o}";

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            prog {a}                   ¦ prog|v w
            prog --x={a} y             ¦ prog|--x=v w|y
            prog "{a} and 'b'"         ¦ prog|v w and 'b'
            prog 'a b'"c"d\\ e         ¦ prog|a bcd e
            prog '' ""                 ¦ prog||
            prog "\\"\\\\\\$\\a"       ¦ prog|"\\$\\a
            prog 'x $HOME `y`' {a}     ¦ prog|x $HOME `y`|v w
            awk '{print $1}' {a}       ¦ awk|{print $1}|v w
            awk '{{print}}' {a}        ¦ awk|{print}|v w
            docker '{{.Names}}' {a}    ¦ docker|{{.Names}}|v w
            prog {{{x}}}               ¦ prog|{{x}}
            curl -w %{http_code} {a}   ¦ curl|-w|%{http_code}|v w
            bash -c 'ls "$0"' {a}      ¦ bash|-c|ls "$0"|v w
            bash -c 'ls ${x}' {a}      ¦ bash|-c|ls ${x}|v w
            timeout {n} prog {a}       ¦ timeout|7|prog|v w
            prog 5$ x$                 ¦ prog|5$|x$
            """)
    void aLocalTemplateBecomesArguments(String template, String argv) {
        String text = template.strip();
        RenderedCommand rendered = CommandRendering.render(
                tool(ToolText.with("local-command", text, declared(text))), Map.of("a", "v w", "n", 7L));

        assertThat(rendered).isEqualTo(new RenderedCommand.Argv(List.of(argv.split("\\|", -1))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            prog {a}                         ¦ prog 'v w'
            prog -x{a}                       ¦ prog -x'v w'
            prog -n{n} --m={n}               ¦ prog -n7 --m=7
            prog $x{n}                       ¦ prog $x'7'
            prog ~{n}                        ¦ prog ~'7'
            prog {n}>f                       ¦ prog '7'>f
            prog "$x" 'it''s' {a}            ¦ prog "$x" 'it''s' 'v w'
            x=$(ls {a}) && echo "$x"         ¦ x=$(ls 'v w') && echo "$x"
            awk '{print $1}' {a}             ¦ awk '{print $1}' 'v w'
            awk '{{print}}' {a}              ¦ awk '{print}' 'v w'
            find . -name {a} -exec ls {} +   ¦ find . -name 'v w' -exec ls {} +
            sh -c 'ls "$0"' {a}              ¦ sh -c 'ls "$0"' 'v w'
            echo ${HOME} ${x:-"d}"} {a}      ¦ echo ${HOME} ${x:-"d}"} 'v w'
            echo \\{a}                       ¦ echo \\{a}
            echo \\\\{a}                     ¦ echo \\\\'v w'
            sudo -u {a} ls {n}               ¦ sudo -u 'v w' ls 7
            V={a} env W={a} ls               ¦ V='v w' env W='v w' ls
            ssh -p {n} {a} uptime            ¦ ssh -p 7 'v w' uptime
            awk -v n={n} 'NR <= n'           ¦ awk -v n=7 'NR <= n'
            ls 2>&1 {a}                      ¦ ls 2>&1 'v w'
            command -v {a}                   ¦ command -v 'v w'
            x=$((1 + 2)); ls {a}             ¦ x=$((1 + 2)); ls 'v w'
            if [ -d {a} ]; then ls {a}; fi   ¦ if [ -d 'v w' ]; then ls 'v w'; fi
            sed -n -e '1p' {a}               ¦ sed -n -e '1p' 'v w'
            echo "$(echo "x)")" {a} # it's   ¦ echo "$(echo "x)")" 'v w' # it's
            """)
    void anSshTemplateBecomesALineWithEveryValueQuoted(String template, String line) {
        String text = template.strip();
        RenderedCommand rendered = CommandRendering.render(
                tool(ToolText.with("ssh", text, text.equals("echo \\{a}") ? new String[0] : declared(text))),
                Map.of("a", "v w", "n", 7L));

        assertThat(rendered).isEqualTo(new RenderedCommand.Shell(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            prog {a} {b} ¦ t.yaml:8:12: command_template: expected the name of a declared parameter between braces, found "{b}". Write {a}, or write {{b}} for the text {b} itself.
            bash -c 'echo {a}' ¦ t.yaml:8:17: command_template: expected fixed text, found {a} inside a text that bash would run. Give it as a further word: bash -c '... "$0"' {a}.
            env bash -ec {a} ¦ t.yaml:8:16: command_template: expected fixed text, found {a} inside a text that bash would run. Give it as a further word: bash -c '... "$0"' {a}.
            python3 -c {a} ¦ t.yaml:8:14: command_template: expected fixed text, found {a} inside a text that python3 would run. Give it as a further argument, or as a variable.
            awk {a} f ¦ t.yaml:8:7: command_template: expected fixed text, found {a} inside a text that awk would run. Give it as a further argument, or as a variable.
            sed -n -e {a} f ¦ t.yaml:8:13: command_template: expected fixed text, found {a} inside a text that sed would run. Give it as a further argument, or as a variable.
            ssh -p 22 h ls {a} ¦ t.yaml:8:18: command_template: expected fixed text, found {a} where ssh would have a second shell read it. Make a tool with method ssh instead.
            {a} -x ¦ t.yaml:8:3: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            sudo {a} ¦ t.yaml:8:8: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            timeout 5 {a} ¦ t.yaml:8:13: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            prog {a} | head ¦ t.yaml:8:12: command_template: expected words, found a shell's |. A local command runs without a shell: quote the text if it is meant as it stands, or run it by bash -c '...' with the values as further words.
            prog $HOME {a} ¦ t.yaml:8:8: command_template: expected words, found a shell's $. A local command runs without a shell: quote the text if it is meant as it stands, or run it by bash -c '...' with the values as further words.
            prog "x {a} ¦ t.yaml:8:8: command_template: expected a closing double quote, found the end of the command. Close the quote.
            prog {a} \\ ¦ t.yaml:8:12: command_template: expected a character after the backslash, found the end. Remove the backslash.
            prog %{a} {a} ¦ t.yaml:8:8: command_template: expected a parameter or a variable, found "%{a}", which could be either. Put the % in quotes: '%'{a}.
            """)
    void aLocalTemplateThatIsNotFixedWordsAndValuesIsRefused(String template, String error) {
        assertThat(errors(ToolText.with("local-command", template, A, "{name: n, type: integer, default: 1}")))
                .contains(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ls "{a}" ¦ t.yaml:7:7: command_template: expected no value inside quotes, found {a}. Take it out of the quotes; values are quoted when the command is rendered.
            ls '{a}' ¦ t.yaml:7:7: command_template: expected no value inside quotes, found {a}. Take it out of the quotes; values are quoted when the command is rendered.
            ls "$(ls {a})" ¦ t.yaml:7:12: command_template: expected no value inside quotes, found {a}. Take it out of the quotes; values are quoted when the command is rendered.
            ls "`ls {a}`" ¦ t.yaml:7:11: command_template: expected no value inside backquotes, found {a}. Write $(...) in place of the backquotes.
            ls ${x:-{a}} ¦ t.yaml:7:11: command_template: expected no value inside ${...}, found {a}. Give the value to a variable first, as in v={name}, then use "$v".
            ls $((1+{a})) ¦ t.yaml:7:11: command_template: expected no value inside $((...)), found {a}. Compute with awk -v n={name} '...' instead.
            ls ${a} ¦ t.yaml:7:6: command_template: expected a parameter or a variable, found "${a}", which could be either. Write {a} for the parameter; rename the parameter if the shell's variable is meant.
            ls # {a} ¦ t.yaml:7:8: command_template: expected no value inside a comment, found {a}. Take it out of the comment.
            cat << EOF ¦ t.yaml:7:7: command_template: expected no here-document, found <<. Use printf '%s' ... | instead.
            ls $'{a}' ¦ t.yaml:7:6: command_template: expected POSIX quotes, found $'. Write the text in plain single quotes.
            eval ls {a} ¦ t.yaml:7:11: command_template: expected fixed text, found {a} as text that eval would run. Leave it out.
            ls; {a} ¦ t.yaml:7:7: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            ls | {a} ¦ t.yaml:7:8: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            x=$({a}) ¦ t.yaml:7:7: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            if {a}; then ls; fi ¦ t.yaml:7:6: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            ls | xargs sh -c {a} ¦ t.yaml:7:20: command_template: expected fixed text, found {a} inside a text that sh would run. Give it as a further word: sh -c '... "$0"' {a}.
            su - bob -c {a} ¦ t.yaml:7:15: command_template: expected fixed text, found {a} inside a text that su would run. Give it as a further argument, or as a variable.
            2>/dev/null {a} ¦ t.yaml:7:15: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.
            "$SHELL" -c {a} ¦ t.yaml:7:15: command_template: expected fixed text, found {a} inside a text that $SHELL would run. Give it as a further argument, or as a variable.
            python3.13 -c {a} ¦ t.yaml:7:17: command_template: expected fixed text, found {a} inside a text that python3.13 would run. Give it as a further argument, or as a variable.
            [[ {a} -gt 3 ]] ¦ t.yaml:7:6: command_template: expected fixed text, found {a} as text that [[ would run. Leave it out.
            (( {a} > 3 )) ¦ t.yaml:7:3: command_template: expected POSIX shell, found ((. Write [ ... ] for a comparison, or ( ( with a blank.
            ls $[ {a} ] ¦ t.yaml:7:6: command_template: expected POSIX shell, found $[. Compute with awk -v n={name} '...' instead.
            ls 'x ¦ t.yaml:7:6: command_template: expected a single quote, found the end of the command. Close it.
            """)
    void anSshTemplateWhereAValueCouldBecomeCodeIsRefused(String template, String error) {
        assertThat(errors(ToolText.with("ssh", template, A))).contains(error);
    }

    @Test
    void anErrorInABlockOfSeveralLinesNamesItsLine() {
        assertThat(errors(ToolText.with("ssh", "cd /tmp\nls \"{a}\"\n  wc {b} {a}", A)))
                .containsExactly(
                        "t.yaml:8:7: command_template: expected no value inside quotes, found {a}. Take it out of the quotes; values are quoted when the command is rendered.",
                        "t.yaml:9:8: command_template: expected the name of a declared parameter between braces, found \"{b}\". Write {a}, or write {{b}} for the text {b} itself.");
    }

    @Test
    void aContinuedLineIsOneCommand() {
        assertThat(errors(ToolText.with("ssh", "sudo \\\n{a}", A)))
                .containsExactly(
                        "t.yaml:8:3: command_template: expected fixed text, found {a} as the program to run. Write the program out; values are for its arguments.");
        assertThat(CommandRendering.render(tool(ToolText.with("ssh", "ls \\\n  {a}", A)), Map.of("a", "x y")))
                .isEqualTo(new RenderedCommand.Shell("ls \\\n  'x y'"));
    }

    @Test
    void aWordWithAnAbsentOptionalValueDisappears() {
        ToolDefinition ssh = tool(ToolText.with("ssh", "prog {o} --n={n} | sort {o}", N, O));
        assertThat(CommandRendering.render(ssh, Map.of())).isEqualTo(new RenderedCommand.Shell("prog | sort"));
        assertThat(CommandRendering.render(ssh, Map.of("n", 3L, "o", "x")))
                .isEqualTo(new RenderedCommand.Shell("prog x --n=3 | sort x"));

        ToolDefinition local = tool(ToolText.with("local-command", "prog {o} --n={n} end", N, O));
        assertThat(CommandRendering.render(local, Map.of()))
                .isEqualTo(new RenderedCommand.Argv(List.of("prog", "end")));
    }

    @Test
    void anOptionalValueMayNotFollowARedirection() {
        assertThat(errors(ToolText.with("ssh", "ls > {o}", O)))
                .containsExactly(
                        "t.yaml:7:8: command_template: expected fixed text, found {o} after a redirection, where it may be absent. Make the parameter required, or give it a default.");
    }

    @Test
    void anEscapedBlankBeforeAnAbsentValueStaysEscaped() {
        ToolDefinition tool = tool(ToolText.with("ssh", "ls a\\  {o} b", O));
        assertThat(CommandRendering.render(tool, Map.of())).isEqualTo(new RenderedCommand.Shell("ls a\\  b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\0b", "a\rb", "\u001b[31m", "a\u202eb", "-rf", "", "\t"})
    void renderingItselfRefusesWhatTheCheckWouldHave(String value) {
        for (String method : List.of("ssh", "local-command")) {
            ToolDefinition tool = tool(ToolText.with(method, "prog {a}", A));
            assertThatThrownBy(() -> CommandRendering.render(tool, Map.of("a", value)))
                    .isInstanceOf(RenderingException.class)
                    .hasMessageStartingWith("tool t: the value of a cannot be rendered: it ");
        }
    }

    @Test
    void renderingRefusesAbsentRequiredValuesAndOtherTypes() {
        ToolDefinition tool = tool(ToolText.with("ssh", "prog {a}", A));
        assertThatThrownBy(() -> CommandRendering.render(tool, Map.of()))
                .hasMessage("tool t: the value of a cannot be rendered: it is required and absent");
        Map<String, Object> list = new HashMap<>();
        list.put("a", List.of("x"));
        assertThatThrownBy(() -> CommandRendering.render(tool, list)).isInstanceOf(RenderingException.class);
    }

    @Test
    void aToolMayAllowALeadingHyphen() {
        ToolDefinition tool =
                tool(ToolText.with("ssh", "grep -e {a} f", "{name: a, required: true, allow_leading_hyphen: true}"));
        assertThat(CommandRendering.render(tool, Map.of("a", "-v")))
                .isEqualTo(new RenderedCommand.Shell("grep -e -v f"));
    }

    private static String[] declared(String template) {
        return java.util.stream.Stream.of(A, N, O)
                .filter(p -> template.contains("{" + p.charAt(7) + "}"))
                .toArray(String[]::new);
    }
}
