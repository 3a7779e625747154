package io.opsconductor.runner.winrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opsconductor.runner.step.TestAuthority;
import io.opsconductor.runner.winrm.WinRmCounterpart.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void aLongScriptGoesByItsInputOverHttpsWithABasicLogin() throws Exception {
        TestAuthority authority = new TestAuthority();
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        PowerShellProgram.Start start = PowerShellProgram.of("echo '" + "x".repeat(20_000) + "' | wc -c");
        Files.writeString(folder.resolve("line"), start.line());
        Files.writeString(folder.resolve("input"), start.input());
        try (WinRmCounterpart windows = new WinRmCounterpart(
                Settings.tls(authority.server("localhost", Duration.ofHours(1), false), Map.of("ops", PASSWORD))
                        .withSchemes(Set.of("Basic")))) {
            assertThat(python(windows, "basic", PASSWORD, """
                            import base64, os, sys, uuid, winrm, xmltodict
                            port, transport, password = sys.argv[1:4]
                            folder = os.path.dirname(__file__)
                            protocol = winrm.protocol.Protocol(
                                'https://localhost:%s/wsman' % port, transport=transport, username='ops',
                                password=password, ca_trust_path=os.path.join(folder, 'ca.pem'),
                                server_cert_validation='validate')
                            shell = protocol.open_shell(codepage=65001)
                            with open(os.path.join(folder, 'line')) as line, open(os.path.join(folder, 'input')) as text:
                                command = protocol.run_command(shell, line.read(), console_mode_stdin=False)
                                given = text.read().encode()
                            kind = 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell'
                            pieces = [given[at:at + 9000] for at in range(0, len(given), 9000)]
                            for piece in pieces:
                                envelope = protocol._get_soap_header(
                                    resource_uri=kind + '/cmd', action=kind + '/Send', shell_id=shell,
                                    message_id=uuid.uuid4())
                                stream = {'@Name': 'stdin', '@CommandId': command, '#text': base64.b64encode(piece).decode()}
                                if piece is pieces[-1]:
                                    stream['@End'] = 'true'
                                envelope['env:Body'] = {'rsp:Send': {'rsp:Stream': stream}}
                                protocol.send_message(xmltodict.unparse({'env:Envelope': envelope}))
                            out, err, code = protocol.get_command_output(shell, command)
                            print(len(pieces) > 2, out, err, code)
                            protocol.close_shell(shell)
                            """)).isEqualTo("True b'20001\\n' b'' 0\n");
            assertThat(windows.shells().open()).isZero();
        }
    }

    @Test
    void aCertificateThatNobodyItTrustsHasSignedIsRefused() throws Exception {
        Files.writeString(folder.resolve("ca.pem"), new TestAuthority().pem());
        try (WinRmCounterpart windows = new WinRmCounterpart(Settings.tls(
                new TestAuthority().server("localhost", Duration.ofHours(1), false), Map.of("ops", PASSWORD)))) {
            assertThat(python(windows, "basic", PASSWORD, """
                            import os, sys, winrm, requests
                            try:
                                winrm.protocol.Protocol(
                                    'https://localhost:%s/wsman' % sys.argv[1], transport='basic', username='ops',
                                    password=sys.argv[3], ca_trust_path=os.path.join(os.path.dirname(__file__), 'ca.pem'),
                                    server_cert_validation='validate').open_shell()
                            except requests.exceptions.SSLError as e:
                                print('certificate verify failed' in str(e))
                            """)).isEqualTo("True\n");
            assertThat(windows.logins()).isZero();
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
