package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.plan.ExecuteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal lies on a disk of 128 KiB of its own, which becomes full, or which nobody may write. */
class FullDiskTest {
    @TempDir
    private Path directory;

    private TestHome home;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        home = TestHome.make(directory.resolve("home"));
        disk = Files.createDirectories(home.path().resolve("runner/journal"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()) == 0,
                "only root may mount a disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void onAFullDiskNothingStartsAndWithRoomItGoesOnByItself() throws Exception {
        Path file = directory.resolve("ran");
        try (Runner runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            ExecuteRequest request =
                    chatbot.approved(plan(step("note", Map.of("file", file.toString()))), "web:alice", "web:bob");
            Path filling = disk.resolve("filling");
            assertThatThrownBy(() -> Files.write(filling, new byte[256 * 1024])).isInstanceOf(IOException.class);
            // The last page of the journal has room for some lines.
            int status = 200;
            for (int i = 0; i < 100 && status == 200; i++) {
                status = chatbot.previewCall(plan(step("say", Map.of("text", "hello"))), "web:alice")
                        .status();
            }
            assertThat(status).isEqualTo(503);

            TestCaller.Answer answer = chatbot.execute(request);
            assertThat(answer.code()).isEqualTo("journal_unavailable");
            assertThat(answer.message()).contains("cannot be written: No space left on device");
            assertThat(file).doesNotExist();
            assertThat(new PlainPage(runner.healthPort()).get("/health").body())
                    .contains("No space left on device", "it goes on by itself as soon as it can");

            Files.delete(filling);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (new PlainPage(runner.healthPort()).get("/health").statusCode() != 200 && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            assertThat(chatbot.execute(request).status()).isEqualTo(200);
            assertThat(file).exists();
            TestJournal journal = new TestJournal(home.path());
            assertThat(journal.ofType("journal_recovered")).hasSize(1);
            assertThat(JournalVerification.of(journal.file(), entry -> {}).problems())
                    .isEmpty();
        }
    }

    @Test
    void onADiskThatNobodyMayWriteItDoesNotStartAndSaysWhy() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
        assertThatThrownBy(() -> Main.start(home.settings(), home.environment(), Clock.systemUTC()))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("the journal " + disk.resolve("journal.jsonl") + " cannot be opened: ")
                .hasMessageContaining("Read-only file system");
    }
}
