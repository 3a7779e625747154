package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestTest {
    private final List<String> calls = new ArrayList<>();
    private final Latest<String, String> latest = new Latest<>(1);

    private String made(String key) {
        return latest.of(key, text -> {
            calls.add(text);
            return "of " + text;
        });
    }

    @Test
    void whatWasMadeLatelyIsNotMadeAgain() {
        assertThat(List.of(made("a"), made("a"))).containsOnly("of a");
        assertThat(calls).containsExactly("a");
    }

    @Test
    void anotherKeyInItsPlaceIsNeverTakenForIt() {
        assertThat(List.of(made("a"), made("b"), made("a"))).containsExactly("of a", "of b", "of a");
        assertThat(calls).containsExactly("a", "b", "a");
    }
}
