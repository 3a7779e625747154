package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.schmizz.sshj.common.Buffer;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords, against a server that keeps its own: the machine's sshd would want an account's real one. */
@Timeout(60)
class SshPasswordTest {
    private final Masker masker = new Masker();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final SshExecutor executor = new SshExecutor(
            new CredentialSource(
                    masker, Map.of("RIGHT", "correct-horse", "WRONG", "battery-staple"), Path.of("age.txt")),
            masker);

    @BeforeEach
    void start() throws Exception {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> password.equals("correct-horse"));
        server.setCommandFactory((channel, line) -> new Echo(line));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        executor.close();
        server.stop(true);
    }

    @Test
    void passwordLogsIn() throws Exception {
        server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));

        assertThat(run("RIGHT"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text())
                                .isEqualTo("echo hello; my password is \u2022\u2022\u2022\u2022"));
    }

    @Test
    void passwordAnswersAServerThatAsksByKeyboardInteractive() throws Exception {
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));

        assertThat(run("RIGHT")).isInstanceOf(TargetOutcome.Exited.class);
    }

    @Test
    void wrongPasswordIsRefusedInWords() throws Exception {
        assertThat(run("WRONG"))
                .isEqualTo(
                        new TargetOutcome.NotStarted(
                                "login_refused",
                                "db-server-01 refused the login of account ops with credential pw. Nothing was run. Check the"
                                        + " password, that the account is not locked, and that the server allows logins by password."));
    }

    private TargetOutcome run(String variable) throws Exception {
        Target target = new Target(
                "db-server-01",
                List.of(),
                "127.0.0.1",
                server.getPort(),
                "linux",
                "",
                List.of(),
                Map.of(),
                new Credential.Password("pw", "ops", new SecretSource.InEnvironment(variable)),
                List.of(hostKey()));
        return executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Shell("echo hello"),
                        new Place.OnTarget(target),
                        Duration.ofSeconds(20),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }

    private HostKey hostKey() throws Exception {
        KeyPairProvider keys = server.getKeyPairProvider();
        byte[] wire = new Buffer.PlainBuffer()
                .putPublicKey(keys.loadKeys(null).iterator().next().getPublic())
                .getCompactData();
        String type = new String(wire, 4, wire[3], StandardCharsets.US_ASCII);
        return new HostKey(type, Base64.getEncoder().encodeToString(wire));
    }

    private static final class Echo extends AbstractCommandSupport {
        Echo(String line) {
            super(line, null);
        }

        @Override
        public void run() {
            try (OutputStream out = getOutputStream()) {
                out.write((getCommand() + "; my password is correct-horse").getBytes(StandardCharsets.UTF_8));
                out.flush();
                onExit(0);
            } catch (java.io.IOException e) {
                onExit(1, e.toString());
            }
        }
    }
}
