package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of what words mean. */
class WordVectorsTest {
    private static final WordVectors WORDS = WordVectors.shipped();

    private static double nearness(String one, String other) {
        double[] a = vector(one);
        double[] b = vector(other);
        return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    }

    private static double[] vector(String text) {
        double[] sum = new double[WORDS.dimensions()];
        WORDS.pieces(text).forEach(piece -> WORDS.add(piece, 1, sum));
        return sum;
    }

    private static double product(double[] a, double[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product;
    }

    @Test
    void wordsOfOneMeaningAreNearerThanOthers() {
        assertThat(nearness("folder", "directory")).isGreaterThan(nearness("folder", "password") + 0.2);
        assertThat(nearness("reboot the machine", "restart the server"))
                .isGreaterThan(nearness("reboot the machine", "list the users") + 0.1);
    }

    @Test
    void whatIsInTheTableIsOnePieceAndOtherWordsAreSeveral() {
        assertThat(WORDS.pieces("memory")).hasSize(1);
        assertThat(WORDS.pieces("unschedulable")).hasSizeGreaterThan(1);
        assertThat(WORDS.pieces("disk, memory")).hasSize(2);
    }

    @Test
    void whatIsNoEnglishWordHasNone() {
        for (String text : List.of("", "42", "/", "漢字", "a".repeat(41))) {
            assertThat(WORDS.pieces(text)).as(text).isEmpty();
        }
    }
}
