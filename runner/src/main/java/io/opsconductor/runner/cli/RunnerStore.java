package io.opsconductor.runner.cli;

import io.opsconductor.kit.store.command.StoreCommand;

/** {@code opsconductor db} for the runner's store. */
public final class RunnerStore {
    private RunnerStore() {}

    public static void main(String[] arguments) {
        System.setProperty("OPSCONDUCTOR_LOG_LEVEL", "ERROR");
        System.exit(StoreCommand.of("runner", "db/runner", System.getenv()).execute(arguments));
    }
}
