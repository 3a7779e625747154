package io.opsconductor.kit.journal;

/**
 * How far a journal goes.
 *
 * @param file name of the file that has the last line
 * @param seq number of the last line; 0 when there is none
 * @param hash of the last line; {@link JournalEntry#GENESIS} when there is none
 */
public record JournalHead(String file, long seq, String hash) {}
