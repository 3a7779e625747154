package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * All entries of the journals that are here, one journal after the other.
 *
 * @param since earlier ones are left out; empty leaves out none
 * @param whose entries of others are left out
 */
public record Export(HomeFiles files, Optional<Instant> since, Whose whose) {
    /** Takes an entry. */
    interface Receiver {
        void add(JournalEntry entry) throws IOException;
    }

    /** Writes them as lines; false when a journal does not hold, which ends it there. */
    public boolean into(ExportFormat format, Lines lines) throws IOException {
        return into(entry -> lines.add(format.line(entry)));
    }

    /** Sends them over OTLP; false when a journal does not hold, which ends it there. */
    public boolean into(OtlpLogs logs) throws IOException {
        boolean holds = into(logs::add);
        logs.flush();
        return holds;
    }

    private boolean into(Receiver receiver) throws IOException {
        for (String process : files.present()) {
            try {
                if (!JournalVerification.of(files.journal(process), entry -> add(entry, receiver))
                        .intact()) {
                    return false;
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return true;
    }

    private void add(JournalEntry entry, Receiver receiver) {
        if (since.filter(entry.at()::isBefore).isPresent() || !whose.has(entry)) {
            return;
        }
        try {
            receiver.add(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
