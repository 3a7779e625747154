package io.opsconductor.runner.trail;

/**
 * Something that was looked at again, and whether it holds.
 *
 * @param sentence what was looked at, for a reader
 */
public record Proof(boolean holds, String sentence) {}
