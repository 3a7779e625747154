package io.opsconductor.runner.store;

import java.time.Instant;
import java.util.Optional;

/** Long outputs, each under its digest, so that the same output is kept once. An output is kept when its digest is known. */
public sealed interface KeptOutputs permits OutputFiles, OutputTable {
    /** Keeps a text, and gives its digest, under which it is found. */
    String keep(String text);

    /** The text with this digest; empty when it is no longer kept, or is not what it was. */
    Optional<String> read(String digest);

    /** Deletes what was last kept before a time; answers how many. */
    long forgetBefore(Instant limit);
}
