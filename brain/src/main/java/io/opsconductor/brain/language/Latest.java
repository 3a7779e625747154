package io.opsconductor.brain.language;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was made lately of a few keys, where making it again takes long: every stage asks for the same of one message. Thread-safe. */
final class Latest<K, V> {
    private final AtomicReferenceArray<@Nullable Made<K, V>> made;

    private record Made<K, V>(K key, V value) {}

    /** @param most how many are kept at most; two keys that fall together push each other out */
    Latest(int most) {
        this.made = new AtomicReferenceArray<>(most);
    }

    /** What {@code make} makes of {@code key}, or made of it lately. Two threads may make it at once, and then each has its own. */
    V of(K key, Function<K, V> make) {
        int place = Math.floorMod(key.hashCode(), made.length());
        Made<K, V> kept = made.get(place);
        if (kept != null && kept.key.equals(key)) {
            return kept.value;
        }
        V value = make.apply(key);
        made.set(place, new Made<>(key, value));
        return value;
    }
}
