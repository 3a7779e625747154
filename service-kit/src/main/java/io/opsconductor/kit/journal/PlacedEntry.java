package io.opsconductor.kit.journal;

import java.nio.file.Path;

/**
 * An entry, and where it is written.
 *
 * @param line of that file, from 1
 */
public record PlacedEntry(Path file, long line, JournalEntry entry) {}
