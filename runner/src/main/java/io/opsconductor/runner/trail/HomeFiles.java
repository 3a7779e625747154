package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.Checkpoints;
import io.opsconductor.kit.journal.JournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where each process keeps its journal, its checkpoints and its store, below a home. */
public record HomeFiles(Path home) {
    /** The two processes, in the order in which a request meets them. */
    public static final List<String> PROCESSES = List.of("chatbot", "runner");

    /** The file that the process writes to; full ones lie beside it. */
    public Path journal(String process) {
        return home.resolve(process).resolve("journal").resolve(JournalFiles.LIVE);
    }

    public Path checkpoints(String process) {
        return home.resolve(process).resolve("checkpoints").resolve(Checkpoints.FILE);
    }

    public Path store(String process) {
        return home.resolve(process).resolve("store.db");
    }

    /** The public keys that checkpoints are signed with. */
    public Path auditKeys() {
        return home.resolve("keys/audit");
    }

    /** Those whose journal, or checkpoints of it, are here. */
    public List<String> present() {
        return PROCESSES.stream().filter(this::isPresent).toList();
    }

    private boolean isPresent(String process) {
        try {
            return Files.exists(journal(process))
                    || Files.exists(checkpoints(process))
                    || !new JournalFiles(home.resolve(process).resolve("journal"))
                            .full()
                            .isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /** A file as people find it again: below the home. */
    String shown(Path file) {
        Path absolute = file.toAbsolutePath();
        Path root = home.toAbsolutePath();
        return (absolute.startsWith(root) ? root.relativize(absolute) : absolute).toString();
    }

    String shown(Path file, long line) {
        return shown(file) + ":" + line;
    }
}
