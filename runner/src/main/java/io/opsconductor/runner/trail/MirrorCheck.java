package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.PlacedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares a journal with the copy of it in the process's store. The copy may lag behind the file, and the file never
 * behind the copy: a line that only the copy has was cut off the file's end.
 */
final class MirrorCheck {
    private static final int MOST_DEFECTS = 20;

    private final String process;
    private final HomeFiles files;
    private final Map<Long, String> copied;
    private final List<Defect> defects = new ArrayList<>();

    private MirrorCheck(String process, HomeFiles files, Map<Long, String> copied) {
        this.process = process;
        this.files = files;
        this.copied = copied;
    }

    /** Of a process; where its store is not here, nothing is compared. */
    static MirrorCheck of(String process, HomeFiles files) {
        return new MirrorCheck(process, files, Copies.ofLines(files, process));
    }

    /** Compares the next entry of the file. */
    void see(PlacedEntry placed) {
        String hash = copied.remove(placed.entry().seq());
        if (hash != null && !hash.equals(placed.entry().hash()) && defects.size() < MOST_DEFECTS) {
            defects.add(new Defect(
                    files.shown(placed.file(), placed.line()),
                    "is not the line that the store has a copy of as number "
                            + placed.entry().seq(),
                    "One of the two was changed: keep both, " + files.shownStore(process)
                            + " and the file, as evidence"));
        }
    }

    /** What differs, after the last entry was seen. */
    List<Defect> defects() {
        List<Defect> all = new ArrayList<>(defects);
        if (!copied.isEmpty()) {
            all.add(new Defect(
                    files.shown(files.journal(process)),
                    "has not " + copied.size() + (copied.size() == 1 ? " line" : " lines")
                            + " that the store has a copy of, the first with number "
                            + copied.keySet().stream().min(Long::compare).orElseThrow(),
                    "They are in the table journal of " + files.shownStore(process) + ": keep it as evidence"));
        }
        return all;
    }
}
