package io.opsconductor.acceptance.bench.fleet;

/** A way to run {@code df -P /} on many targets and collect each output and exit code. */
interface Peer extends AutoCloseable {
    /** As in the rows. */
    String name();

    /**
     * Runs it on targets {@code from} (inclusive) to {@code to} (exclusive) of the fleet.
     *
     * @throws IllegalStateException when any of them has no result, or another than exit code 0
     */
    Cost run(int from, int to);

    /** What one run took. */
    record Cost(double wallSeconds, double cpuSeconds) {}

    @Override
    void close();
}
