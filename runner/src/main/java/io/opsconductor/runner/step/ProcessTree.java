package io.opsconductor.runner.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with everything that it started. Children that left the tree are found by its session, where it has one of its own,
 * and by a tag in their environment; Linux shows both under /proc.
 */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int ROUNDS = 5;

    private final Process root;
    private final byte[] tag;

    /**
     * @param tag {@code NAME=value}, in the environment of this process and no other's
     */
    ProcessTree(Process root, String tag) {
        this.root = root;
        this.tag = tag.getBytes(StandardCharsets.UTF_8);
    }

    /** Asks every process to end, waits at most two seconds, and ends those that are left. */
    void end() {
        Set<ProcessHandle> asked = alive();
        if (asked.isEmpty()) {
            return;
        }
        asked.forEach(ProcessHandle::destroy);
        await(asked);
        // A process may start another while it is being ended, so look again until there is none.
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessHandle> left = alive();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            await(left);
        }
    }

    private Set<ProcessHandle> alive() {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        found.add(root.toHandle());
        root.descendants().forEach(found::add);
        found.addAll(strayed());
        found.removeIf(p -> !p.isAlive());
        return found;
    }

    private List<ProcessHandle> strayed() {
        List<ProcessHandle> found = new ArrayList<>();
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(processes, "[1-9]*")) {
            for (Path entry : entries) {
                if (contains(read(entry.resolve("environ")), tag) || session(entry) == root.pid()) {
                    ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            // Without /proc the tree alone has to do.
            return found;
        }
        return found;
    }

    /** The number of a process's session, which is that of the process that began it; 0 when it has ended meanwhile. */
    private static long session(Path entry) {
        String stat = new String(read(entry.resolve("stat")), StandardCharsets.ISO_8859_1);
        // The name in brackets may contain anything; after it come state, parent, group and session.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", 5);
        return fields.length < 5 ? 0 : Long.parseLong(fields[3]);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            // It ended meanwhile, or belongs to somebody else and so is none of ours.
            return new byte[0];
        }
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        outer:
        for (int i = 0; i + wanted.length <= text.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (text[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    private static void await(Set<ProcessHandle> processes) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The caller looks at what is left.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process does not fail", e);
        }
    }
}
