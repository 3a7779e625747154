package io.opsconductor.runner.policy;

import io.opsconductor.runner.file.YamlValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the times at which a rule holds: one window, or a list of them. */
final class WindowReader {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int MOST = 50;
    private static final int MINUTES = 60;

    private WindowReader() {}

    static List<TimeWindow> read(@Nullable YamlValue value) {
        List<TimeWindow> windows = new ArrayList<>();
        if (value == null) {
            return windows;
        }
        for (YamlValue item : value.isMapping() ? List.of(value) : RuleReader.conditions(value)) {
            TimeWindow window = window(item);
            if (window != null) {
                windows.add(window);
            }
        }
        if (windows.size() > MOST) {
            value.mistake("expected at most " + MOST + " windows, found more", "");
        }
        return windows;
    }

    private static @Nullable TimeWindow window(YamlValue value) {
        Map<String, YamlValue> fields = value.fields(List.of("days", "from", "to", "zone"));
        YamlValue zoneValue = value.required(fields, "zone", "zone: Europe/Zurich");
        ZoneId zone = zoneValue == null ? null : zone(zoneValue);
        Set<DayOfWeek> days = days(fields.get("days"));
        int from = clock(fields.get("from"), 0);
        int to = clock(fields.get("to"), TimeWindow.WHOLE_DAY);
        if (from == TimeWindow.WHOLE_DAY || from == to) {
            value.mistake(
                    "expected a window that begins before 24:00 and does not end as it begins, found another",
                    "Leave from and to out for whole days; write to: \"24:00\" for the end of the day.");
            return null;
        }
        return zone == null ? null : new TimeWindow(days, from, to, zone);
    }

    private static @Nullable ZoneId zone(YamlValue value) {
        String name = value.text();
        try {
            // An offset would be wrong half of the year, so that only places and UTC are zones.
            if (name != null && (name.equals("UTC") || name.contains("/"))) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            // Reported below like any other text.
        }
        if (name != null) {
            value.mistake(
                    "expected a time zone of the IANA's list, found something else",
                    "Write for example Europe/Zurich, or UTC.");
        }
        return null;
    }

    private static Set<DayOfWeek> days(@Nullable YamlValue value) {
        if (value == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (YamlValue item : RuleReader.conditions(value)) {
            String text = item.text();
            String[] ends =
                    text == null ? new String[0] : text.toLowerCase(Locale.ROOT).split("-", -1);
            int first = ends.length == 0 ? -1 : DAYS.indexOf(ends[0]);
            int last = ends.length == 2 ? DAYS.indexOf(ends[1]) : first;
            if (ends.length > 2 || first < 0 || last < 0) {
                if (text != null) {
                    item.mistake(
                            "expected a day of the week, found something else",
                            "Write mon, tue, wed, thu, fri, sat, sun, or mon-fri.");
                }
                continue;
            }
            DayOfWeek day = DayOfWeek.of(first + 1);
            days.add(day);
            while (day.getValue() != last + 1) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }

    private static int clock(@Nullable YamlValue value, int otherwise) {
        String text = value == null ? null : value.text();
        if (value == null || text == null) {
            return otherwise;
        }
        if (text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
            return Integer.parseInt(text.substring(0, 2)) * MINUTES + Integer.parseInt(text.substring(3));
        }
        value.mistake(
                "expected a time of the day, found something else",
                "Write for example \"08:30\"; \"24:00\" is the end of the day.");
        return otherwise;
    }
}
