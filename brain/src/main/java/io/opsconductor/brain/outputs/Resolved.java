package io.opsconductor.brain.outputs;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of a host name: {@code getent ahosts} and {@code getent hosts}, {@code dig +short}, and {@code host}. */
final class Resolved implements Kind<Resolved.Addresses> {
    private static final String ADDRESS =
            "((?:\\d{1,3}\\.){3}\\d{1,3}|(?=[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:)[0-9a-fA-F:.]{2,45})";
    private static final Pattern GETENT =
            Pattern.compile(ADDRESS + "(?:\\s+(?:STREAM|DGRAM|RAW)\\b.{0,300}|\\s+\\S.{0,300})?");
    private static final Pattern HOST = Pattern.compile("\\S{1,255} has (?:IPv6 )?address " + ADDRESS);
    private static final Pattern ASIDE =
            Pattern.compile("\\S{1,255}\\.|\\S{1,255} (?:is an alias for|mail is handled by) .{1,300}|;.{0,300}");
    private static final Pattern NOT_FOUND = Pattern.compile("Host \\S{1,255} not found: .{1,60}");
    private static final int GETENT_FOUND_NONE = 2;
    private static final int MOST = 64;
    private static final int NAMED = 4;
    private static final List<String> COLUMNS = List.of("name", "addresses");

    /** Each once, in the order that they were written; none for a name that nobody knows. */
    record Addresses(List<String> all) {
        Addresses {
            all = List.copyOf(all);
        }
    }

    @Override
    public Optional<Addresses> read(Written output) {
        List<String> lines = output.lines().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        boolean none = lines.isEmpty() && output.errors().isEmpty() && output.exitCode() == GETENT_FOUND_NONE;
        boolean unknown =
                lines.size() == 1 && NOT_FOUND.matcher(lines.getFirst()).matches() && output.exitCode() > 0;
        if (none || unknown) {
            return Optional.of(new Addresses(List.of()));
        }
        if (output.exitCode() != 0) {
            return Optional.empty();
        }
        Set<String> addresses = new LinkedHashSet<>();
        for (String line : lines) {
            Matcher getent = GETENT.matcher(line);
            Matcher host = HOST.matcher(line);
            if (getent.matches()) {
                addresses.add(getent.group(1));
            } else if (host.matches()) {
                addresses.add(host.group(1));
            } else if (!ASIDE.matcher(line).matches()) {
                return Optional.empty();
            }
        }
        return addresses.isEmpty() || addresses.size() > MOST
                ? Optional.empty()
                : Optional.of(new Addresses(List.copyOf(addresses)));
    }

    @Override
    public Seen seen(Addresses one) {
        return new Seen(level(one), !one.all.isEmpty(), List.of());
    }

    private static Level level(Addresses one) {
        return one.all.isEmpty() ? Level.BAD : Level.OK;
    }

    @Override
    public Laid laid(String what, List<Of<Addresses>> all, boolean alone) {
        List<Of<Addresses>> sorted = all.stream()
                .sorted(Comparator.comparing((Of<Addresses> one) -> level(one.value()), Comparator.reverseOrder())
                        .thenComparing(Of::subject))
                .toList();
        if (sorted.size() == 1) {
            Of<Addresses> only = sorted.getFirst();
            return new Laid(
                    only.value().all.isEmpty()
                            ? only.subject() + " does not resolve"
                            : only.subject() + " resolves to " + Phrases.some(only.value().all, NAMED),
                    Optional.empty());
        }
        List<String> not = sorted.stream()
                .filter(one -> one.value().all.isEmpty())
                .map(Of::subject)
                .toList();
        int known = sorted.size() - not.size();
        String sentence = not.isEmpty()
                ? "All " + sorted.size() + " resolve"
                : Phrases.some(not, NAMED) + (not.size() == 1 ? " does" : " do") + " not resolve"
                        + (known == 0 ? "" : "; " + Phrases.others(known) + (known == 1 ? " does" : " do"));
        List<ReadTable.Row> rows = sorted.stream()
                .map(one -> new ReadTable.Row(
                        List.of(one.subject(), String.join(", ", one.value().all)), null, level(one.value())))
                .toList();
        return new Laid(sentence, Optional.of(ReadTable.of(COLUMNS, -1, rows)));
    }
}
