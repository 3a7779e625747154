package io.opsconductor.runner.step;

/** Runs commands by one execution method. Implementations are safe for use from many threads. */
public interface StepExecutor extends AutoCloseable {
    /**
     * Runs a command and waits for its end; meant for a virtual thread. It returns within the time to reach the place
     * (10 s for the target and for each host on the way to it, and up to 60 s more for each where many others log in), the
     * timeout, and a few seconds to end what had to be ended; once cancelled, within those few seconds, wherever it is. It
     * throws only for programming errors.
     *
     * @param command what to run and where
     * @param listener told about output as it comes, masked and within the limit
     * @param cancellation ends the command early; one that is already cancelled starts nothing
     */
    TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation);

    /** Ends idle connections and refuses further work; commands that still run are ended. */
    @Override
    void close();
}
