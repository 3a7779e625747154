package io.opsconductor.brain.language;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What was read lately: every stage reads the words of a message anew, and an example is read for many. Thread-safe. */
final class Readings {
    private static final int KEPT = 128;

    private final Latest<Text, Reading> latest = new Latest<>(KEPT);
    private final Latest<Text, Optional<TypedCommand>> typed = new Latest<>(KEPT);
    private final ConcurrentHashMap<String, Boolean> examples = new ConcurrentHashMap<>();

    private record Text(String text, String otherwise) {}

    /** The reading of a text, made unless it was made lately. */
    Reading of(String text, String otherwise, Supplier<Reading> made) {
        return latest.of(new Text(text, otherwise), key -> made.get());
    }

    /** The command that a text is, looked for unless it was lately. */
    Optional<TypedCommand> typed(String text, String otherwise, Supplier<Optional<TypedCommand>> made) {
        return typed.of(new Text(text, otherwise), key -> made.get());
    }

    /** Whether something holds of a tool's example; each is looked at once. */
    boolean example(String text, BooleanSupplier holds) {
        return examples.computeIfAbsent(text, t -> holds.getAsBoolean());
    }
}
