package io.opsconductor.brain.language;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/** A time in words, before anybody says in which time zone and from which moment on it counts. */
public sealed interface TimePhrase {
    /** "in the last two hours". */
    record Last(Duration length) implements TimePhrase {}

    /** "today", "yesterday": the whole day so many days ago. */
    record DaysAgo(int days) implements TimePhrase {}

    /**
     * "on Monday".
     *
     * @param before whether today cannot be meant ("last Monday")
     */
    record Weekday(DayOfWeek day, boolean before) implements TimePhrase {}

    /**
     * "on 24 November".
     *
     * @param year 0 for the last such day
     */
    record Date(int day, int month, int year) implements TimePhrase {}

    /** "this week", "last week"; weeks begin on Monday. */
    record Week(int ago) implements TimePhrase {}

    /** "this month", "last month". */
    record Month(int ago) implements TimePhrase {}

    /** "9:30", of today. */
    record Clock(int hour, int minute) implements TimePhrase {}

    /** "since Monday": from its beginning until now. */
    record Since(TimePhrase begin) implements TimePhrase {}

    /** What it means, as far as it is past: it ends {@code now} at the latest. */
    default Period in(ZoneId zone, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return switch (this) {
            case Last(Duration length) -> Period.of(now.minus(length), now, now);
            case DaysAgo(int days) -> days(today.minusDays(days), 1, zone, now);
            case Weekday(DayOfWeek day, boolean before) ->
                days(
                        today.with(before ? TemporalAdjusters.previous(day) : TemporalAdjusters.previousOrSame(day)),
                        1,
                        zone,
                        now);
            case Date date -> days(day(date, today), 1, zone, now);
            case Week(int ago) ->
                days(
                        today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                .minusWeeks(ago),
                        7,
                        zone,
                        now);
            case Month(int ago) -> {
                LocalDate first = today.withDayOfMonth(1).minusMonths(ago);
                yield days(first, first.lengthOfMonth(), zone, now);
            }
            case Clock(int hour, int minute) -> {
                Instant begin = today.atTime(hour, minute).atZone(zone).toInstant();
                yield Period.of(begin, now, now);
            }
            case Since(TimePhrase begin) -> Period.of(begin.in(zone, now).from(), now, now);
        };
    }

    private static Period days(LocalDate first, int days, ZoneId zone, Instant now) {
        ZonedDateTime from = first.atStartOfDay(zone);
        return Period.of(
                from.toInstant(), first.plusDays(days).atStartOfDay(zone).toInstant(), now);
    }

    /** The day that a date means; a day that its month does not have is the last one it has. */
    private static LocalDate day(Date date, LocalDate today) {
        int year = date.year() == 0 ? today.getYear() : date.year();
        LocalDate day = of(year, date);
        return date.year() == 0 && day.isAfter(today) ? of(year - 1, date) : day;
    }

    private static LocalDate of(int year, Date date) {
        LocalDate first = LocalDate.of(year, date.month(), 1);
        return first.withDayOfMonth(Math.clamp(date.day(), 1, first.lengthOfMonth()));
    }
}
