package io.opsconductor.brain.language;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was read lately: every stage reads the words of a message anew, and an example is read for many. Thread-safe. */
final class Readings {
    private static final int KEPT = 128;

    private record Kept(String text, String otherwise, Reading reading) {}

    private final AtomicReferenceArray<@Nullable Kept> latest = new AtomicReferenceArray<>(KEPT);
    private final ConcurrentHashMap<String, Boolean> examples = new ConcurrentHashMap<>();

    /** The reading of a text, made unless it was made lately. */
    Reading of(String text, String otherwise, Supplier<Reading> made) {
        int place = Math.floorMod(31 * text.hashCode() + otherwise.hashCode(), KEPT);
        Kept kept = latest.get(place);
        if (kept != null && kept.text.equals(text) && kept.otherwise.equals(otherwise)) {
            return kept.reading;
        }
        Reading reading = made.get();
        latest.set(place, new Kept(text, otherwise, reading));
        return reading;
    }

    /** Whether something holds of a tool's example; each is looked at once. */
    boolean example(String text, BooleanSupplier holds) {
        return examples.computeIfAbsent(text, t -> holds.getAsBoolean());
    }
}
