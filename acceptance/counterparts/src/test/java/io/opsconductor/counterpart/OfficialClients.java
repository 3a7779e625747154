package io.opsconductor.counterpart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.node.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a folder of JavaScript tests, with the packages of its lock file, against counterparts of this process. */
public final class OfficialClients {
    private static final long TEST_MINUTES = 5;

    private static final Set<String> KEPT = Set.of("PATH", "HOME", "LANG", "TMPDIR");

    private final Path sources;
    private final Path work;

    /** @param folder below {@code src/test} */
    public OfficialClients(String folder) {
        this.sources = Path.of("src/test").resolve(folder);
        this.work = Path.of("target").resolve(folder);
    }

    /**
     * Runs the test files; all must pass, and there must be some.
     *
     * @param environment where the counterparts are
     */
    public void pass(Map<String, String> environment, String... files) throws Exception {
        prepare();
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        command.addAll(List.of(files));
        ProcessBuilder node = new ProcessBuilder(command).directory(work.toFile());
        // The clients read keys and addresses of the real services from variables.
        node.environment().keySet().retainAll(KEPT);
        node.environment().putAll(environment);
        Run run = run(node, work.resolve("node.log"), TEST_MINUTES);
        assertThat(run.status())
                .as("node --test in " + sources + " said:\n" + run.output())
                .isZero();
        assertThat(run.output()).contains("# fail 0").doesNotContain("# pass 0\n");
    }

    private void prepare() throws Exception {
        Files.createDirectories(work);
        try (Stream<Path> all = Files.list(sources)) {
            for (Path source : all.filter(Files::isRegularFile).toList()) {
                Files.copy(source, work.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        NodePackages.install(work);
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
