package io.opsconductor.acceptance.bench.several;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What commands leave on the disk as soon as they begin: each appends one line, so that one which ran twice is seen from outside. */
final class Marks {
    private final Path folder;

    Marks(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("mark.sh"), """
                # WORD SECONDS
                set -- "$1" "$2" $SSH_CONNECTION
                at=0
                [ "$2" = 0 ] || at=$(date +%%s%%3N)
                echo "$1 $5 $at" >> %1$s/marks
                [ "$2" = 0 ] || sleep "$2"
                echo "$1 done"
                """.formatted(folder));
        Files.writeString(folder.resolve("marks"), "");
    }

    /** The start of the command that leaves one; a word and seconds come after it. */
    String command() {
        return "sh " + folder.resolve("mark.sh");
    }

    /** How often a word was left at an address, and when first; at the epoch where the command did not wait. */
    record Mark(int times, Instant first) {}

    /** All of them, by {@code WORD ADDRESS}. */
    Map<String, Mark> all() throws IOException {
        Map<String, Mark> all = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("marks"))) {
            List<String> parts = List.of(line.split(" ", -1));
            Instant at = Instant.ofEpochMilli(Long.parseLong(parts.get(2)));
            all.merge(
                    parts.get(0) + " " + parts.get(1),
                    new Mark(1, at),
                    (before, now) -> new Mark(before.times() + 1, before.first()));
        }
        return all;
    }
}
