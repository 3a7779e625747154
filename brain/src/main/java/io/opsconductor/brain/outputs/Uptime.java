package io.opsconductor.brain.outputs;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code uptime} of Linux, busybox and BSD, and {@code /proc/uptime} with {@code /proc/loadavg}. */
final class Uptime implements Kind<Uptime.Up> {
    private static final Pattern LOAD = Pattern.compile(
            "load averages?: (\\d{1,6}[.,]\\d{1,2}),? {1,2}(\\d{1,6}[.,]\\d{1,2}),? {1,2}(\\d{1,6}[.,]\\d{1,2})$");
    private static final Pattern SINCE = Pattern.compile(
            "\\bup {1,3}(?:(\\d{1,5}) days?, {1,3})?(?:(\\d{1,2}):(\\d{2})|(\\d{1,2}) min|(\\d{1,2}) secs?)?");
    private static final Pattern PROC_UPTIME = Pattern.compile("(\\d{1,12})\\.\\d{2} \\d{1,14}\\.\\d{2}");
    private static final Pattern PROC_LOAD =
            Pattern.compile("(\\d{1,6}\\.\\d{2}) (\\d{1,6}\\.\\d{2}) (\\d{1,6}\\.\\d{2}) \\d{1,7}/\\d{1,7} \\d{1,9}");
    private static final int LONGEST = 300;
    private static final List<String> COLUMNS = List.of("target", "up", "1 min", "5 min", "15 min");

    /**
     * What it says.
     *
     * @param minutes since it was started; -1 when it is not known
     * @param one load average over a minute
     * @param five over five minutes
     * @param fifteen over a quarter of an hour
     */
    record Up(long minutes, double one, double five, double fifteen) {
        String since() {
            long days = minutes / (24 * 60);
            long hours = minutes / 60;
            return minutes < 0
                    ? "?"
                    : days > 1
                            ? days + " days"
                            : days == 1
                                    ? "1 day"
                                    : hours > 0 ? hours + " h " + minutes % 60 + " min" : minutes + " min";
        }
    }

    @Override
    public Optional<Up> read(Written output) {
        List<String> lines =
                output.lines().stream().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() > LONGEST)) {
            return Optional.empty();
        }
        if (lines.size() == 2) {
            Matcher up = PROC_UPTIME.matcher(lines.get(0).strip());
            Matcher load = PROC_LOAD.matcher(lines.get(1).strip());
            return up.matches() && load.matches()
                    ? Optional.of(up(Long.parseLong(up.group(1)) / 60, load))
                    : Optional.empty();
        }
        Matcher load = LOAD.matcher(lines.getFirst().strip());
        return lines.size() == 1 && load.find() ? Optional.of(up(minutes(lines.getFirst()), load)) : Optional.empty();
    }

    private static Up up(long minutes, Matcher load) {
        return new Up(minutes, number(load.group(1)), number(load.group(2)), number(load.group(3)));
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(',', '.'));
    }

    private static long minutes(String line) {
        Matcher since = SINCE.matcher(line);
        if (!since.find() || since.group().strip().equals("up")) {
            return -1;
        }
        return part(since, 1) * 24 * 60 + part(since, 2) * 60 + part(since, 3) + part(since, 4);
    }

    private static long part(Matcher since, int group) {
        return since.group(group) == null ? 0 : Long.parseLong(since.group(group));
    }

    /** How much load is too much depends on the processors, which it does not tell. */
    @Override
    public Seen seen(Up one) {
        return new Seen(Level.OK, null, List.of(new Fact("load", "", one.one)));
    }

    @Override
    public Laid laid(String what, List<Of<Up>> all, boolean alone) {
        List<Of<Up>> sorted = all.stream()
                .sorted(Comparator.comparingDouble((Of<Up> one) -> -one.value().one)
                        .thenComparing(Of::subject))
                .toList();
        Of<Up> busiest = sorted.getFirst();
        String figures = "load " + Phrases.number(busiest.value().one) + " over the last minute"
                + (busiest.value().minutes < 0 ? "" : ", up " + busiest.value().since());
        if (sorted.size() == 1) {
            return new Laid(busiest.subject() + ": " + figures, Optional.empty());
        }
        List<ReadTable.Row> rows = sorted.stream()
                .map(one -> new ReadTable.Row(
                        List.of(
                                one.subject(),
                                one.value().since(),
                                Phrases.number(one.value().one),
                                Phrases.number(one.value().five),
                                Phrases.number(one.value().fifteen)),
                        null,
                        Level.OK))
                .toList();
        return new Laid(
                "Busiest: " + busiest.subject() + ", " + figures + "; " + Phrases.others(sorted.size() - 1) + " at "
                        + Phrases.number(sorted.get(1).value().one) + " or less",
                Optional.of(ReadTable.of(COLUMNS, -1, rows)));
    }
}
