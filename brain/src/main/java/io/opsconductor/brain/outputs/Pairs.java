package io.opsconductor.brain.outputs;

import io.opsconductor.brain.outputs.Rows.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names with their values, a pair a line: {@code lscpu}, {@code timedatectl}, {@code key: value}. Says how machines differ. */
final class Pairs implements Kind<Sheet> {
    private static final Pattern PAIR = Pattern.compile("\\s*([^:]{1,60}?)\\s*:\\s+(\\S.*)");
    private static final List<String> HEADER = List.of("name", "value");
    private static final int MOST = 200;
    private static final int CELL = 80;

    private final Rows rows = new Rows();

    @Override
    public Optional<Sheet> read(Written output) {
        List<List<String>> pairs = new ArrayList<>();
        for (String line : output.lines()) {
            Matcher pair = PAIR.matcher(line);
            if (pair.matches()) {
                pairs.add(List.of(pair.group(1), Phrases.cut(pair.group(2), CELL)));
            } else if (!line.isBlank() && !line.stripTrailing().endsWith(":")) {
                return Optional.empty();
            }
        }
        return pairs.size() < 2 || pairs.size() > MOST ? Optional.empty() : Optional.of(new Sheet(HEADER, pairs));
    }

    @Override
    public Seen seen(Sheet one) {
        return rows.seen(one);
    }

    @Override
    public Laid laid(String what, List<Of<Sheet>> all, boolean alone) {
        Laid laid = rows.laid(what, all, alone);
        String sentence = all.stream()
                .limit(3)
                .map(one -> one.subject() + ": "
                        + one.value().rows().stream()
                                .limit(3)
                                .map(pair -> Phrases.quoted(pair.getFirst()) + " " + Phrases.quoted(pair.getLast()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return new Laid(sentence + (all.size() > 3 ? "; and " + Phrases.others(all.size() - 3) : ""), laid.table());
    }
}
