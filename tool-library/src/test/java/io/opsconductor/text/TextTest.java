package io.opsconductor.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Visible;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void theNearestNamesComeFirst() {
        List<String> names = List.of("web-server-01", "web-server-02", "db-server-01", "cache");
        assertThat(Nearest.of("web-sever-01", names, 3))
                .containsExactly("web-server-01", "web-server-02", "db-server-01");
        assertThat(Nearest.of("cahce", names, 3)).containsExactly("cache");
        assertThat(Nearest.of("CACHE", names, 1)).containsExactly("cache");
        assertThat(Nearest.of("db", names, 3)).containsExactly("db-server-01");
        assertThat(Nearest.of("nothing-like-it", names, 3)).isEmpty();
        assertThat(Nearest.of("", names, 3)).isEmpty();
        assertThat(Nearest.of("x".repeat(1_000_000), names, 3)).isEmpty();
    }

    @Test
    void aShownValueIsShortOnOneLineAndHidesNothing() {
        assertThat(Shown.quoted("a\nb\tc\u202e")).isEqualTo("\"a\\nb\\tc\\u{202E}\"");
        assertThat(Shown.quoted("x".repeat(100_000))).isEqualTo("\"" + "x".repeat(60) + "\"... (100000 characters)");
        assertThat(Shown.ascii("Grüße")).isEqualTo("\"Gr\\u{FC}\\u{DF}e\"");
        assertThat(Shown.quoted("\uD83D\uDE00".repeat(61)))
                .isEqualTo("\"" + "\uD83D\uDE00".repeat(60) + "\"... (61 characters)");
    }

    @Test
    void lettersMarksAndSymbolsThatAreDrawnAsNothingAreShown() {
        for (int blank : new int[] {0x34F, 0x115F, 0x17B4, 0x180B, 0x2800, 0x3164, 0xFE0F, 0xFFA0, 0xE0100}) {
            assertThat(Visible.escape("/var/log" + Character.toString(blank)))
                    .isEqualTo("/var/log\\u{%X}".formatted(blank));
            assertThat(Shown.isHidden(blank)).isTrue();
        }
        assertThat(Visible.escape("/srv/Gru\u0308\u00dfe/\ud55c\uae00"))
                .isEqualTo("/srv/Gru\u0308\u00dfe/\ud55c\uae00");
    }
}
