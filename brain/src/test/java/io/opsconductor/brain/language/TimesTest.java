package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in words, as periods. It is Thursday, 26 November 2026, 10:30 in Berlin. */
class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T09:30:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Language language = Language.english();

    private Optional<Times.Found> found(String code, String text) {
        Speech speech = language.in(code);
        return speech.times().in(speech.plain(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    en | today                        | 2026-11-25T23:00:00Z | 2026-11-26T09:30:00Z
                    en | yesterday                    | 2026-11-24T23:00:00Z | 2026-11-25T23:00:00Z
                    en | in the last hour             | 2026-11-26T08:30:00Z | 2026-11-26T09:30:00Z
                    en | in the past two days         | 2026-11-24T09:30:00Z | 2026-11-26T09:30:00Z
                    en | over the last 90 minutes     | 2026-11-26T08:00:00Z | 2026-11-26T09:30:00Z
                    en | since Monday                 | 2026-11-22T23:00:00Z | 2026-11-26T09:30:00Z
                    en | on Monday                    | 2026-11-22T23:00:00Z | 2026-11-23T23:00:00Z
                    en | on Thursday                  | 2026-11-25T23:00:00Z | 2026-11-26T09:30:00Z
                    en | last Thursday                | 2026-11-18T23:00:00Z | 2026-11-19T23:00:00Z
                    en | on 24 November               | 2026-11-23T23:00:00Z | 2026-11-24T23:00:00Z
                    en | on November 24th             | 2026-11-23T23:00:00Z | 2026-11-24T23:00:00Z
                    en | on 24 December               | 2025-12-23T23:00:00Z | 2025-12-24T23:00:00Z
                    en | since the 3rd of October     | 2026-10-02T22:00:00Z | 2026-11-26T09:30:00Z
                    en | on 2026-11-20                | 2026-11-19T23:00:00Z | 2026-11-20T23:00:00Z
                    en | since 9:15                   | 2026-11-26T08:15:00Z | 2026-11-26T09:30:00Z
                    en | this week                    | 2026-11-22T23:00:00Z | 2026-11-26T09:30:00Z
                    en | last week                    | 2026-11-15T23:00:00Z | 2026-11-22T23:00:00Z
                    en | last month                   | 2026-09-30T22:00:00Z | 2026-10-31T23:00:00Z
                    en | since 1 January 2020         | 2025-11-25T09:30:00Z | 2026-11-26T09:30:00Z
                    de | gestern                      | 2026-11-24T23:00:00Z | 2026-11-25T23:00:00Z
                    de | seit Montag                  | 2026-11-22T23:00:00Z | 2026-11-26T09:30:00Z
                    de | in den letzten zwei Stunden  | 2026-11-26T07:30:00Z | 2026-11-26T09:30:00Z
                    de | am 24. November              | 2026-11-23T23:00:00Z | 2026-11-24T23:00:00Z
                    de | letzte Woche                 | 2026-11-15T23:00:00Z | 2026-11-22T23:00:00Z
                    fr | hier                         | 2026-11-24T23:00:00Z | 2026-11-25T23:00:00Z
                    fr | depuis lundi                 | 2026-11-22T23:00:00Z | 2026-11-26T09:30:00Z
                    fr | la dernière heure            | 2026-11-26T08:30:00Z | 2026-11-26T09:30:00Z
                    fr | le 24 novembre               | 2026-11-23T23:00:00Z | 2026-11-24T23:00:00Z
                    es | ayer                         | 2026-11-24T23:00:00Z | 2026-11-25T23:00:00Z
                    es | desde el lunes               | 2026-11-22T23:00:00Z | 2026-11-26T09:30:00Z
                    es | en las últimas 2 horas       | 2026-11-26T07:30:00Z | 2026-11-26T09:30:00Z
                    es | el 24 de noviembre           | 2026-11-23T23:00:00Z | 2026-11-24T23:00:00Z
                    """)
    void aTimeIsAPeriodOfThePast(String code, String text, String from, String to) {
        Times.Found found = found(code, text).orElseThrow();
        assertThat(found.rest()).isEmpty();
        assertThat(found.when().in(BERLIN, NOW)).isEqualTo(new Period(Instant.parse(from), Instant.parse(to)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"what ran on web-01", "show the last 20 lines", "the last 5 runs", "at 9:15", "may i", "mon-01"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(found("en", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "what ran yesterday on web-01,what ran on web-01",
        "what failed since Monday on db-01,what failed on db-01"
    })
    void theRestOfTheWordsStays(String text, String rest) {
        assertThat(found("en", text).orElseThrow().rest()).isEqualTo(rest);
    }
}
