package io.opsconductor.brain.outputs;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The end of what {@code ping} of iputils, busybox or BSD writes. */
final class Ping implements Kind<Ping.Answers> {
    private static final Pattern PACKETS = Pattern.compile(
            "(\\d{1,6}) packets transmitted, (\\d{1,6})(?: packets)? received,"
                    + "(?: \\+\\d{1,6} (?:errors|duplicates),){0,3} (\\d{1,3}(?:[.,]\\d{1,6})?)% packet loss(?:, .{0,40})?");
    private static final Pattern TIMES = Pattern.compile(
            "(?:rtt|round-trip) min/avg/max(?:/(?:mdev|stddev))? = [\\d.,]{1,12}/(\\d{1,7}(?:[.,]\\d{1,6})?)/[\\d.,]{1,12}(?:/[\\d.,]{1,12})? ms.{0,40}");
    private static final Pattern ANSWER =
            Pattern.compile(".{0,200}\\b(?:icmp_)?seq=(\\d{1,5}) .{0,40}time=(\\d{1,7}(?:[.,]\\d{1,6})?) ms.{0,20}");
    private static final List<String> COLUMNS = List.of("host", "packets", "loss", "average");
    /** Of so many answers of one host a picture says more than their average. */
    private static final int COURSE = 3;

    /**
     * What it says.
     *
     * @param received at most {@code sent}
     * @param averageMs null when none came back
     * @param times in milliseconds by the number of the packet, as far as it says them
     */
    record Answers(int sent, int received, @Nullable Double averageMs, List<Chart.Point> times) {
        Answers {
            times = List.copyOf(times);
        }

        int loss() {
            return (int) Math.round(100.0 * (sent - received) / sent);
        }

        Level level() {
            return received == 0 ? Level.BAD : received < sent ? Level.WARN : Level.OK;
        }

        String average() {
            return averageMs == null ? "" : Phrases.number(averageMs) + " ms";
        }
    }

    @Override
    public Optional<Answers> read(Written output) {
        Answers found = null;
        SortedMap<Integer, Double> times = new TreeMap<>();
        for (String line : output.lines()) {
            Matcher packets = PACKETS.matcher(line.strip());
            Matcher average = TIMES.matcher(line.strip());
            Matcher answer = ANSWER.matcher(line.strip());
            if (answer.matches()) {
                // A packet that is answered twice counts as it was answered first.
                times.putIfAbsent(Integer.parseInt(answer.group(1)), milliseconds(answer.group(2)));
            } else if (packets.matches()) {
                if (found != null) {
                    return Optional.empty();
                }
                found = new Answers(
                        Integer.parseInt(packets.group(1)), Integer.parseInt(packets.group(2)), null, List.of());
                boolean fits = found.sent > 0
                        && found.received <= found.sent
                        && Math.abs(found.loss()
                                        - Double.parseDouble(packets.group(3).replace(',', '.')))
                                <= 1;
                if (!fits) {
                    return Optional.empty();
                }
            } else if (average.matches() && found != null && found.received > 0) {
                found = new Answers(found.sent, found.received, milliseconds(average.group(1)), List.of());
            }
        }
        return Optional.ofNullable(found)
                .map(one -> new Answers(one.sent, one.received, one.averageMs, points(times, one.received)));
    }

    private static double milliseconds(String written) {
        return Double.parseDouble(written.replace(',', '.'));
    }

    /** What contradicts the count is not drawn. */
    private static List<Chart.Point> points(SortedMap<Integer, Double> times, int received) {
        return times.size() > received
                ? List.of()
                : times.entrySet().stream()
                        .map(time -> new Chart.Point(time.getKey(), time.getValue()))
                        .limit(Chart.MAX_POINTS)
                        .toList();
    }

    @Override
    public Optional<Chart> chart(String what, List<Of<Answers>> all, boolean alone) {
        List<Chart.Series> lines = all.stream()
                .filter(one -> one.value().times.size() >= COURSE)
                .map(one -> new Chart.Series(
                        Phrases.cut(one.subject(), 60), one.value().level(), one.value().times))
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(Chart.of("Time of each answer", Chart.Shape.IN_ORDER, "ms", null, lines));
    }

    @Override
    public Seen seen(Answers one) {
        Fact loss = new Fact("loss", "%", one.loss());
        return new Seen(
                one.level(),
                one.received > 0,
                one.averageMs == null ? List.of(loss) : List.of(loss, new Fact("time", "ms", one.averageMs)));
    }

    @Override
    public Laid laid(String what, List<Of<Answers>> all, boolean alone) {
        List<Of<Answers>> sorted = all.stream()
                .sorted(Comparator.comparingInt(
                                (Of<Answers> one) -> -one.value().loss())
                        .thenComparingDouble(one -> -time(one.value()))
                        .thenComparing(Of::subject))
                .toList();
        if (sorted.size() == 1) {
            return new Laid(alone(sorted.getFirst()), Optional.empty());
        }
        List<String> silent = sorted.stream()
                .filter(one -> one.value().received == 0)
                .map(Of::subject)
                .toList();
        List<String> losing = sorted.stream()
                .filter(one -> one.value().level() == Level.WARN)
                .map(one -> one.subject() + " (" + one.value().loss() + "% lost)")
                .toList();
        int answering = sorted.size() - silent.size();
        String sentence = silent.isEmpty()
                ? "All " + sorted.size() + " answer"
                : Phrases.some(silent, 5) + (silent.size() == 1 ? " does" : " do") + " not answer"
                        + (answering == 0 ? "" : "; " + Phrases.others(answering) + (answering == 1 ? " does" : " do"));
        String lost = losing.isEmpty() ? "" : "; packets are lost to " + Phrases.some(losing, 5);
        Optional<Of<Answers>> slowest = sorted.stream()
                .filter(one -> one.value().averageMs != null)
                .max(Comparator.comparingDouble(one -> time(one.value())));
        String slow = slowest.map(one ->
                        "; slowest: " + one.subject() + ", " + one.value().average() + " on average")
                .orElse("");
        List<ReadTable.Row> rows = sorted.stream()
                .map(one -> new ReadTable.Row(
                        List.of(
                                one.subject(),
                                one.value().received + " of " + one.value().sent,
                                one.value().loss() + "%",
                                one.value().average()),
                        null,
                        one.value().level()))
                .toList();
        return new Laid(sentence + lost + slow, Optional.of(ReadTable.of(COLUMNS, -1, rows)));
    }

    private static double time(Answers one) {
        return one.averageMs == null ? 0 : one.averageMs;
    }

    private static String alone(Of<Answers> one) {
        Answers answers = one.value();
        if (answers.received == 0) {
            return one.subject() + " does not answer: "
                    + String.format(Locale.ROOT, "0 of %d packets came back", answers.sent);
        }
        return one.subject() + " answers: " + answers.received + " of " + answers.sent + " packets came back"
                + (answers.averageMs == null ? "" : ", " + answers.average() + " on average");
    }
}
