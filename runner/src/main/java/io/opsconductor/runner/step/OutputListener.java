package io.opsconductor.runner.step;

/** Told about output as it comes. Calls for one command do not overlap; a slow listener slows the command down. */
@FunctionalInterface
public interface OutputListener {
    /**
     * A piece of output: valid text, masked, control characters made visible, never empty.
     */
    void output(Channel channel, String text);

    /** Where a command wrote to. */
    enum Channel {
        STDOUT,
        STDERR;

        /** {@code stdout} or {@code stderr}. */
        public String word() {
            return this == STDOUT ? "stdout" : "stderr";
        }
    }
}
