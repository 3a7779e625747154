package io.opsconductor.acceptance.e2e;

import io.opsconductor.acceptance.product.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code df} says, as far as it does not move from second to second. */
final class DiskFree {
    private DiskFree() {}

    /** What this machine itself says to the command, which a demo server runs on the same machine. */
    static List<String> ofThisMachine(String command) {
        return filesystems(Command.run(
                        Path.of("/"), Map.of("LC_ALL", "C"), Duration.ofSeconds(20), List.of("/bin/sh", "-c", command))
                .output());
    }

    /** Device, size and mount point of each line that tells of a file system, whatever stands around them. */
    static List<String> filesystems(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.matches("\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+\\S+%\\s+/.*"))
                .map(line -> line.split("\\s+"))
                .map(words -> words[0] + " " + words[1] + " " + words[words.length - 1])
                .toList();
    }

    /** The command on a card, whatever stands around it. */
    static String command(String card) {
        return card.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("df "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no df command on the card: " + card));
    }
}
