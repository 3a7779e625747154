package io.opsconductor.runner.winrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opsconductor.runner.winrm.WinRmCounterpart.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debian's python3-winrm, which was written against Windows, finds at the counterpart what it expects there. */
@Timeout(120)
class PythonWinRmTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String PASSWORD = "correct-horse";

    /** It needs MD4, which OpenSSL 3 keeps apart. */
    private static final String LEGACY = """
            openssl_conf = start
            [start]
            providers = all
            [all]
            default = on
            legacy = on
            [on]
            activate = 1
            """;

    private static final String SESSION = """
            import sys, winrm
            port, transport, password = sys.argv[1:4]
            protocol = winrm.protocol.Protocol(
                'http://localhost:%s/wsman' % port, transport=transport, username='LAB\\\\ops', password=password,
                message_encryption='always' if transport == 'ntlm' else 'auto',
                read_timeout_sec=30, operation_timeout_sec=10)
            shell = protocol.open_shell(codepage=65001)
            def run(line, arguments=()):
                command = protocol.run_command(shell, line, arguments)
                out, err, code = protocol.get_command_output(shell, command)
                protocol.cleanup_command(shell, command)
                print(repr((out.decode(), err.decode(), code)))
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void python() throws Exception {
        boolean there = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import winrm, requests_ntlm")
                                .start()
                                .waitFor()
                        == 0;
        assumeTrue(there, "Debian's package python3-winrm is not installed");
    }

    @Test
    void commandsGiveOutputErrorsAndExitCodeOverSealedMessages() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(Map.of("ops", PASSWORD)).withPieces(3))) {
            assertThat(python(windows, "ntlm", PASSWORD, SESSION + """
                            run('echo', ['Grüße €'])
                            run('echo', ['gone', '>&2;', 'exit', '7'])
                            run('sleep 0.7; echo late')
                            protocol.close_shell(shell)
                            """)).isEqualTo("""
                            ('Grüße €\\n', '', 0)
                            ('', 'gone\\n', 7)
                            ('late\\n', '', 0)
                            """);
            assertThat(windows.refusals()).isEmpty();
            assertThat(windows.shells().open()).isZero();
        }
    }

    @Test
    void errorsOfPowerShellAreCliXml() throws Exception {
        try (WinRmCounterpart windows = new WinRmCounterpart(Settings.plain(Map.of("ops", PASSWORD)))) {
            assertThat(python(windows, "ntlm", PASSWORD, """
                            import sys, winrm
                            session = winrm.Session(
                                'http://localhost:' + sys.argv[1], auth=('LAB\\\\ops', sys.argv[3]), transport='ntlm')
                            import base64, xml.etree.ElementTree as tree
                            script = "echo ok; echo 'no such <thing>' >&2; exit 2"
                            encoded = base64.b64encode(script.encode('utf_16_le')).decode()
                            answer = session.run_cmd('powershell -encodedcommand ' + encoded)
                            mark, objects = answer.std_err.decode().split('\\r\\n', 1)
                            errors = [s.text for s in tree.fromstring(objects) if s.get('S') == 'Error']
                            print(answer.std_out, answer.status_code, mark, errors)
                            """))
                    .isEqualTo("b'ok\\n' 2 #< CLIXML ['no such <thing>_x000D__x000A_']\n");
        }
    }

    @Test
    void aWrongPasswordAndAFullQuotaAreWhatItCallsThem() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(Map.of("ops", PASSWORD)).withMaxShells(1))) {
            assertThat(python(windows, "ntlm", "wrong", """
                            import sys, winrm
                            from winrm.exceptions import InvalidCredentialsError
                            try:
                                winrm.Session('http://localhost:' + sys.argv[1], auth=('LAB\\\\ops', sys.argv[3]),
                                    transport='ntlm').run_cmd('echo')
                            except InvalidCredentialsError as e:
                                print(e)
                            """))
                    .isEqualTo("the specified credentials were rejected by the server\n");
            assertThat(windows.refusals()).contains("a wrong password");

            assertThat(python(windows, "ntlm", PASSWORD, SESSION + """
                            from winrm.exceptions import WinRMError
                            try:
                                protocol.open_shell()
                            except WinRMError as e:
                                print('maximum number of 1 concurrent shells' in str(e))
                            """)).isEqualTo("True\n");
        }
    }

    private String python(WinRmCounterpart windows, String transport, String password, String program)
            throws IOException, InterruptedException {
        Path openssl = Files.writeString(folder.resolve("openssl.cnf"), LEGACY);
        Path script = Files.writeString(folder.resolve("session.py"), program);
        List<String> command = new ArrayList<>(List.of(
                PYTHON, "-W", "ignore", script.toString(), String.valueOf(windows.port()), transport, password));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OPENSSL_CONF", openssl.toString());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().keySet().removeAll(Set.of("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"));
        builder.environment().put("NO_PROXY", "localhost");
        Path errors = folder.resolve("errors");
        builder.redirectError(errors.toFile());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(errors)).isEmpty();
        return out;
    }
}
