package io.opsconductor.acceptance.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tool that takes its time, and leaves a trace of how often it began and ended. */
record SlowWork(Path tools, Path trace) {
    static final String REQUEST = "do the slow work on web-server-01";

    /**
     * Writes the tool.
     *
     * @param tools an empty directory for {@code --tools}
     * @param traces an empty directory
     */
    static SlowWork in(Path tools, Path traces, int seconds) throws IOException {
        SlowWork work = new SlowWork(tools, traces.resolve("trace"));
        Files.writeString(tools.resolve("slow_work.yaml"), """
                name: slow_work
                description: Writes a line, works for a while, writes another
                effect: read
                execution:
                  location: runner
                  method: ssh
                  requires_target: true
                examples:
                  - do the slow work on web-server-01
                  - slow work on web-server-01
                timeout: 120s
                command_template: "echo started >> %1$s; echo started; sleep %2$s; echo finished >> %1$s; echo finished"
                """.formatted(work.trace(), seconds));
        return work;
    }

    /** What it wrote so far. */
    List<String> lines() throws IOException {
        return Files.exists(trace) ? Files.readAllLines(trace) : List.of();
    }
}
