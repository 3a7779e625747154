package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.winrm.Scheme;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name service that gives no answer holds up nobody but who asks it, and them no longer than they want. */
@Timeout(60)
class NameLookupTest {
    private static final Credential.Password LOGIN =
            new Credential.Password("pw", "ops", new SecretSource.InEnvironment("PASSWORD"));
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Masker masker = new Masker();
    private final CredentialSource secrets =
            new CredentialSource(masker, Map.of("PASSWORD", "correct-horse"), Path.of("age.txt"));

    enum Method {
        SSH,
        WINRM,
        HTTP,
        DATABASE
    }

    @AfterAll
    static void answer() {
        SlowNames.answer();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void whoeverCancelsWhileANameIsLookedUpDoesNotWaitForTheAnswer(Method method) throws Exception {
        Cancellation cancellation = new Cancellation();
        TargetOutcome[] outcome = new TargetOutcome[1];
        int before = SlowNames.asked();
        try (StepExecutor executor = executor(method)) {
            Thread running = Thread.ofVirtual()
                    .start(() -> outcome[0] =
                            executor.run(command(method, method + ".hangs.test"), (c, text) -> {}, cancellation));
            awaitAsked(before + 1);

            cancellation.cancel("bob cancelled it.");

            assertThat(running.join(Duration.ofSeconds(15))).isTrue();
            assertThat(outcome[0].status()).as(outcome[0].toString()).isEqualTo(TargetStatus.CANCELLED);
            assertThat(SlowNames.askedByVirtualThreads())
                    .as("look-ups that held the carrier of a virtual thread")
                    .isZero();
        }
    }

    @Test
    void aLiteralAddressAsksNobodyAndANameThatIsNotKnownIsSaid() throws Exception {
        int before = SlowNames.asked();
        assertThat(NameLookup.of("127.0.0.1").addresses())
                .extracting(Object::toString)
                .containsExactly("/127.0.0.1");
        assertThat(NameLookup.of("::1").addresses()).hasSize(1);
        assertThat(SlowNames.asked()).isEqualTo(before);
        assertThatThrownBy(() -> NameLookup.of("gone.invalid").addresses())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith("gone.invalid is not known");
    }

    private static void awaitAsked(int number) throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (SlowNames.asked() < number) {
            assertThat(System.nanoTime()).as("asked for " + number + " names").isLessThan(limit);
            Thread.sleep(5);
        }
    }

    private StepExecutor executor(Method method) {
        return switch (method) {
            case SSH -> new SshExecutor(secrets, masker);
            case WINRM -> new WinRmExecutor(secrets, masker);
            case HTTP -> new HttpExecutor(secrets, masker);
            case DATABASE -> new DatabaseExecutor(secrets, masker);
        };
    }

    private static StepCommand command(Method method, String host) {
        RenderedCommand command = switch (method) {
            case SSH -> new RenderedCommand.Shell("true");
            case WINRM -> new RenderedCommand.PowerShell("Get-Date");
            case HTTP -> new RenderedCommand.Request("GET", "/", List.of(), "", List.of(), "", 0);
            case DATABASE -> new RenderedCommand.Statement("select 1", List.of(), true, 1);
        };
        WinRmAddress winrm =
                method == Method.WINRM ? new WinRmAddress(false, 5985, Scheme.NTLM, null, "", LOGIN) : null;
        WebAddress web = method == Method.HTTP
                ? new WebAddress(false, 80, "", null, Set.of(Network.LOOPBACK), false, null)
                : null;
        DatabaseAddress database = method == Method.DATABASE
                ? new DatabaseAddress(DatabaseAddress.Kind.POSTGRESQL, 5432, "shop", null, false, null, "", LOGIN)
                : null;
        return new StepCommand(
                "execution-1", command, new Place.OnTarget(target(host, winrm, web, database)), LONG, 1000);
    }

    private static Target target(
            String host, @Nullable WinRmAddress winrm, @Nullable WebAddress web, @Nullable DatabaseAddress database) {
        return new Target(
                "shop", List.of(), host, 22, "linux", "", List.of(), Map.of(), LOGIN, List.of(), winrm, web, database);
    }
}
