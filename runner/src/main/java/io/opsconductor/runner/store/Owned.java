package io.opsconductor.runner.store;

/**
 * An execution, and on whose behalf it is changed. The store refuses the change when that one does not own it any more.
 *
 * @param epoch the number of the process, see {@link io.opsconductor.runner.instance.Lease#epoch}
 */
public record Owned(ExecutionKey key, long epoch) {}
