package io.opsconductor.brain.separation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the dependency guards of the thinking modules, as their poms have them, on a made-up project in which an allowed
 * dependency brings along what must not come, or may. The libraries are made up too, so that nothing is downloaded.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DependencyGuardTest {
    private static final Path ROOT = root();

    @TempDir
    static Path dir;

    private static String output = "";

    /** A library that must not come along, or may, behind an allowed dependency of a guarded module. */
    private record Case(String guarded, String group, String artifact) {
        String module() {
            return guarded + "-with-" + artifact;
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("brain", "com.hierynomus", "sshj"),
            new Case("chat-adapters", "com.mysql", "mysql-connector-j"),
            new Case("brain", "org.mariadb.jdbc", "mariadb-java-client"),
            new Case("brain", "io.helidon.webclient", "helidon-webclient-http1"),
            new Case("chat-adapters", "io.opsconductor", "runner"),
            new Case("chat-adapters", "com.microsoft.bot", "bot-builder"),
            new Case("chat-adapters", "com.microsoft.azure", "msal4j"),
            new Case("chat-adapters", "com.squareup.retrofit2", "retrofit"),
            new Case("brain", "org.slf4j", "slf4j-api"));

    @BeforeAll
    static void build() throws Exception {
        String rootPom = Files.readString(ROOT.resolve("pom.xml"));
        String version = find(rootPom, "<artifactId>maven-enforcer-plugin</artifactId>\\s*<version>([^<]+)</version>");
        StringBuilder modules = new StringBuilder();
        for (int i = 0; i < CASES.size(); i++) {
            Case made = CASES.get(i);
            String guard = find(
                    Files.readString(ROOT.resolve(made.guarded() + "/pom.xml")),
                    "(<plugin>\\s*<artifactId>maven-enforcer-plugin</artifactId>.*?<id>separation</id>.*?</plugin>)");
            String between = "1." + i;
            write(made.artifact() + "/pom.xml", module(made.group(), made.artifact(), "1", "", ""));
            write(
                    "between-" + i + "/pom.xml",
                    module(
                            "io.opsconductor",
                            "tool-library",
                            between,
                            dependency(made.group(), made.artifact(), "1"),
                            ""));
            write(
                    made.module() + "/pom.xml",
                    module(
                            "made.up",
                            made.module(),
                            "1",
                            dependency("io.opsconductor", "tool-library", between),
                            "<build><plugins>" + guard + "</plugins></build>"));
            for (String module : List.of(made.artifact(), "between-" + i, made.module())) {
                modules.append("<module>").append(module).append("</module>");
            }
        }
        write("pom.xml", """
                <project><modelVersion>4.0.0</modelVersion>
                  <groupId>made.up</groupId><artifactId>parent</artifactId><version>1</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                  <build><pluginManagement><plugins><plugin>
                    <artifactId>maven-enforcer-plugin</artifactId><version>%s</version>
                  </plugin></plugins></pluginManagement></build>
                </project>
                """.formatted(modules, version));
        output = run();
    }

    @Test
    void anSshLibraryBehindAnAllowedDependencyFailsTheBrainsBuild() {
        assertThat(whatWasSaidOf("sshj"))
                .contains("The brain must not be able to execute anything")
                .contains("com.hierynomus:sshj:jar:1");
        assertThat(ending("sshj")).isEqualTo("FAILURE");
    }

    /** What nobody maintains any more cannot come in by another door. */
    @Test
    void microsoftsOldBotLibraryAndWhatItBringsAlongFailTheBuild() {
        for (String library : List.of("bot-builder", "msal4j", "retrofit")) {
            assertThat(whatWasSaidOf(library)).contains(":" + library + ":jar:1");
            assertThat(ending(library)).isEqualTo("FAILURE");
        }
    }

    @Test
    void aDatabaseDriverOrAWebClientFailsTheBuild() {
        assertThat(whatWasSaidOf("mysql-connector-j"))
                .contains("The chatbot must not be able to execute anything")
                .contains("com.mysql:mysql-connector-j:jar:1");
        assertThat(ending("mysql-connector-j")).isEqualTo("FAILURE");
        assertThat(whatWasSaidOf("mariadb-java-client")).contains("org.mariadb.jdbc:mariadb-java-client:jar:1");
        assertThat(ending("mariadb-java-client")).isEqualTo("FAILURE");
        assertThat(whatWasSaidOf("helidon-webclient-http1"))
                .contains("io.helidon.webclient:helidon-webclient-http1:jar:1");
        assertThat(ending("helidon-webclient-http1")).isEqualTo("FAILURE");
    }

    @Test
    void theRunnerItselfFailsTheChatbotsBuild() {
        assertThat(whatWasSaidOf("runner"))
                .contains("The chatbot must not be able to execute anything")
                .contains("io.opsconductor:runner:jar:1");
        assertThat(ending("runner")).isEqualTo("FAILURE");
    }

    @Test
    void anAllowedLibraryPasses() {
        assertThat(ending("slf4j-api")).isEqualTo("SUCCESS");
    }

    private static Case with(String artifact) {
        return CASES.stream()
                .filter(made -> made.artifact().equals(artifact))
                .findFirst()
                .orElseThrow();
    }

    /** How the module that a library came into ended, by the build's summary. */
    private static String ending(String artifact) {
        return find(output, Pattern.quote(with(artifact).module()) + "[ 1]* \\.+ (\\w+)");
    }

    /** Why the build of the module that a library came into failed. */
    private static String whatWasSaidOf(String artifact) {
        return find(output, "on project " + Pattern.quote(with(artifact).module()) + ":(.*?)-> \\[Help");
    }

    private static String module(String group, String artifact, String version, String dependencies, String build) {
        return """
                <project><modelVersion>4.0.0</modelVersion>
                  <parent><groupId>made.up</groupId><artifactId>parent</artifactId><version>1</version></parent>
                  <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
                  <dependencies>%s</dependencies>
                  %s
                </project>
                """.formatted(group, artifact, version, dependencies, build);
    }

    private static String dependency(String group, String artifact, String version) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                .formatted(group, artifact, version);
    }

    private static String run() throws IOException, InterruptedException {
        Path log = dir.resolve("build.log");
        Process maven = new ProcessBuilder(
                        ROOT.resolve("mvnw").toString(), "-B", "-o", "-fae", "-f", dir.toString(), "validate")
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(maven.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(log);
    }

    private static void write(String file, String text) throws IOException {
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
