package io.opsconductor.brain.separation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the dependency guards of the thinking modules, as their poms have them, on a made-up project in which an allowed
 * dependency brings an SSH library along. The libraries are made up too, so that nothing is downloaded.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DependencyGuardTest {
    private static final Path ROOT = root();

    @TempDir
    Path dir;

    @Test
    void anSshLibraryBehindAnAllowedDependencyFailsTheBrainsBuild() throws Exception {
        String output = build("brain", "com.hierynomus", "sshj");
        assertThat(output)
                .contains("BUILD FAILURE")
                .contains("The brain must not be able to execute anything")
                .contains("com.hierynomus:sshj:jar:1");
    }

    @Test
    void aDatabaseDriverOrAWebClientFailsTheChatbotsBuild() throws Exception {
        assertThat(build("chat-adapters", "org.postgresql", "postgresql"))
                .contains("The chatbot must not be able to execute anything")
                .contains("org.postgresql:postgresql:jar:1");
        assertThat(build("brain", "org.mariadb.jdbc", "mariadb-java-client"))
                .contains("org.mariadb.jdbc:mariadb-java-client:jar:1");
        assertThat(build("brain", "io.helidon.webclient", "helidon-webclient-http1"))
                .contains("io.helidon.webclient:helidon-webclient-http1:jar:1");
    }

    @Test
    void theRunnerItselfFailsTheChatbotsBuild() throws Exception {
        String output = build("chat-adapters", "io.opsconductor", "runner");
        assertThat(output)
                .contains("BUILD FAILURE")
                .contains("The chatbot must not be able to execute anything")
                .contains("io.opsconductor:runner:jar:1");
    }

    @Test
    void anAllowedLibraryPasses() throws Exception {
        assertThat(build("brain", "org.slf4j", "slf4j-api")).contains("BUILD SUCCESS");
    }

    private String build(String guarded, String group, String artifact) throws Exception {
        String rootPom = Files.readString(ROOT.resolve("pom.xml"));
        String version = find(rootPom, "<artifactId>maven-enforcer-plugin</artifactId>\\s*<version>([^<]+)</version>");
        String guard = find(
                Files.readString(ROOT.resolve(guarded + "/pom.xml")),
                "(<plugin>\\s*<artifactId>maven-enforcer-plugin</artifactId>.*?<id>separation</id>.*?</plugin>)");
        write("pom.xml", """
                <project><modelVersion>4.0.0</modelVersion>
                  <groupId>made.up</groupId><artifactId>parent</artifactId><version>1</version>
                  <packaging>pom</packaging>
                  <modules><module>library</module><module>between</module><module>thinking</module></modules>
                  <build><pluginManagement><plugins><plugin>
                    <artifactId>maven-enforcer-plugin</artifactId><version>%s</version>
                  </plugin></plugins></pluginManagement></build>
                </project>
                """.formatted(version));
        write("library/pom.xml", module(group, artifact, "", ""));
        write("between/pom.xml", module("io.opsconductor", "tool-library", dependency(group, artifact), ""));
        write(
                "thinking/pom.xml",
                module(
                        "made.up",
                        "thinking",
                        dependency("io.opsconductor", "tool-library"),
                        "<build><plugins>" + guard + "</plugins></build>"));
        return run();
    }

    private static String module(String group, String artifact, String dependencies, String build) {
        return """
                <project><modelVersion>4.0.0</modelVersion>
                  <parent><groupId>made.up</groupId><artifactId>parent</artifactId><version>1</version></parent>
                  <groupId>%s</groupId><artifactId>%s</artifactId>
                  <dependencies>%s</dependencies>
                  %s
                </project>
                """.formatted(group, artifact, dependencies, build);
    }

    private static String dependency(String group, String artifact) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>1</version></dependency>"
                .formatted(group, artifact);
    }

    private String run() throws IOException, InterruptedException {
        Path log = dir.resolve("build.log");
        Process maven = new ProcessBuilder(
                        ROOT.resolve("mvnw").toString(), "-B", "-o", "-f", dir.toString(), "validate")
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(maven.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(log);
    }

    private void write(String file, String text) throws IOException {
        Path path = dir.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static Path root() {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here.resolve("mvnw"))) {
                return here;
            }
        }
        throw new IllegalStateException("run this inside a checkout of the project");
    }
}
