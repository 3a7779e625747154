package io.opsconductor.brain.outputs;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A status line such as {@code HTTP 200} or {@code HTTP/1.1 200 OK}, and a line {@code time 0.12 s}. */
final class HttpStatus implements Kind<HttpStatus.Answer> {
    private static final Pattern STATUS = Pattern.compile("HTTP(?:/[123](?:\\.[01])?)? (\\d{3})(?: .{0,80})?");
    private static final Pattern TIME = Pattern.compile("time (\\d{1,5}(?:[.,]\\d{1,9})?) s");
    private static final List<String> COLUMNS = List.of("address", "status", "time");

    /**
     * What it says.
     *
     * @param status 100 to 599; 0 when there was no answer
     * @param ms null when it is not known
     */
    record Answer(int status, @Nullable Double ms) {
        Level level() {
            return status == 0 || status >= 400 ? Level.BAD : Level.OK;
        }

        String words() {
            return status == 0 ? "no answer" : Integer.toString(status);
        }

        String time() {
            return ms == null ? "" : Phrases.number(ms) + " ms";
        }
    }

    @Override
    public Optional<Answer> read(Written output) {
        List<String> lines = output.lines();
        Matcher status = STATUS.matcher(lines.isEmpty() ? "" : lines.getFirst().strip());
        if (!status.matches()) {
            return Optional.empty();
        }
        int code = Integer.parseInt(status.group(1));
        if (code != 0 && (code < 100 || code > 599)) {
            return Optional.empty();
        }
        Double ms = null;
        for (String line : lines) {
            Matcher time = TIME.matcher(line.strip());
            if (time.matches() && ms == null) {
                ms = Double.parseDouble(time.group(1).replace(',', '.')) * 1000;
            }
        }
        return Optional.of(new Answer(code, code == 0 ? null : ms));
    }

    @Override
    public Seen seen(Answer one) {
        return new Seen(
                one.level(),
                one.level() == Level.OK,
                one.ms == null ? List.of() : List.of(new Fact("time", "ms", one.ms)));
    }

    @Override
    public Laid laid(String what, List<Of<Answer>> all, boolean alone) {
        List<Of<Answer>> sorted = all.stream()
                .sorted(Comparator.comparing((Of<Answer> one) -> one.value().level(), Comparator.reverseOrder())
                        .thenComparingDouble(one -> one.value().ms == null ? 0 : -one.value().ms)
                        .thenComparing(Of::subject))
                .toList();
        if (sorted.size() == 1) {
            return new Laid(sentence(sorted.getFirst()), Optional.empty());
        }
        List<String> wrong = sorted.stream()
                .filter(one -> one.value().level() != Level.OK)
                .map(one -> one.subject() + " (" + one.value().words() + ")")
                .toList();
        int good = sorted.size() - wrong.size();
        String sentence = wrong.isEmpty()
                ? "All " + sorted.size() + " addresses answer without an error"
                : "Not answering well: " + Phrases.some(wrong, 4)
                        + (good == 0 ? "" : "; " + Phrases.others(good) + " without an error");
        List<ReadTable.Row> rows = sorted.stream()
                .map(one -> new ReadTable.Row(
                        List.of(one.subject(), one.value().words(), one.value().time()),
                        null,
                        one.value().level()))
                .toList();
        return new Laid(sentence, Optional.of(ReadTable.of(COLUMNS, -1, rows)));
    }

    private static String sentence(Of<Answer> one) {
        return one.value().status == 0
                ? one.subject() + " gave no answer"
                : one.subject() + " answered " + one.value().status
                        + (one.value().ms == null ? "" : " in " + one.value().time());
    }
}
