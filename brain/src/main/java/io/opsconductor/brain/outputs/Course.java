package io.opsconductor.brain.outputs;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.outputs.Chart.Point;
import io.opsconductor.brain.outputs.Chart.Series;
import io.opsconductor.brain.outputs.Chart.Shape;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Values over time, as Prometheus answers them: a list of {@code {"metric": {labels}, "values": [[seconds, "value"], ...]}}. A value
 * that is no number ({@code NaN}) is left out.
 */
final class Course implements Kind<List<Course.Line>> {
    private static final int MOST_LINES = 1_000;
    private static final int NAME = 60;
    private static final List<String> COLUMNS = List.of("series", "last", "lowest", "average", "highest");

    /**
     * A series.
     *
     * @param points with rising time, at least one
     */
    record Line(String name, List<Point> points) {
        Line {
            points = List.copyOf(points);
        }

        double last() {
            return points.getLast().y();
        }

        double lowest() {
            return points.stream().mapToDouble(Point::y).min().orElseThrow();
        }

        double highest() {
            return points.stream().mapToDouble(Point::y).max().orElseThrow();
        }

        double average() {
            return points.stream().mapToDouble(Point::y).average().orElseThrow();
        }
    }

    @Override
    public Optional<List<Line>> read(Written output) {
        try {
            JsonNode json = Json.tree(output.text());
            return json.isArray() && json.size() <= MOST_LINES ? lines(json) : Optional.empty();
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Line>> lines(JsonNode list) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode one : list) {
            JsonNode values = one.path("values");
            if (!one.path("metric").isObject() || !values.isArray()) {
                return Optional.empty();
            }
            List<Point> points = new ArrayList<>();
            for (JsonNode pair : values) {
                OptionalDouble value = number(pair.path(1));
                if (!pair.isArray()
                        || !pair.path(0).isNumber()
                        || (value.isEmpty() && !pair.path(1).isTextual())) {
                    return Optional.empty();
                }
                value.ifPresent(y -> points.add(new Point(pair.path(0).asDouble(), y)));
            }
            if (!points.isEmpty()) {
                points.sort(Comparator.comparingDouble(Point::x));
                lines.add(new Line(name(one.path("metric")), points));
            }
        }
        lines.sort(Comparator.comparingDouble((Line line) -> -line.highest()).thenComparing(Line::name));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }

    private static OptionalDouble number(JsonNode value) {
        try {
            double number = Double.parseDouble(value.asText());
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** {@code node_load1 instance=web-01:9100}: the name, and what tells it from the others. */
    private static String name(JsonNode metric) {
        String labels = metric.properties().stream()
                .filter(label -> !label.getKey().equals("__name__"))
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(" "));
        String name = (metric.path("__name__").asText("") + " " + labels).strip();
        return name.isEmpty() ? "value" : name;
    }

    @Override
    public Seen seen(List<Line> one) {
        return new Seen(Level.OK, null, List.of(new Fact("rows", "", one.size())));
    }

    @Override
    public Laid laid(String what, List<Of<List<Line>>> all, boolean alone) {
        List<Line> lines = lines(all, alone);
        Line first = lines.getFirst();
        String sentence = Phrases.quoted(Phrases.cut(first.name, NAME)) + ": " + Phrases.number(first.lowest()) + " to "
                + Phrases.number(first.highest()) + ", last " + Phrases.number(first.last());
        if (lines.size() == 1) {
            return new Laid(sentence, Optional.empty());
        }
        List<ReadTable.Row> rows = lines.stream()
                .map(line -> new ReadTable.Row(
                        List.of(
                                Phrases.cut(line.name, NAME),
                                Phrases.number(line.last()),
                                Phrases.number(line.lowest()),
                                Phrases.number(line.average()),
                                Phrases.number(line.highest())),
                        null,
                        Level.OK))
                .toList();
        return new Laid(
                "Highest: " + sentence + "; " + Phrases.others(lines.size() - 1),
                Optional.of(ReadTable.of(COLUMNS, -1, rows)));
    }

    @Override
    public Optional<Chart> chart(String what, List<Of<List<Line>>> all, boolean alone) {
        List<Series> series = lines(all, alone).stream()
                .filter(line -> line.points.size() > 1)
                .map(line -> new Series(Phrases.cut(line.name, NAME), Level.OK, thinned(line.points)))
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(Chart.of(
                        Phrases.cut(what.isEmpty() ? "Values" : what, NAME), Shape.OVER_TIME, "", null, series));
    }

    /** The highest first, each with its server where there are several. */
    private static List<Line> lines(List<Of<List<Line>>> all, boolean alone) {
        return all.stream()
                .flatMap(one -> one.value().stream()
                        .map(line -> alone ? line : new Line(one.subject() + ": " + line.name, line.points)))
                .sorted(Comparator.comparingDouble((Line line) -> -line.highest())
                        .thenComparing(Line::name))
                .toList();
    }

    /** As many points as a picture is wide, of each stretch the highest, so that no peak is lost. */
    private static List<Point> thinned(List<Point> points) {
        if (points.size() <= Chart.MAX_POINTS) {
            return points;
        }
        List<Point> thinned = new ArrayList<>();
        for (int at = 0; at < Chart.MAX_POINTS; at++) {
            int from = (int) ((long) at * points.size() / Chart.MAX_POINTS);
            int to = (int) ((long) (at + 1) * points.size() / Chart.MAX_POINTS);
            thinned.add(points.subList(from, to).stream()
                    .max(Comparator.comparingDouble(Point::y))
                    .orElseThrow());
        }
        return thinned;
    }
}
