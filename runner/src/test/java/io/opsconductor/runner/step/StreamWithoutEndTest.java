package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.mask.Masker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** By itself, because it looks at the memory of the whole process. */
@Isolated
class StreamWithoutEndTest {
    @TempDir
    private Path folder;

    @Test
    void aStreamWithoutEndIsCutAndTakesNoMemory() throws Exception {
        Masker masker = new Masker();
        AtomicLong passedOn = new AtomicLong();
        try (RealSshd sshd = RealSshd.start(folder);
                SshExecutor executor = new SshExecutor(
                        new CredentialSource(masker, Map.of(), Path.of("age.txt")),
                        masker,
                        InstantSource.system(),
                        Duration.ofSeconds(10))) {
            StepCommand endless = new StepCommand(
                    "execution-1",
                    new RenderedCommand.Shell("yes 0123456789012345678901234567890123456789"),
                    new Place.OnTarget(sshd.target()),
                    Duration.ofSeconds(6),
                    StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES);
            long before = used();

            TargetOutcome outcome =
                    executor.run(endless, (channel, text) -> passedOn.addAndGet(text.length()), new Cancellation());

            long after = used();
            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.TimedOut.class, timedOut -> {
                assertThat(timedOut.stdout().totalBytes()).isGreaterThan(50L * 1024 * 1024);
                assertThat(timedOut.stdout().text().length()).isBetween(1_048_576, 1_048_700);
                assertThat(timedOut.stdout().text()).contains("[output cut here: 1048576 of ");
                assertThat(passedOn.get()).isEqualTo(timedOut.stdout().text().length());
            });
            assertThat(after - before).isLessThan(24L * 1024 * 1024);
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
