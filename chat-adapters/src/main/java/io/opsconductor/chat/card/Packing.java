package io.opsconductor.chat.card;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Puts things into as few messages as it takes, in order. */
public final class Packing {
    private Packing() {}

    /** What is larger than the most by itself gets a message of its own. */
    public static <T> List<List<T>> of(List<T> things, ToIntFunction<T> size, int most) {
        List<List<T>> packs = new ArrayList<>();
        List<T> pack = new ArrayList<>();
        int filled = 0;
        for (T thing : things) {
            int needed = size.applyAsInt(thing);
            if (!pack.isEmpty() && filled + needed > most) {
                packs.add(List.copyOf(pack));
                pack.clear();
                filled = 0;
            }
            pack.add(thing);
            filled += needed;
        }
        if (!pack.isEmpty()) {
            packs.add(List.copyOf(pack));
        }
        return packs;
    }
}
