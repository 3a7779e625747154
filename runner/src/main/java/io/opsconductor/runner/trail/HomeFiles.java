package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.Checkpoints;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.InstanceName;
import io.opsconductor.kit.journal.JournalFiles;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where each process keeps its journal and its checkpoints, below a home, and its store.
 *
 * @param stores by process
 */
public record HomeFiles(Path home, Map<String, StorePlace> stores) {
    /** The two processes, in the order in which a request meets them. */
    public static final List<String> PROCESSES = List.of("chatbot", "runner");

    public HomeFiles {
        stores = Map.copyOf(stores);
    }

    /** With the stores that the processes' settings name, and otherwise files below the home. */
    public static HomeFiles of(Path home, Map<String, String> environment) {
        return new HomeFiles(
                home,
                PROCESSES.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), process -> StorePlace.of(process, home, environment))));
    }

    /** The file that the process writes to; full ones lie beside it. */
    public Path journal(String process) {
        return home.resolve(process).resolve("journal").resolve(JournalFiles.LIVE);
    }

    public Path checkpoints(String process) {
        return home.resolve(process).resolve("checkpoints").resolve(Checkpoints.FILE);
    }

    /** The store of a process, as it is, for the caller to close; empty where there is none. */
    public Optional<Database> store(String process) {
        return switch (place(process)) {
            case StorePlace.InFile in when !Files.exists(in.file()) -> Optional.empty();
            case StorePlace place -> Optional.of(Database.existing(place));
        };
    }

    private StorePlace place(String process) {
        return Objects.requireNonNull(stores.get(process), process);
    }

    /** Of whose journal, among several that share the store, the copies there are this home's. */
    CopyOf copyOf(String process) {
        return InstanceName.of(home.resolve(process));
    }

    /** A store as people find it again. */
    String shownStore(String process) {
        return switch (place(process)) {
            case StorePlace.InFile in -> shown(in.file());
            case StorePlace.OnServer server -> server.toString();
        };
    }

    /** The runner's files of long outputs. */
    Path outputs() {
        return home.resolve("runner/outputs");
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
