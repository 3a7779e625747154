package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.node.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Slack's official JavaScript packages call the counterpart, and are called by it. Where they differ, it is wrong. */
final class SlacksOwnClientsTest {
    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path WORK = Path.of("target/js");
    private static final long TEST_MINUTES = 5;

    @Test
    void theOfficialClientsFindSlackHere() throws Exception {
        prepare();
        try (SlackCounterpart slack = SlackCounterpart.start()) {
            ProcessBuilder node = new ProcessBuilder(
                            "node", "--test", "--test-reporter=tap", "web-api.test.mjs", "bolt.test.mjs")
                    .directory(WORK.toFile());
            node.environment().put("SLACK_COUNTERPART", slack.url().toString());
            Run run = run(node, WORK.resolve("node.log"), TEST_MINUTES);
            assertThat(run.status())
                    .as("node --test in " + SOURCES + " said:\n" + run.output())
                    .isZero();
            assertThat(run.output()).contains("# fail 0").doesNotContain("# pass 0\n");
        }
    }

    private static void prepare() throws Exception {
        Files.createDirectories(WORK);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(source, WORK.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        NodePackages.install(WORK);
    }

    private record Run(int status, String output) {}

    private static Run run(ProcessBuilder command, Path log, long minutes) throws IOException, InterruptedException {
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            String output = Files.readString(log, UTF_8);
            assertThat(ended)
                    .as(command.command() + " ran longer than " + minutes + " minutes:\n" + output)
                    .isTrue();
            return new Run(process.exitValue(), output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
