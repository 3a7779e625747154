package io.opsconductor.acceptance.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of an earlier start the launcher gives to the JVM, and what becomes of one that does not fit. */
class QuickStartTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String JAVA_HOME = System.getProperty("java.home");

    /** A checkout that was built a minute ago and whose quick start was made just now. */
    @TempDir
    private Path root;

    @BeforeEach
    void build() throws Exception {
        Files.writeString(root.resolve("pom.xml"), "<version>1</version>\n");
        for (String module : List.of("runner", "chat-adapters", "acceptance")) {
            Path lib = Files.createDirectories(root.resolve(module).resolve("target/lib"));
            Path jar = Files.writeString(root.resolve(module).resolve("target/" + module + "-1.jar"), "");
            for (Path made : List.of(lib, jar)) {
                Files.setLastModifiedTime(made, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
        Path quickStart = Files.createDirectories(root.resolve("target/quick-start"));
        Files.writeString(quickStart.resolve("runner.aot"), "no cache at all");
        assertThat(script("this_jdk >\"$QUICK_START_STAMP\"", "").exitCode()).isZero();
    }

    @Test
    void aFileMadeFromTheseJarsIsUsed() {
        assertThat(options("runner", "")).contains("-XX:AOTCache=" + root + "/target/quick-start/runner.aot");
        assertThat(options("chatbot", "")).doesNotContain("AOTCache");
    }

    @Test
    void aFileMadeBeforeTheLastBuildOrByAnotherJdkIsNotUsed() throws Exception {
        Path jar = root.resolve("runner/target/runner-1.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(options("runner", "")).doesNotContain("AOTCache");

        build();
        Files.writeString(root.resolve("target/quick-start/made-for"), "another JDK\n");
        assertThat(options("runner", "")).doesNotContain("AOTCache");
    }

    @Test
    void optionsOfTheUserThatExcludeItWin() {
        assertThat(options("runner", "-Xshare:off")).doesNotContain("AOTCache");
        assertThat(options("runner", "-Xmx1g -XX:SharedArchiveFile=mine.jsa")).doesNotContain("AOTCache");
        assertThat(options("runner", "-Xmx1g")).contains("AOTCache");
    }

    @Test
    void aBrokenFileNeitherStopsAStartNorIsHeardOf() {
        Command java = script(
                "quick_start_options runner; \"$JAVA_HOME/bin/java\" \"${QUICK_START_OPTIONS[@]}\" --version", "");

        assertThat(java.exitCode()).isZero();
        assertThat(java.output()).startsWith("openjdk " + Runtime.version().feature());
    }

    private String options(String part, String javaOptions) {
        return script("quick_start_options " + part + "; echo \"${QUICK_START_OPTIONS[*]}\"", javaOptions)
                .output();
    }

    private Command script(String line, String javaOptions) {
        String launcher = CHECKOUT.resolve("service-kit/launcher").toString();
        return Command.run(
                root,
                Map.of("ROOT", root.toString(), "JAVA_HOME", JAVA_HOME, "OPSCONDUCTOR_JAVA_OPTS", javaOptions),
                Duration.ofSeconds(60),
                List.of(
                        "bash",
                        "-c",
                        "set -u; . '%s/build.sh'; . '%s/quick-start.sh'; %s".formatted(launcher, launcher, line)));
    }
}
