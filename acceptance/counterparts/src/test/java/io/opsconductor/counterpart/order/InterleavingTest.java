package io.opsconductor.counterpart.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InterleavingTest {
    /** Some who read a number and then write it with one added: who read before another one wrote undoes that. */
    private static final class Counters {
        private final Interleaving interleaving;
        private int number;
        private int deaths;

        Counters(Schedules schedules, int counters, boolean dies) {
            interleaving = new Interleaving(schedules);
            for (int i = 0; i < counters; i++) {
                String name = "counter " + i;
                interleaving.add(name, () -> {
                    int read = number;
                    interleaving.pause("read " + read);
                    number = read + 1;
                });
            }
            if (dies) {
                interleaving.add("death", () -> {
                    deaths++;
                    interleaving.allDie();
                });
            }
        }
    }

    private record Tried(TreeSet<String> ends, Schedules schedules) {}

    private static Tried tried(int counters, boolean dies, boolean joined) {
        Schedules schedules = new Schedules();
        TreeSet<String> ends = new TreeSet<>();
        int[] call = {0};
        do {
            Counters all = new Counters(schedules, counters, dies);
            // A state that never comes again joins nothing.
            if (all.interleaving.run(() -> joined ? all.number + " " + all.deaths : "state " + call[0]++)) {
                ends.add(all.number + " after " + all.deaths + " deaths");
            }
        } while (schedules.next());
        return new Tried(ends, schedules);
    }

    @Test
    void everyOrderIsTriedOnce() {
        Tried two = tried(2, false, false);
        assertThat(two.schedules().runs()).isEqualTo(6);
        assertThat(two.ends()).containsExactly("1 after 0 deaths", "2 after 0 deaths");
        assertThat(tried(3, false, false).schedules().runs()).isEqualTo(90);
    }

    @Test
    void whereOrdersMeetTheRestIsTriedOnceAndNoEndIsMissed() {
        for (boolean dies : List.of(false, true)) {
            int counters = dies ? 3 : 4;
            Tried all = tried(counters, dies, false);
            Tried joined = tried(counters, dies, true);
            assertThat(joined.ends()).isEqualTo(all.ends());
            assertThat(joined.schedules().runs()).isLessThan(all.schedules().runs() / 5);
        }
    }

    @Test
    void whoeverDiedBeginsAgainWithWhatThereIsThen() {
        // Died between reading and writing, it reads again: nothing is lost that was written meanwhile.
        assertThat(tried(1, true, false).ends()).containsExactly("1 after 1 deaths");
        assertThat(tried(2, true, true).ends()).containsExactly("1 after 1 deaths", "2 after 1 deaths");
    }
}
