package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolPagesTest {
    private static final Path PAGES = Path.of("../docs/tools");

    private static final List<Path> FOLDERS = List.of(Path.of("tools"), Path.of("more-tools"));
    private static final String COMMAND =
            "write them anew: ./opsconductor tools docs docs/tools tool-library/tools tool-library/more-tools";

    private final ToolLibrary library = ToolLibrary.load(FOLDERS).library();
    private final Map<String, String> pages = ToolPages.of(FOLDERS, library);

    @Test
    void thePagesSayWhatTheFilesSayElseWriteThemAnew() throws IOException {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                written.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(written.keySet()).as(COMMAND).isEqualTo(pages.keySet());
        pages.forEach((name, text) ->
                assertThat(written.get(name)).as(name + ", " + COMMAND).isEqualTo(text));
    }

    @Test
    void aPageHasEverythingThatOneAsksOfATool() {
        assertThat(pages.get("linux-processes.md"))
                .startsWith("# Linux: processes\n")
                .contains("""

                ## kill_process

                End one process by its process id with a signal: TERM asks it to end, KILL ends it at once.

                effect `change`; runs by `ssh` with sudo on linux; at most 30 s; has a check; loaded only when asked for. [Its file](../../tool-library/more-tools/linux/processes/kill_process.yaml).

                | value | type | | |
                | --- | --- | --- | --- |
                | `pid` | integer, 2 to 4194304 | required | The process id, such as 4711 |
                | `signal` | `TERM`, `KILL`, `HUP`, `INT`, `QUIT`, `USR1`, `USR2`, `STOP`, `CONT` | `TERM` unless said otherwise | The signal: TERM, KILL, HUP, INT, QUIT, USR1, USR2, STOP or CONT |

                - kill process 4711 on web-server-01
                """);
    }

    @Test
    void everyToolIsOnThePageOfItsDomainAndInTheList() {
        for (ToolDefinition tool : library.tools()) {
            assertThat(pages.get(ToolPages.INDEX)).contains("`" + tool.name() + "`");
            assertThat(pages.values().stream().filter(page -> page.contains("\n## " + tool.name() + "\n")))
                    .as(tool.name())
                    .hasSize(1);
        }
    }
}
