package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.yaml.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedToolsTest {
    static final Path FOLDER = Path.of("tools");
    private static final Path MORE = Path.of("more-tools");
    private static final Path FOUNDING = Path.of("src/test/resources/io/opsconductor/tool/founding-ping.yaml");

    private final ToolLibrary library = ToolLibrary.load(List.of(FOLDER, MORE)).library();

    @Test
    void everyShippedToolLoadsWithoutAnythingToSay() {
        assertThat(Lint.run(List.of(FOLDER, MORE)).stream().map(Finding::text)).isEmpty();
        assertThat(library.tools()).hasSizeGreaterThanOrEqualTo(150);
    }

    @Test
    void everyShippedToolHasFourExamplesAnEffectAndAnOutputHint() throws IOException {
        for (ToolDefinition tool : library.tools()) {
            assertThat(tool.examples()).as(tool.name()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(Files.readString(tool.source())).as(tool.name()).contains("\neffect: ");
            assertThat(tool.output()).as(tool.name()).isNotNull();
        }
        assertThat(library.tools().stream()
                        .filter(tool -> tool.effect() == Effect.DESTROY)
                        .map(ToolDefinition::name))
                .contains("mysql_kill_session", "pg_terminate_backend", "windows_stop_process");
    }

    @Test
    void whatAShippedToolSuggestsNextIsAToolOfTheLibrary() {
        List<NextStep> next =
                library.tools().stream().flatMap(tool -> tool.next().stream()).toList();
        assertThat(next).hasSizeGreaterThanOrEqualTo(8);
        assertThat(next).allMatch(step -> library.tool(step.tool()).isPresent());
    }

    @Test
    void toolsForWebServicesAndDatabasesRenderAsWritten() {
        assertThat(CommandRendering.render(tool("http_health"), Map.of()))
                .isEqualTo(new RenderedCommand.Request(
                        "GET",
                        "/health",
                        List.of(new RenderedCommand.Header("Accept", "application/json, text/plain;q=0.9, */*;q=0.1")),
                        "",
                        List.of(),
                        "",
                        2));
        assertThat(CommandRendering.render(tool("pg_terminate_backend"), Map.of("pid", 4711L)))
                .isEqualTo(new RenderedCommand.Statement(
                        "select pg_terminate_backend(cast(? as integer)) as ended",
                        List.of(new RenderedCommand.Bind("pid", RenderedCommand.BindKind.INTEGER, "4711")),
                        false,
                        100));
    }

    @Test
    void theToolsForWindowsHoldTheirValuesAsLiterals() {
        assertThat(CommandRendering.render(tool("windows_restart_service"), Map.of("service", "W3SVC")))
                .isEqualTo(new RenderedCommand.PowerShell("Restart-Service -Name 'W3SVC' -Force\n"
                        + "Get-Service -Name 'W3SVC' | Format-List -Property Name, Status, DisplayName |"
                        + " Out-String -Width 200"));
        assertThat(CommandRendering.render(tool("windows_services"), Map.of()))
                .isInstanceOfSatisfying(
                        RenderedCommand.PowerShell.class,
                        script -> assertThat(script.script()).startsWith("$name = $null\n"));
        assertThat(CommandRendering.render(tool("windows_event_log"), Map.of()))
                .isInstanceOfSatisfying(
                        RenderedCommand.PowerShell.class,
                        script -> assertThat(script.script())
                                .startsWith("Get-WinEvent -FilterHashtable @{ LogName = 'System'; Level = 1, 2, 3 }"
                                        + " -MaxEvents 20 |"));
    }

    @Test
    void theFoundingPingLoadsFromItsExactText() throws IOException {
        var parsed = new ToolFileParser().parse(FOUNDING, Files.readAllBytes(FOUNDING));

        ToolDefinition ping = parsed.tool();
        assertThat(parsed.findings()).noneMatch(Finding::isError);
        assertThat(ping).isNotNull();
        assertThat(ping.name()).isEqualTo("ping");
        assertThat(ping.effect()).isEqualTo(Effect.CHANGE);
        assertThat(ping.execution())
                .isEqualTo(new ToolDefinition.Execution(ExecutionMethod.LOCAL_COMMAND, true, ParameterType.HOST));
        assertThat(ping.parameters()).singleElement().satisfies(target -> {
            assertThat(target.name()).isEqualTo("target");
            assertThat(target.type()).isEqualTo(ParameterType.HOST);
            assertThat(target.required()).isTrue();
        });
        assertThat(ping.catalogueEntry().needsTarget()).isFalse();
        assertThat(CommandRendering.render(ping, Map.of("target", "192.168.1.100")))
                .isEqualTo(new RenderedCommand.Argv(List.of("ping", "-c", "4", "192.168.1.100")));
    }

    @Test
    void theToolsOfTheDocumentationLoadWithoutAnythingToSay() throws IOException {
        Matcher blocks = Pattern.compile("```yaml\\n(name: .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/tools.md"))
                        + Files.readString(Path.of("../docs/windows.md")));
        int count = 0;
        while (blocks.find()) {
            assertThat(ToolText.parse(blocks.group(1)).findings().stream().map(Finding::text))
                    .isEmpty();
            count++;
        }
        assertThat(count).isEqualTo(5);
    }

    @Test
    void theShippedPingBeginsWithTheFoundingText() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("network/ping.yaml"))).startsWith(Files.readString(FOUNDING));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            check_disk_space ~ -                            ~ df -hP
            check_disk_space ~ path=/                       ~ df -hP /
            check_disk_space ~ path=/srv/my files           ~ df -hP '/srv/my files'
            list_directory   ~ path=/it's                   ~ ls -lAh '/it'\\''s'
            tail_log         ~ path=/var/log/syslog         ~ tail -n 50 /var/log/syslog
            tail_log         ~ path=/var/log/syslog,lines=7 ~ tail -n 7 /var/log/syslog
            service_status   ~ service=nginx                ~ if [ -d /run/systemd/system ]; then systemctl status --no-pager --lines=5 nginx; else service nginx status; fi
            restart_service  ~ service=nginx                ~ if [ -d /run/systemd/system ]; then systemctl restart nginx && systemctl is-active nginx; else service nginx restart; fi
            top_processes    ~ sort=mem,count=5             ~ p=$(ps -eo pid,user,pcpu,pmem,etime,comm --sort=-pmem) && printf '%s\\n' "$p" | awk -v n=5 'NR <= n + 1'
            """, quoteCharacter = '`')
    void sshToolsRenderToTheLineThatIsSent(String tool, String given, String line) {
        assertThat(render(tool, given)).isEqualTo(new RenderedCommand.Shell(line));
    }

    @Test
    void localToolsRenderToArguments() {
        assertThat(render("ping", "target=web-server-01"))
                .isEqualTo(new RenderedCommand.Argv(List.of("ping", "-c", "4", "web-server-01")));
        assertThat(render("tcp_port_check", "host=10.0.0.5,port=22"))
                .isEqualTo(new RenderedCommand.Argv(List.of(
                        "timeout",
                        "5",
                        "bash",
                        "-c",
                        "exec 3<>\"/dev/tcp/$0/$1\" && echo \"port $1 of $0 is open\"",
                        "10.0.0.5",
                        "22")));
        assertThat(render("http_check", "url=https://example.com/a?b=c&d=e,max_time=1m"))
                .isEqualTo(new RenderedCommand.Argv(List.of(
                        "curl",
                        "-q",
                        "-g",
                        "-sS",
                        "--fail",
                        "--proto",
                        "=http,https",
                        "--max-time",
                        "60",
                        "-o",
                        "/dev/null",
                        "-w",
                        "HTTP %{http_code}\\ntime %{time_total} s\\nname look-up %{time_namelookup} s\\nconnected %{time_connect} s\\ntls %{time_appconnect} s\\nfirst byte %{time_starttransfer} s\\nremote %{remote_ip}:%{remote_port}\\nredirect %{redirect_url}\\n",
                        "-I",
                        "-X",
                        "GET",
                        "https://example.com/a?b=c&d=e")));
    }

    private ToolDefinition tool(String name) {
        return library.tool(name).orElseThrow();
    }

    private RenderedCommand render(String name, String given) {
        ToolDefinition tool = tool(name);
        return CommandRendering.render(tool, accepted(tool, given));
    }

    private static Map<String, Object> accepted(ToolDefinition tool, String given) {
        Map<String, Object> values = new java.util.LinkedHashMap<>();
        if (!given.equals("-")) {
            for (String pair : given.split(",", -1)) {
                values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        CheckedParameters checked = CheckedParameters.check(tool.catalogueEntry(), values);
        assertThat(checked).isInstanceOf(CheckedParameters.Accepted.class);
        return ((CheckedParameters.Accepted) checked).values();
    }
}
