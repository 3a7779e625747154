package io.opsconductor.brain.outputs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a picture says better than words: figures of many targets beside one another, or their course. Its names are the plan's, or text
 * that a command may have written: to be shown, and never to be read as anything.
 *
 * @param title what is drawn
 * @param shape how it is drawn
 * @param unit of the values, such as {@code %} or {@code ms}; empty for bare numbers
 * @param most the end of the scale; null where the values say it
 * @param series at least one, at most {@value #MAX_BARS} bars or {@value #MAX_LINES} lines
 * @param more how many series were left out beyond these
 */
public record Chart(
        String title, Shape shape, String unit, @Nullable Double most, List<Series> series, int more) {
    static final int MAX_BARS = 30;
    /** More cannot be told from one another. */
    static final int MAX_LINES = 8;

    /** A picture is not wide enough to show more. */
    static final int MAX_POINTS = 240;

    public Chart {
        series = List.copyOf(series);
    }

    /** How it is drawn. */
    public enum Shape {
        /** A bar for each series, which has one point. */
        BARS,
        /** A line for each series; {@code x} is in seconds since 1970. */
        OVER_TIME,
        /** A line for each series; {@code x} counts from 1. */
        IN_ORDER;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A bar, or a line.
     *
     * @param points with rising {@code x}; what is missing is missing in the picture
     */
    public record Series(String name, Level level, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A value; both are finite. */
    public record Point(double x, double y) {}

    /** A chart of all these series, as far as a picture holds them. */
    static Chart of(String title, Shape shape, String unit, @Nullable Double most, List<Series> series) {
        int shown = Math.min(series.size(), shape == Shape.BARS ? MAX_BARS : MAX_LINES);
        return new Chart(title, shape, unit, most, series.subList(0, shown), series.size() - shown);
    }
}
