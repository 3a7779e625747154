package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every hostile value in every parameter of every shipped tool: refused, or one word of the command and nothing more. */
@Timeout(60)
class HostileValuesTest {
    private static final List<String> HOSTILE = List.of(
            "; touch pwned",
            "/x; touch pwned",
            "/$(touch pwned)",
            "$(touch pwned)",
            "`touch pwned`",
            "/`touch pwned`",
            "/a\ntouch pwned",
            "/a\rtouch pwned",
            "/a\0b",
            "-oProxyCommand=touch pwned",
            "--help",
            "/it's",
            "/'; touch pwned; '",
            "/\"; touch pwned; \"",
            "/'\\''; touch pwned #",
            "/\\",
            "/\\'; touch pwned #",
            "/a b  c",
            "/*",
            "/${IFS}x",
            "/a && touch pwned",
            "/a | touch pwned",
            "/a > pwned",
            "/a & touch pwned",
            "/~root",
            "/{a,b}",
            "/!!",
            "/#x",
            "/%s%n",
            "/..\u202e/x",
            "/wеb",
            "wеb-01",
            "http://127.0.0.1/$(touch${IFS}pwned)",
            "http://h/';touch%20pwned;'",
            "http://h/?a=b&c=d#e",
            "nginx;id",
            "nginx\u200b",
            "",
            " ",
            "/" + "a".repeat(100_000));

    private final List<ToolDefinition> tools =
            ToolLibrary.load(List.of(ShippedToolsTest.FOLDER)).library().tools();

    @TempDir
    private Path folder;

    /** Stub programs that print the arguments they got, one a line in brackets, are all there is to run. */
    private void stubs() throws IOException {
        for (String program : List.of(
                "df",
                "ls",
                "tail",
                "systemctl",
                "service",
                "ps",
                "awk",
                "free",
                "uptime",
                "uname",
                "grep",
                "sort",
                "head")) {
            Path stub = folder.resolve(program);
            // Those that stand behind a pipe hand on what came before.
            String rest = List.of("sort", "head").contains(program) ? "exec /bin/cat\n" : "";
            Files.writeString(stub, "#!/bin/sh\nfor a; do printf '[%s]\\n' \"$a\"; done\n" + rest);
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
    }

    @Test
    void noneIsMoreThanOneWordOfTheCommand() throws Exception {
        stubs();
        int ran = 0;
        int refused = 0;
        for (ToolDefinition tool : tools) {
            for (CatalogueEntry.Parameter parameter : tool.parameters()) {
                for (String hostile : HOSTILE) {
                    Map<String, Object> values = harmless(tool);
                    values.put(parameter.name(), hostile);
                    switch (CheckedParameters.check(tool.catalogueEntry(), values)) {
                        case CheckedParameters.Refused _ -> refused++;
                        case CheckedParameters.Accepted accepted -> {
                            ran++;
                            switch (CommandRendering.render(tool, accepted.values())) {
                                case RenderedCommand.Argv argv ->
                                    assertThat(argv.argv())
                                            .as(tool.name())
                                            .hasSameSizeAs(argvOf(tool))
                                            .contains(hostile);
                                case RenderedCommand.Shell line ->
                                    assertThat(run(line.line())).as(line.line()).contains("[" + hostile + "]");
                                case RenderedCommand.ShellInput script -> {
                                    String arguments = script.line().replaceFirst("^sh -s -- ", "");
                                    assertThat(run("printf '[%s]\\n' " + arguments))
                                            .contains("[" + hostile + "]");
                                }
                                case RenderedCommand.PowerShell script ->
                                    assertThat(script.script())
                                            .contains("'" + hostile.replaceAll("['\u2018-\u201B]", "$0$0") + "'");
                                case RenderedCommand.Cmd line ->
                                    assertThat(line.line()).contains(hostile);
                                case RenderedCommand.Request request ->
                                    assertThat(URI.create("http://target" + request.path())
                                                    .getHost())
                                            .isEqualTo("target");
                                case RenderedCommand.Statement statement ->
                                    assertThat(statement.values())
                                            .extracting(RenderedCommand.Bind::value)
                                            .contains(hostile);
                            }
                        }
                    }
                }
            }
        }
        assertThat(folder.resolve("pwned")).doesNotExist();
        assertThat(ran).isGreaterThan(50);
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void anyTextStaysOneWordInDashAndBash() throws Exception {
        ToolDefinition tool = ToolText.tool(ToolText.with(
                "ssh",
                "printf '[%s]\\n' {a} x{a} --o={a} $(printf %s {a}) \"$HOME\" {a}",
                "{name: a, required: true}"));
        for (String hostile : HOSTILE) {
            for (String text : List.of(hostile, "a" + hostile)) {
                if (!(ParameterCheck.check(tool.parameters().getFirst(), text) instanceof ParameterCheck.Valid)) {
                    continue;
                }
                RenderedCommand line = CommandRendering.render(tool, Map.of("a", text));
                for (String shell : List.of("/bin/sh", "/bin/bash")) {
                    List<String> words = runWith(shell, ((RenderedCommand.Shell) line).line());
                    assertThat(words)
                            .as(shell + ": " + text)
                            .startsWith("[" + text + "]", "[x" + text + "]", "[--o=" + text + "]");
                    assertThat(words.getLast()).as(shell + ": " + text).isEqualTo("[" + text + "]");
                }
            }
        }
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    private static List<String> argvOf(ToolDefinition tool) {
        var checked = CheckedParameters.check(tool.catalogueEntry(), harmless(tool));
        return ((RenderedCommand.Argv) CommandRendering.render(tool, ((CheckedParameters.Accepted) checked).values()))
                .argv();
    }

    private static Map<String, Object> harmless(ToolDefinition tool) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (CatalogueEntry.Parameter parameter : tool.parameters()) {
            if (parameter.required()) {
                values.put(
                        parameter.name(),
                        switch (parameter.type()) {
                            case HOST -> "web-01";
                            case URL -> "http://web-01/";
                            case PATH -> "/var/log";
                            case PORT -> 80;
                            default -> "nginx";
                        });
            }
        }
        return values;
    }

    private List<String> run(String line) throws Exception {
        return runWith("/bin/sh", line);
    }

    private List<String> runWith(String shell, String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("PATH", folder.toString());
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(line).isTrue();
        return new ArrayList<>(Files.readAllLines(folder.resolve("out.txt"), StandardCharsets.UTF_8));
    }
}
