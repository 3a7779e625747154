package io.opsconductor.runner.trail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where each process keeps its journal and its store, below a home. */
public record HomeFiles(Path home) {
    /** The two processes, in the order in which a request meets them. */
    public static final List<String> PROCESSES = List.of("chatbot", "runner");

    public Path journal(String process) {
        return home.resolve(process).resolve("journal/journal.jsonl");
    }

    public Path store(String process) {
        return home.resolve(process).resolve("store.db");
    }

    /** Those whose journal is here. */
    public List<String> present() {
        return PROCESSES.stream()
                .filter(process -> Files.exists(journal(process)))
                .toList();
    }
}
