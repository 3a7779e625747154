package io.opsconductor.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says a process keeps in memory. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** In megabytes. */
    public static double of(ProcessHandle process) {
        try {
            long kilobytes = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
            return kilobytes / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
