package io.opsconductor.brain.outputs;

import io.opsconductor.brain.outputs.Rows.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Samples of {@code vmstat}: the first one is the average since the start and is left out where there are others. */
final class Samples implements Kind<Sheet> {
    private static final Pattern GROUPS = Pattern.compile("procs\\s+-+memory-+.*");
    private static final Pattern TITLES = Pattern.compile("\\s*r\\s+b\\s+swpd\\s.*\\sid\\s+wa(\\s.*)?");
    private static final Pattern FIGURES = Pattern.compile("[\\d\\s]+");
    private static final int MOST_COLUMNS = 12;
    private static final List<String> LEFT_OUT = List.of("swpd", "buff", "cache", "in", "st", "gu");

    private final Rows rows = new Rows();

    @Override
    public Optional<Sheet> read(Written output) {
        List<String> header = List.of();
        List<List<String>> samples = new ArrayList<>();
        for (String line : output.lines()) {
            if (TITLES.matcher(line).matches()) {
                header = words(line);
            } else if (FIGURES.matcher(line).matches()
                    && !line.isBlank()
                    && words(line).size() == header.size()) {
                samples.add(words(line));
            } else if (!line.isBlank() && !GROUPS.matcher(line).matches()) {
                return Optional.empty();
            }
        }
        if (header.isEmpty() || samples.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> counted = samples.size() > 1 ? samples.subList(1, samples.size()) : samples;
        List<String> titles = header;
        List<String> kept = titles.stream()
                .filter(title -> !LEFT_OUT.contains(title))
                .limit(MOST_COLUMNS)
                .toList();
        return Optional.of(new Sheet(
                kept,
                counted.stream()
                        .map(sample -> kept.stream()
                                .map(title -> sample.get(titles.indexOf(title)))
                                .toList())
                        .toList()));
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.strip().split("\\s+", -1));
    }

    @Override
    public Seen seen(Sheet one) {
        return new Seen(Level.OK, null, List.of(new Fact("cpu", "%", 100 - least(one, "id"))));
    }

    @Override
    public Laid laid(String what, List<Of<Sheet>> all, boolean alone) {
        String sentence = all.stream()
                .limit(5)
                .map(one -> one.subject() + ": CPU idle " + least(one.value(), "id") + "% at least, waiting for disks "
                        + most(one.value(), "wa") + "% at most, " + most(one.value(), "r") + " running and "
                        + most(one.value(), "b") + " blocked at most")
                .collect(Collectors.joining("; "));
        return new Laid(sentence, rows.laid(what, all, alone).table());
    }

    private static long least(Sheet sheet, String title) {
        return figures(sheet, title).stream().mapToLong(Long::longValue).min().orElse(0);
    }

    private static long most(Sheet sheet, String title) {
        return figures(sheet, title).stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static List<Long> figures(Sheet sheet, String title) {
        int at = sheet.header().indexOf(title);
        return sheet.rows().stream()
                .map(row -> row.get(at))
                .filter(cell -> cell.length() <= 18)
                .map(Long::parseLong)
                .toList();
    }
}
