package io.opsconductor.runner.keys;

import java.nio.file.Path;

/** What one call did with one file. */
public record KeyFile(Path path, Outcome outcome) {
    /** Created: it was not there. Kept: left as it was. Renewed: the certificate ran out soon; its key stays. */
    public enum Outcome {
        CREATED,
        KEPT,
        RENEWED
    }
}
