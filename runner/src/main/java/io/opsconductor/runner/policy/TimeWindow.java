package io.opsconductor.runner.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Times of a week, as a clock on a wall of the zone shows them: an hour that daylight saving repeats is inside both times, and
 * one that it leaves out never comes. A window over midnight belongs to the day on which it begins.
 *
 * @param days on which it begins
 * @param fromMinute minute of the day, 0 to 1439; inside
 * @param toMinute minute of the day, 0 to 1440, outside; not after {@code fromMinute} when it ends on the next day
 * @param zone whose clock is meant
 */
record TimeWindow(Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone) {
    static final int WHOLE_DAY = 24 * 60;
    private static final int MINUTES = 60;

    TimeWindow {
        days = Set.copyOf(days);
    }

    boolean contains(Instant time) {
        ZonedDateTime there = time.atZone(zone);
        int minute = there.getHour() * MINUTES + there.getMinute();
        DayOfWeek day = there.getDayOfWeek();
        if (fromMinute < toMinute) {
            return days.contains(day) && minute >= fromMinute && minute < toMinute;
        }
        return (days.contains(day) && minute >= fromMinute) || (days.contains(day.minus(1)) && minute < toMinute);
    }

    /** Such as {@code Mon, Tue 22:00 to 06:00 Europe/Zurich}. */
    String words() {
        String when = days.size() == DayOfWeek.values().length
                ? "every day"
                : EnumSet.copyOf(days).stream()
                        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return when + " " + clock(fromMinute) + " to " + clock(toMinute) + " " + zone.getId();
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / MINUTES, minute % MINUTES);
    }
}
