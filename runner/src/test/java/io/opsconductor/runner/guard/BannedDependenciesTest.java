package io.opsconductor.runner.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's own guard, taken out of this module's pom and put before a module that breaks it, without the network. */
class BannedDependenciesTest {
    private static final Pattern GUARD =
            Pattern.compile("<bannedDependencies>.*?</bannedDependencies>", Pattern.DOTALL);
    private static final Pattern ENFORCER =
            Pattern.compile("<artifactId>maven-enforcer-plugin</artifactId>\\s*<version>([^<]+)</version>");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path project;

    @Test
    void aModelLibraryThroughAnotherLibraryFailsTheBuild() throws Exception {
        Build build = buildWith("dev.langchain4j", "langchain4j-core");
        assertThat(build.output())
                .contains("The runner holds credentials and executes")
                .contains("dev.langchain4j:langchain4j-core");
        assertThat(build.exitCode()).isNotZero();
    }

    @Test
    void aHarmlessLibraryDoesNot() throws Exception {
        Build build = buildWith("com.example", "harmless");
        assertThat(build.exitCode()).as(build.output()).isZero();
    }

    private record Build(int exitCode, String output) {}

    /** A reactor of three poms: the guarded one depends on one in the middle, which depends on the library. */
    private Build buildWith(String group, String artifact) throws IOException, InterruptedException {
        write("pom.xml", pom("com.example", "all", """
                <modules><module>library</module><module>middle</module><module>guarded</module></modules>"""));
        write("library/pom.xml", pom(group, artifact, ""));
        write("middle/pom.xml", pom("com.example", "middle", dependency(group, artifact)));
        write(
                "guarded/pom.xml",
                pom(
                        "com.example",
                        "guarded",
                        dependency("com.example", "middle")
                                + """
                <build><plugins><plugin>
                  <artifactId>maven-enforcer-plugin</artifactId>
                  <version>%s</version>
                  <executions><execution>
                    <goals><goal>enforce</goal></goals>
                    <configuration><rules>%s</rules></configuration>
                  </execution></executions>
                </plugin></plugins></build>
                """.formatted(
                                                found(ENFORCER, ROOT.resolve("pom.xml"), 1),
                                                found(GUARD, ROOT.resolve("runner/pom.xml"), 0))));
        ProcessBuilder maven = new ProcessBuilder(
                        ROOT.resolve("mvnw").toString(),
                        "-B",
                        "-o",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "validate")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = maven.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Build(process.exitValue(), output);
    }

    private static String pom(String group, String artifact, String rest) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId><artifactId>%s</artifactId><version>1</version><packaging>pom</packaging>
                  %s
                </project>
                """.formatted(group, artifact, rest);
    }

    private static String dependency(String group, String artifact) {
        return """
                <dependencies><dependency>
                  <groupId>%s</groupId><artifactId>%s</artifactId><version>1</version><type>pom</type>
                </dependency></dependencies>
                """.formatted(group, artifact);
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String found(Pattern pattern, Path file, int group) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(group);
    }
}
