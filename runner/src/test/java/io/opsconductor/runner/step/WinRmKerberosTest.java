package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.winrm.KerberosServer;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.runner.winrm.WinRmCounterpart;
import io.opsconductor.runner.winrm.WinRmCounterpart.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a key distribution centre of Apache Kerby, and the JDK's Kerberos on both sides. */
@Timeout(60)
class WinRmKerberosTest {
    private static final String PASSWORD = "correct-horse";
    private static final String SERVICE = "HTTP/localhost@LAB.EXAMPLE";
    private static final String KRB5_CONF = "java.security.krb5.conf";

    @TempDir
    static Path folder;

    private static SimpleKdcServer kdc;
    private static KerberosServer server;

    private final Masker masker = new Masker();
    private final TestAuthority authority = new TestAuthority();
    private final WinRmExecutor executor = new WinRmExecutor(
            new CredentialSource(
                    masker, Map.of("PASSWORD", PASSWORD, "WRONG", "not-the-password"), Path.of("no-age-keys")),
            masker);

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.find();
        kdc = new SimpleKdcServer();
        kdc.setWorkDir(folder.toFile());
        kdc.setKdcHost("localhost");
        kdc.setKdcRealm("LAB.EXAMPLE");
        kdc.setAllowUdp(false);
        kdc.setKdcTcpPort(port);
        kdc.init();
        kdc.start();
        kdc.createPrincipal("ops@LAB.EXAMPLE", PASSWORD);
        kdc.createPrincipal(SERVICE, "service-secret");
        Path keyTable = folder.resolve("service.keytab");
        kdc.exportPrincipal(SERVICE, keyTable.toFile());
        System.setProperty(KRB5_CONF, folder.resolve("krb5.conf").toString());
        server = new KerberosServer(SERVICE, keyTable);
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(KRB5_CONF);
        kdc.stop();
    }

    @Test
    void everyMessageIsSealedOverPlainHttp() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(Map.of()).withKerberos(server))) {
            assertThat(run("echo 'Grüße €'; exit 3", windows, false, "ops@LAB.EXAMPLE", "PASSWORD"))
                    .isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                        assertThat(exited.stdout().text()).isEqualTo("Grüße €\n");
                        assertThat(exited.exitCode()).isEqualTo(3);
                    });
            assertThat(windows.refusals()).isEmpty();
            assertThat(windows.logins()).isOne();
        }
    }

    @Test
    void overHttpsTheLoginAloneIsKerberoses() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.tls(authority.server("localhost", Duration.ofHours(1), false), Map.of())
                        .withKerberos(server))) {
            assertThat(run("echo hello", windows, true, "LAB.EXAMPLE\\ops", "PASSWORD"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> assertThat(exited.stdout().text()).isEqualTo("hello\n"));
        }
    }

    @Test
    void aWrongPasswordEndsAtTheKeyCentreAndNeverReachesTheTarget() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(Map.of()).withKerberos(server))) {
            assertThat(run("echo hello", windows, false, "ops@LAB.EXAMPLE", "WRONG"))
                    .isInstanceOfSatisfying(TargetOutcome.NotStarted.class, refused -> {
                        assertThat(refused.code()).isEqualTo("login_refused");
                        assertThat(refused.reason()).contains("ops@LAB.EXAMPLE").contains("Nothing was run.");
                    });
            assertThat(windows.logins()).isZero();
        }
    }

    @Test
    void anAccountOfNoRealmSaysWhatIsMissing() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(Map.of()).withKerberos(server))) {
            assertThat(run("echo hello", windows, false, "nobody@LAB.EXAMPLE", "PASSWORD")
                            .reason())
                    .startsWith("The runner got no Kerberos ticket of account nobody@LAB.EXAMPLE for win-01: ")
                    .endsWith(
                            "Nothing was run. Check the runner's krb5.conf, its clock, the account's realm, and that the"
                                    + " target's address is the name that its realm knows.");
        }
    }

    private TargetOutcome run(String script, WinRmCounterpart windows, boolean tls, String account, String variable) {
        WinRmAddress address = new WinRmAddress(
                tls,
                windows.port(),
                Scheme.KERBEROS,
                tls ? authority.pem() : null,
                "",
                new Credential.Password("win-login", account, new SecretSource.InEnvironment(variable)));
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
                address,
                null,
                null);
        return executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.PowerShell(script),
                        new Place.OnTarget(target),
                        Duration.ofSeconds(30),
                        64 * 1024),
                (channel, text) -> {},
                new Cancellation());
    }
}
