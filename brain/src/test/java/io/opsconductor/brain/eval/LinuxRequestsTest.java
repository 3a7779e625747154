package io.opsconductor.brain.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.language.Understanding;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The requests for the tools for Linux that are loaded only when asked for, as a set to measure with. */
class LinuxRequestsTest {
    private static final int FOR_EACH_TOOL = 4;

    private final Catalogue tools = Understanding.withToolsForLinux();
    private final List<Request> requests =
            RequestFile.read(Path.of("src/test/resources/understanding/linux.yaml"), tools).stream()
                    .map(Trial::request)
                    .toList();

    LinuxRequestsTest() throws IOException {}

    @Test
    void everyToolThatIsNotAlwaysLoadedIsAskedForFourTimes() {
        Map<String, Long> asked = requests.stream()
                .filter(request -> request.right().getFirst() instanceof Expected.Planned)
                .map(request -> ((Expected.Planned) request.right().getFirst())
                        .steps()
                        .getFirst()
                        .tool())
                .collect(Collectors.groupingBy(tool -> tool, Collectors.counting()));
        Set<String> always = Understanding.shippedTools().tools().stream()
                .map(CatalogueEntry::name)
                .collect(Collectors.toSet());
        for (CatalogueEntry tool : tools.tools()) {
            if (!always.contains(tool.name())) {
                assertThat(asked.getOrDefault(tool.name(), 0L)).as(tool.name()).isGreaterThanOrEqualTo(FOR_EACH_TOOL);
            }
        }
    }

    @Test
    void noRequestIsAnExampleOfATool() {
        Set<String> examples = tools.tools().stream()
                .flatMap(tool -> tool.examples().stream())
                .map(example -> example.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(requests)
                .noneMatch(request -> examples.contains(request.say().toLowerCase(Locale.ROOT)));
    }

    @Test
    void whatNoToolDoesIsAmongThem() {
        assertThat(requests.stream().filter(Request::isOutOfScope)).hasSizeGreaterThanOrEqualTo(25);
    }
}
