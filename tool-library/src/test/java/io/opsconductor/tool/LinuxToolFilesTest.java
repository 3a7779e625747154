package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of the tools for Linux. What they do is tried on a machine, in the runner's tests. */
class LinuxToolFilesTest {
    private static final List<Path> FOLDERS = List.of(Path.of("tools/linux"), Path.of("more-tools/linux"));

    private final ToolLibrary library = ToolLibrary.load(FOLDERS).library();

    @Test
    void everyFileLoadsWithoutAnythingToSay() {
        assertThat(Lint.run(FOLDERS).stream().map(Finding::text)).isEmpty();
        assertThat(library.tools()).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void eachSaysItsEffectItsTimeAndItsOutputAndHasFourRequests() throws IOException {
        for (ToolDefinition tool : library.tools()) {
            assertThat(tool.examples()).as(tool.name()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(Files.readString(tool.source()))
                    .as(tool.name())
                    .contains("\neffect: ", "\nidempotent: ", "\nplatforms: [linux]\n", "\ntimeout: ", "\noutput: ");
        }
    }

    @Test
    void eachNumberHasItsBoundsAndEachTextThatIsNoContentItsForm() {
        List<String> contents = List.of("text", "description");
        assertThat(library.tools())
                .allSatisfy(tool -> assertThat(tool.parameters())
                        .allSatisfy(parameter -> assertThat(
                                        switch (parameter.type()) {
                                            case INTEGER, DURATION ->
                                                parameter.min() != null && parameter.max() != null;
                                            case STRING ->
                                                parameter.pattern() != null || contents.contains(parameter.name());
                                            case BOOLEAN,
                                                    ENUM,
                                                    HOST,
                                                    IP,
                                                    CIDR,
                                                    PORT,
                                                    URL,
                                                    PATH,
                                                    SERVICE,
                                                    SQL_IDENTIFIER,
                                                    TARGET,
                                                    SECRET -> true;
                                        })
                                .as("%s, %s", tool.name(), parameter.name())
                                .isTrue()));
    }

    @Test
    void noRequestStandsInTwoFiles() {
        assertThat(library.tools().stream().flatMap(tool -> tool.examples().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachFileLiesInTheFolderOfItsDomainUnderTheNameOfItsTool() {
        assertThat(library.tools()).allSatisfy(tool -> {
            assertThat(tool.source()).hasFileName(tool.name() + ".yaml");
            assertThat(tool.source().getNameCount()).isEqualTo(4);
        });
    }

    @Test
    void whatDestroysIsWhatCannotBeUndone() {
        assertThat(library.tools().stream()
                        .filter(tool -> tool.effect() == Effect.DESTROY)
                        .map(ToolDefinition::name))
                .containsExactly("delete_file", "remove_user", "vacuum_journal");
    }

    /** The demo's targets are the reader's own machine. */
    @Test
    void theDemoRefusesEverythingThatWouldChangeMoreThanItsOwnServices() throws IOException {
        Path policy = Path.of("../acceptance/src/main/resources/io/opsconductor/acceptance/demo/policy.yaml");
        JsonNode rules = new YamlReader(64_000, 10, 2_000)
                .read("policy.yaml", Files.readAllBytes(policy))
                .root()
                .path("rules");
        List<String> refused = new ArrayList<>();
        rules.forEach(rule -> {
            if (rule.path("deny").asBoolean()) {
                rule.path("tools").forEach(tool -> refused.add(tool.asText()));
            }
        });
        List<String> services = List.of("reload_service", "restart_service", "start_service", "stop_service");
        assertThat(refused)
                .containsExactlyInAnyOrderElementsOf(library.tools().stream()
                        .filter(tool -> tool.effect() != Effect.READ)
                        .map(ToolDefinition::name)
                        .filter(name -> !services.contains(name))
                        .toList());
    }

    /** What cannot be tried on a machine that is thrown away, word for word. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            reboot_machine     ~ -                           ~ shutdown -r +1 "Restart asked for in the chat."
            service_at_boot    ~ service=nginx,action=enable ~ systemctl enable nginx
            start_service      ~ service=nginx               ~ if [ -d /run/systemd/system ]; then systemctl start nginx && systemctl is-active nginx; else service nginx start; fi
            stop_service       ~ service=nginx               ~ if [ -d /run/systemd/system ]; then systemctl stop nginx; else service nginx stop; fi
            reload_service     ~ service=nginx               ~ if [ -d /run/systemd/system ]; then systemctl reload nginx && systemctl is-active nginx; else service nginx reload; fi
            list_timers        ~ -                           ~ systemctl list-timers --all --no-pager
            service_definition ~ service=nginx               ~ systemctl cat --no-pager nginx
            """)
    void whatOnlyARunningSystemdAnswersIsSentAsItIsWritten(String tool, String given, String line) {
        assertThat(render(tool, given)).isEqualTo(new RenderedCommand.Shell(line));
    }

    @Test
    void theFailedServicesAreAskedForByTheirState() {
        assertThat(render("list_services", "state=failed"))
                .isInstanceOfSatisfying(RenderedCommand.ShellInput.class, sent -> {
                    assertThat(sent.line()).isEqualTo("sh -s -- failed");
                    assertThat(sent.input()).contains("systemctl list-units --type=service --state=\"$1\" --plain");
                });
    }

    private RenderedCommand render(String name, String given) {
        ToolDefinition tool = library.tool(name).orElseThrow();
        Map<String, Object> values = new LinkedHashMap<>();
        if (!given.equals("-")) {
            for (String pair : given.split(",", -1)) {
                values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        assertThat(CheckedParameters.check(tool.catalogueEntry(), values))
                .isInstanceOf(CheckedParameters.Accepted.class);
        return CommandRendering.render(
                tool, ((CheckedParameters.Accepted) CheckedParameters.check(tool.catalogueEntry(), values)).values());
    }
}
