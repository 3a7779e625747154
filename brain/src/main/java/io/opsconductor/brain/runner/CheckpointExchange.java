package io.opsconductor.brain.runner;

import io.opsconductor.kit.journal.Witness;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the two processes tell each other of their audit journals with every call.
 *
 * @param own how far this process's is signed
 * @param seen takes how far the runner's is
 */
public record CheckpointExchange(Supplier<Optional<String>> own, Consumer<Optional<String>> seen) {
    /** Between a process that signs its journal and one that writes down what it sees. */
    public static CheckpointExchange of(Supplier<Optional<String>> own, Witness witness) {
        return new CheckpointExchange(own, witness::see);
    }

    /** Of a process without a journal. */
    public static CheckpointExchange none() {
        return new CheckpointExchange(Optional::empty, said -> {});
    }
}
