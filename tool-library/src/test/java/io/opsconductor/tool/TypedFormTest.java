package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands that a tool file says are typed in place of a request. */
class TypedFormTest {
    private static final String TOOL = """
            name: logs
            description: Shows what a service logs.
            execution: {method: ssh}
            sudo: true
            parameters:
              - {name: service, type: service, required: true}
              - {name: lines, type: integer, default: 50, max: 100}
            command_template: journalctl -u {service} -n {lines}
            typed:
            """;

    private static ToolFileParser.Parsed parse(String form) {
        String text = TOOL + "  - '" + form + "'\n";
        return new ToolFileParser().parse(Path.of("t.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> errors(String form) {
        return parse(form).findings().stream()
                .filter(finding -> finding.isError())
                .map(Object::toString)
                .toList();
    }

    @Test
    void whatMayBeCutShortOrWrittenOtherwiseIsOneWord() {
        assertThat(TypedForm.of("sh(ow) ip", false).starts()).containsExactlyInAnyOrder("sh", "sho", "show");
        assertThat(TypedForm.of("[sudo] apt|apt-get update", false).starts())
                .containsExactlyInAnyOrder("sudo", "apt", "apt-get");
        assertThat(TypedForm.of("{service} up", false).starts()).isEmpty();
    }

    @Test
    void optionsStandForValues() {
        TypedForm form = TypedForm.of("chown [-R recursive=true] {owner} {path:/.+}", false);
        assertThat(form.options()).singleElement().satisfies(option -> {
            assertThat(option.implied()).isEqualTo(Map.of("recursive", "true"));
            assertThat(option.name().pattern().matcher("-R").matches()).isTrue();
            assertThat(option.name().pattern().matcher("-r").matches()).isFalse();
        });
        assertThat(form.parameters()).containsExactlyInAnyOrder("recursive", "owner", "path");
        assertThat(form.groups()
                        .getLast()
                        .pieces()
                        .getFirst()
                        .pattern()
                        .matcher("/")
                        .matches())
                .isFalse();
    }

    @Test
    void lettersOfOptionsAreTheSameOnWindows() {
        assertThat(TypedForm.of("taskkill [-f]", true)
                        .options()
                        .getFirst()
                        .name()
                        .pattern()
                        .matcher("-F")
                        .matches())
                .isTrue();
    }

    @Test
    void theCatalogueSaysWhereSudoMayBeLeftOut() {
        ToolDefinition tool = parse("journalctl [-u {service}]").tool();
        assertThat(tool).isNotNull();
        assertThat(tool.catalogueEntry().typed()).containsExactly("[sudo] journalctl [-u {service}]");
    }

    @Test
    void mistakesAreNamed() {
        assertThat(errors("journalctl [-u {unit}]")).singleElement().asString().contains("found \"unit\"");
        assertThat(errors("journalctl lines=500")).singleElement().asString().contains("lines: expected");
        assertThat(errors("{service} logs")).singleElement().asString().contains("begins with a word");
        assertThat(errors("journalctl [-u {service}"))
                .singleElement()
                .asString()
                .contains("brackets");
        assertThat(errors("journalctl {service:[a-}"))
                .singleElement()
                .asString()
                .contains("pattern");
    }
}
