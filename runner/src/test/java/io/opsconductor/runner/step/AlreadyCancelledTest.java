package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was cancelled before its turn came is not started, by whatever method it would have run. */
@Timeout(60)
class AlreadyCancelledTest {
    private static final Credential LOGIN =
            new Credential.Password("pw", "ops", new SecretSource.InEnvironment("PASSWORD"));

    @TempDir
    Path folder;

    private final Masker masker = new Masker();
    private final CredentialSource secrets =
            new CredentialSource(masker, Map.of("PASSWORD", "correct-horse"), Path.of("age.txt"));
    private final Cancellation cancellation = new Cancellation();
    private final ServerSocket listening = listening();

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void cancel() {
        cancellation.cancel("bob cancelled it.");
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    @Test
    void noProgramIsStarted() throws Exception {
        Path trace = folder.resolve("trace");
        try (LocalCommandExecutor executor = new LocalCommandExecutor(masker, folder, Map.of())) {
            isNotStarted(executor, new RenderedCommand.Argv(List.of("touch", trace.toString())), new Place.OnRunner());
        }
        assertThat(trace).doesNotExist();
    }

    @Test
    void noRequestIsSent() throws Exception {
        WebAddress address =
                new WebAddress(false, listening.getLocalPort(), "", null, Set.of(Network.LOOPBACK), false, null);
        try (HttpExecutor executor = new HttpExecutor(secrets, masker)) {
            isNotStarted(
                    executor,
                    new RenderedCommand.Request("POST", "/x", List.of(), "", List.of(), "", 0),
                    at("", address, null));
        }
        nobodyConnected();
    }

    @Test
    void noDatabaseIsLoggedInTo() throws Exception {
        DatabaseAddress address = new DatabaseAddress(
                DatabaseAddress.Kind.POSTGRESQL, listening.getLocalPort(), "shop", null, false, null, "", LOGIN);
        try (DatabaseExecutor executor = new DatabaseExecutor(secrets, masker)) {
            isNotStarted(
                    executor, new RenderedCommand.Statement("select 1", List.of(), false, 1), at("", null, address));
        }
        nobodyConnected();
    }

    @Test
    void noDeviceIsLoggedInTo() throws Exception {
        try (SshExecutor executor = new SshExecutor(secrets, masker)) {
            isNotStarted(executor, new RenderedCommand.Shell("show version"), at(Target.NETWORK, null, null));
        }
        nobodyConnected();
    }

    private void isNotStarted(StepExecutor executor, RenderedCommand command, Place place) {
        TargetOutcome outcome = executor.run(
                new StepCommand("execution-1", command, place, Duration.ofSeconds(5), 1000),
                (channel, text) -> {},
                cancellation);

        assertThat(outcome).isInstanceOf(TargetOutcome.Cancelled.class);
        assertThat(outcome.reason()).isEqualTo("Cancelled before it was started. bob cancelled it.");
    }

    /** A connection would wait to be accepted. */
    private void nobodyConnected() throws IOException {
        listening.setSoTimeout(1);
        assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private Place at(String platform, @Nullable WebAddress web, @Nullable DatabaseAddress database) {
        return new Place.OnTarget(new Target(
                "shop",
                List.of(),
                "127.0.0.1",
                listening.getLocalPort(),
                platform,
                "",
                List.of(),
                Map.of(),
                LOGIN,
                List.of(),
                null,
                web,
                database));
    }
}
