package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that the documentation explains are those that the product says. */
class TroubleshootingTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    /** Where a text of the source goes on in the next line. */
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyMessageThatIsExplainedIsSaid() throws IOException {
        String said = said();
        List<String> explained = ROW.matcher(Files.readString(CHECKOUT.resolve("docs/troubleshooting.md")))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(explained)
                .hasSizeGreaterThan(40)
                .allSatisfy(message -> assertThat(message.split("…", -1))
                        .as(message)
                        .allSatisfy(part -> assertThat(said.contains(part.strip()))
                                .as("\"%s\" is in the sources", part.strip())
                                .isTrue()));
    }

    private static String said() {
        return Stream.of("service-kit", "tool-library", "runner", "brain", "chat-adapters")
                .map(module -> CHECKOUT.resolve(module).resolve("src/main/java"))
                .flatMap(TroubleshootingTest::sources)
                .map(source -> JOINED.matcher(source).replaceAll(""))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream()
                    .map(TroubleshootingTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
