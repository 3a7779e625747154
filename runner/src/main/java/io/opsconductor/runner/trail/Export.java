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
 */
public record Export(HomeFiles files, ExportFormat format, Optional<Instant> since) {
    /** Writes them; false when a journal does not hold, which ends it there. */
    public boolean into(Lines lines) throws IOException {
        for (String process : files.present()) {
            try {
                if (!JournalVerification.of(files.journal(process), entry -> add(entry, lines))
                        .intact()) {
                    return false;
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return true;
    }

    private void add(JournalEntry entry, Lines lines) {
        if (since.filter(entry.at()::isBefore).isPresent()) {
            return;
        }
        try {
            lines.add(format.line(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
