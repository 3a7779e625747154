package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final Set<DayOfWeek> WORKING = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    private static Instant zurich(String time) {
        return LocalDateTime.parse(time).atZone(ZURICH).toInstant();
    }

    @Test
    void beginsOnTheMinuteAndHasEndedOnTheMinute() {
        TimeWindow office = new TimeWindow(WORKING, 8 * 60, 18 * 60, ZURICH);

        assertThat(office.contains(zurich("2026-11-26T07:59:59"))).isFalse();
        assertThat(office.contains(zurich("2026-11-26T08:00:00"))).isTrue();
        assertThat(office.contains(zurich("2026-11-26T17:59:59"))).isTrue();
        assertThat(office.contains(zurich("2026-11-26T18:00:00"))).isFalse();
        assertThat(office.contains(zurich("2026-11-28T12:00:00")))
                .as("a Saturday")
                .isFalse();
    }

    @Test
    void aWindowOverMidnightBelongsToTheDayOnWhichItBegins() {
        TimeWindow fridayNight = new TimeWindow(EnumSet.of(DayOfWeek.FRIDAY), 22 * 60, 6 * 60, ZURICH);

        assertThat(fridayNight.contains(zurich("2026-11-27T21:59:00"))).isFalse();
        assertThat(fridayNight.contains(zurich("2026-11-27T22:00:00"))).isTrue();
        assertThat(fridayNight.contains(zurich("2026-11-28T05:59:00")))
                .as("Saturday morning")
                .isTrue();
        assertThat(fridayNight.contains(zurich("2026-11-28T06:00:00"))).isFalse();
        assertThat(fridayNight.contains(zurich("2026-11-28T23:00:00")))
                .as("Saturday night")
                .isFalse();
        assertThat(fridayNight.contains(zurich("2026-11-27T03:00:00")))
                .as("Friday morning")
                .isFalse();
    }

    @Test
    void theZonesClockCountsAndNotTheRunners() {
        TimeWindow night = new TimeWindow(EVERY_DAY, 0, 6 * 60, ZoneId.of("Asia/Tokyo"));

        assertThat(night.contains(Instant.parse("2026-11-26T20:59:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-11-26T21:00:00Z"))).isFalse();
    }

    @Test
    void theHourThatIsRepeatedInAutumnIsInsideTwice() {
        TimeWindow small = new TimeWindow(EVERY_DAY, 2 * 60, 2 * 60 + 30, ZURICH);
        LocalDateTime repeated = LocalDateTime.parse("2026-10-25T02:15:00");

        assertThat(small.contains(repeated.toInstant(ZoneOffset.ofHours(2)))).isTrue();
        assertThat(small.contains(repeated.toInstant(ZoneOffset.ofHours(1)))).isTrue();
        assertThat(small.contains(repeated.plusMinutes(30).toInstant(ZoneOffset.ofHours(2))))
                .isFalse();
    }

    @Test
    void theHourThatIsLeftOutInSpringNeverComes() {
        TimeWindow small = new TimeWindow(EVERY_DAY, 2 * 60, 3 * 60, ZURICH);
        TimeWindow over = new TimeWindow(EVERY_DAY, 60, 4 * 60, ZURICH);
        Instant before = Instant.parse("2026-03-29T00:59:59Z");

        assertThat(small.contains(before)).as("01:59:59").isFalse();
        assertThat(small.contains(before.plusSeconds(1))).as("03:00:00").isFalse();
        assertThat(over.contains(before)).isTrue();
        assertThat(over.contains(before.plusSeconds(1))).isTrue();
    }
}
