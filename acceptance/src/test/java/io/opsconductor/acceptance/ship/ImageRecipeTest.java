package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** images/Containerfile: what each image is made of. The images themselves are looked at by images/check.sh. */
class ImageRecipeTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theChatbotIsMadeOfNothingButARuntimeAndItsOwnFiles() throws IOException {
        String chatbot = stage("chatbot");

        assertThat(chatbot).startsWith("FROM scratch AS chatbot\n").doesNotContain("\nRUN ", "runner");
        assertThat(lines(chatbot, "COPY"))
                .containsExactly(
                        "COPY --from=runtimes /rootfs/ /",
                        "COPY --from=runtimes /opt/opsconductor/chatbot /opt/opsconductor/chatbot",
                        "COPY --from=trained /trained/chatbot/ /opt/opsconductor/chatbot/");
    }

    @Test
    void theRunnerHasFourProgramsBesidesItsBaseAndNothingOfTheChatbot() throws IOException {
        String runner = stage("runner");
        Matcher installed = Pattern.compile("install \\\\\n\\s+(.*) \\\\\n").matcher(runner);

        assertThat(installed.results().map(match -> match.group(1)))
                .containsExactly("iputils-ping traceroute openssh-client curl");
        assertThat(runner).doesNotContain("/chatbot");
    }

    @Test
    void bothRunWithoutARootUser() throws IOException {
        for (String image : List.of("chatbot", "runner", "demo")) {
            assertThat(lines(stage(image), "USER").getLast()).as(image).isEqualTo("USER 10001:0");
        }
    }

    @Test
    void theContextGivesEachPartItsOwnJarsAlone() throws IOException {
        String launcher = Files.readString(CHECKOUT.resolve("service-kit/launcher/images.sh"));

        assertThat(launcher.lines().map(String::strip).filter(line -> line.contains("target/lib/*.jar")))
                .containsExactly(
                        "cp \"$(jar_of chat-adapters)\" \"$ROOT\"/chat-adapters/target/lib/*.jar \"$context/chatbot/lib/\"",
                        "cp \"$(jar_of runner)\" \"$ROOT\"/runner/target/lib/*.jar \"$context/runner/lib/\"",
                        "cp \"$(jar_of acceptance)\" \"$ROOT\"/acceptance/target/lib/*.jar \"$context/demo/lib/\"");
    }

    private static List<String> lines(String stage, String instruction) {
        return stage.lines().filter(line -> line.startsWith(instruction + " ")).toList();
    }

    private static String stage(String name) throws IOException {
        Map<String, String> stages = new TreeMap<>();
        String text = Files.readString(CHECKOUT.resolve("images/Containerfile"));
        Stream.of(text.split("(?=\nFROM )", -1)).map(String::strip).forEach(stage -> {
            Matcher named = Pattern.compile("^FROM \\S+ AS (\\w+)").matcher(stage);
            if (named.find()) {
                stages.put(named.group(1), stage);
            }
        });
        return stages.getOrDefault(name, "");
    }
}
