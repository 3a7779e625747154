package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsconductor.counterpart.node.NodePackages;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.runner.winrm.WinRmCounterpart;
import io.opsconductor.runner.winrm.WinRmCounterpart.Settings;
import io.opsconductor.tool.CommandRendering.Surroundings;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.RenderingException;
import io.opsconductor.tool.ToolDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tools for Windows. Microsoft's own parser is in no registry that a build of Java reaches, so their scripts are read by the
 * PowerShell grammar of tree-sitter, which editors use: it knows the syntax, and neither the commands nor their parameters. With a
 * hostile value the tree must be the same as with an ordinary one, and the value one literal in it. Each script then goes through
 * WinRM, and must arrive byte for byte.
 */
@Timeout(120)
class WindowsToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GRAMMAR = Path.of("src/test/powershell");
    private static final Path WORK = Path.of("target/powershell-grammar");

    /** A script with one value that is out of the ordinary, or none. */
    private record Script(ToolDefinition tool, String parameter, String value, RenderedCommand.PowerShell script) {
        String name() {
            return tool.name() + " " + parameter;
        }
    }

    private static List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        for (ToolDefinition tool : ShippedTools.of(ExecutionMethod.WINRM)) {
            Map<String, Object> usual = new LinkedHashMap<>();
            tool.parameters().forEach(parameter -> usual.put(parameter.name(), Samples.of(parameter)));
            scripts.add(new Script(tool, "", "", rendered(tool, usual).orElseThrow()));
            for (var parameter : tool.parameters()) {
                for (String value : List.of(
                        ShippedTools.HOSTILE,
                        "C:\\a' ; Remove-Item x ; '",
                        "\u2018\u2019\u201A\u201B $(1) `n @{ } # <# ",
                        "x' + (Get-Date) + 'y")) {
                    Map<String, Object> values = new LinkedHashMap<>(usual);
                    values.put(parameter.name(), value);
                    rendered(tool, values)
                            .ifPresent(script -> scripts.add(new Script(tool, parameter.name(), value, script)));
                }
            }
        }
        return scripts;
    }

    private static Optional<RenderedCommand.PowerShell> rendered(ToolDefinition tool, Map<String, Object> values) {
        try {
            return ShippedTools.rendered(tool, values, Surroundings.PLAIN).map(RenderedCommand.PowerShell.class::cast);
        } catch (RenderingException e) {
            return Optional.empty();
        }
    }

    @Test
    void everyScriptIsPowerShellAndNoValueChangesWhatItSays() throws Exception {
        List<Script> scripts = scripts();
        List<JsonNode> trees =
                read(scripts.stream().map(script -> script.script().script()).toList());
        Map<String, String> usual = new LinkedHashMap<>();
        int hostile = 0;
        for (int i = 0; i < scripts.size(); i++) {
            Script one = scripts.get(i);
            JsonNode tree = trees.get(i);
            assertThat(tree.path("errors"))
                    .as(one.name() + "\n" + one.script().script())
                    .isEmpty();
            if (one.parameter().isEmpty()) {
                usual.put(one.tool().name(), tree.path("shape").asText());
            } else {
                hostile++;
                assertThat(tree.path("shape").asText())
                        .as(one.name())
                        .isEqualTo(usual.get(one.tool().name()));
                List<String> texts = new ArrayList<>();
                tree.path("texts").forEach(text -> texts.add(text.asText()));
                assertThat(texts).as(one.name()).contains(literal(one.value()));
            }
        }
        assertThat(usual).hasSizeGreaterThanOrEqualTo(45);
        assertThat(hostile).isGreaterThanOrEqualTo(18);
    }

    @Test
    void theGrammarRefusesWhatIsNotPowerShell() throws Exception {
        List<JsonNode> trees = read(List.of("Get-Item -Path 'a", "if ($true { 1 }", "Get-Item | | x", "$x = @{ a = 1"));
        assertThat(trees).allSatisfy(tree -> assertThat(tree.path("errors")).isNotEmpty());
    }

    @Test
    void everyScriptArrivesAsItWasApproved() throws Exception {
        Masker masker = new Masker();
        List<String> sent = new ArrayList<>();
        try (WinRmCounterpart windows = new WinRmCounterpart(
                        Settings.plain(Map.of("ops", "correct-horse")).keepingOnly());
                WinRmExecutor executor = new WinRmExecutor(
                        new CredentialSource(masker, Map.of("PASSWORD", "correct-horse"), Path.of("age.txt")),
                        masker)) {
            for (Script one : scripts()) {
                // Each script once as usual, and once with each value that no other of its parameters had.
                TargetOutcome outcome = executor.run(command(one, windows), (channel, text) -> {}, new Cancellation());
                assertThat(outcome.reason()).as(one.name()).isEmpty();
                sent.add(one.script().script());
            }
            assertThat(windows.shells().scripts()).isEqualTo(sent);
        }
    }

    /** As PowerShell writes it between quotes. */
    private static String literal(String value) {
        return "'" + value.replaceAll("['\u2018\u2019\u201A\u201B]", "$0$0") + "'";
    }

    private static StepCommand command(Script one, WinRmCounterpart windows) {
        Target target = new Target(
                "win-01",
                List.of(),
                "localhost",
                22,
                "windows",
                "",
                List.of(),
                Map.of(),
                null,
                List.of(),
                new WinRmAddress(
                        false,
                        windows.port(),
                        Scheme.NTLM,
                        null,
                        "",
                        new Credential.Password("win", "ops", new SecretSource.InEnvironment("PASSWORD"))),
                null,
                null);
        return new StepCommand(
                "execution-1", one.script(), new Place.OnTarget(target), Duration.ofSeconds(20), 64 * 1024);
    }

    /** What the grammar makes of each script: its mistakes, its tree without texts, and the texts in it. */
    private static List<JsonNode> read(List<String> scripts) throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        for (String file : List.of("package.json", "package-lock.json", "read.cjs")) {
            Files.copy(GRAMMAR.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        NodePackages.install(WORK.toAbsolutePath());
        Path out = WORK.resolve("trees.json");
        // The grammar's tables are one enormous function: optimising it takes a minute, and the process waits for that.
        Process node = new ProcessBuilder("node", "--liftoff-only", "read.cjs")
                .directory(WORK.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = node.getOutputStream()) {
            in.write(JSON.writeValueAsString(scripts).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        List<JsonNode> trees = new ArrayList<>();
        JSON.readTree(out.toFile()).forEach(trees::add);
        assertThat(trees).hasSameSizeAs(scripts);
        return trees;
    }
}
