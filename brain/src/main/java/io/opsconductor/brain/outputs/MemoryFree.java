package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code free -m} and {@code free -h}, of procps and busybox, and the first lines of {@code /proc/meminfo}. Bare numbers of
 * free are mebibytes. What is in use is what is not available: memory that only caches files counts as available.
 */
final class MemoryFree implements Kind<MemoryFree.Memory> {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12}(?:[.,]\\d{1,2})?)([KMGTP]?)i?B?");
    private static final Pattern ROW = Pattern.compile("\\p{L}[\\p{L}./ +-]{0,24}:\\s.*");
    private static final Pattern MEMINFO = Pattern.compile("(MemTotal|MemAvailable):\\s{1,40}(\\d{1,12}) kB");
    private static final String UNITS = "KMGTP";
    private static final int COLUMNS_OF_FREE = 6;
    private static final List<String> COLUMNS = List.of("target", "in use", "available", "memory");

    /** In kibibytes, both more than 0 or 0 only for what is available. */
    record Memory(long total, long available) {
        int percent() {
            return (int) Math.round(100.0 * (total - available) / total);
        }
    }

    @Override
    public Optional<Memory> read(Written output) {
        Optional<Memory> memory = meminfo(output.lines()).or(() -> free(output.lines()));
        return memory.filter(one -> one.total > 0 && one.available >= 0 && one.available <= one.total);
    }

    private static Optional<Memory> meminfo(List<String> lines) {
        long total = -1;
        long available = -1;
        for (String line : lines) {
            Matcher field = MEMINFO.matcher(line);
            if (field.matches()) {
                long value = Long.parseLong(field.group(2));
                if (field.group(1).equals("MemTotal")) {
                    total = value;
                } else {
                    available = value;
                }
            }
        }
        return total < 0 || available < 0 ? Optional.empty() : Optional.of(new Memory(total, available));
    }

    private static Optional<Memory> free(List<String> lines) {
        for (int at = 0; at + 1 < lines.size(); at++) {
            String row = lines.get(at + 1);
            List<String> header =
                    List.of(lines.get(at).strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
            if (!ROW.matcher(row).matches() || header.size() < 3) {
                continue;
            }
            List<Double> amounts = amounts(row.substring(row.indexOf(':') + 1));
            if (header.equals(List.of("total", "used", "free", "shared", "buff/cache", "available"))
                    || isNewForm(header, amounts)) {
                return amounts.size() == COLUMNS_OF_FREE
                        ? Optional.of(new Memory(Math.round(amounts.get(0)), Math.round(amounts.get(5))))
                        : Optional.empty();
            }
            // Before 2014, and in small busyboxes, what is really free stands in a line of its own.
            return header.getFirst().equals("total") && !amounts.isEmpty()
                    ? withoutBuffers(lines).map(free -> new Memory(Math.round(amounts.getFirst()), Math.round(free)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether the columns are those of today in another language: their sums say so. */
    private static boolean isNewForm(List<String> header, List<Double> amounts) {
        if (header.size() != COLUMNS_OF_FREE || amounts.size() != COLUMNS_OF_FREE || header.contains("cached")) {
            return false;
        }
        double total = amounts.get(0);
        double sum = amounts.get(1) + amounts.get(2) + amounts.get(4);
        boolean differs = amounts.get(4) > total / 50;
        boolean adds =
                Math.abs(sum - total) < total / 50 || Math.abs(amounts.get(1) + amounts.get(5) - total) < total / 50;
        return differs && adds && amounts.get(5) >= amounts.get(2) / 2;
    }

    private static Optional<Double> withoutBuffers(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("-/+ buffers")) {
                List<Double> amounts = amounts(line.substring(line.indexOf(':') + 1));
                return amounts.size() == 2 ? Optional.of(amounts.get(1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** In kibibytes; none at all when one of them is no amount. */
    private static List<Double> amounts(String row) {
        List<Double> amounts = new ArrayList<>();
        for (String word : row.strip().split("\\s+", -1)) {
            Matcher amount = AMOUNT.matcher(word);
            if (!amount.matches()) {
                return List.of();
            }
            boolean bytes = amount.group(2).isEmpty() && word.endsWith("B");
            int unit = amount.group(2).isEmpty() ? 1 : UNITS.indexOf(amount.group(2));
            double number = Double.parseDouble(amount.group(1).replace(',', '.'));
            amounts.add(bytes ? number / 1024 : number * Math.pow(1024, unit));
        }
        return amounts;
    }

    @Override
    public Seen seen(Memory one) {
        return new Seen(Level.ofUse(one.percent()), null, List.of(new Fact("memory", "%", one.percent())));
    }

    @Override
    public Laid laid(String what, List<Of<Memory>> all, boolean alone) {
        List<Of<Memory>> sorted = all.stream()
                .sorted(Comparator.comparingInt((Of<Memory> one) -> -one.value().percent())
                        .thenComparing(Of::subject))
                .toList();
        Of<Memory> worst = sorted.getFirst();
        String figures = worst.value().percent() + "% of memory in use, " + Phrases.size(worst.value().available)
                + " of " + Phrases.size(worst.value().total) + " available";
        if (sorted.size() == 1) {
            return new Laid(worst.subject() + ": " + figures, Optional.empty());
        }
        int close = (int) sorted.stream()
                .skip(1)
                .filter(one -> Level.ofUse(one.value().percent()) != Level.OK)
                .count();
        int fine = sorted.size() - 1 - close;
        String others = close == 0
                ? Phrases.others(fine) + " below 80%"
                : Phrases.others(close) + " at 80% or more" + (fine == 0 ? "" : ", " + fine + " below");
        List<ReadTable.Row> rows = sorted.stream()
                .map(one -> new ReadTable.Row(
                        List.of(
                                one.subject(),
                                one.value().percent() + "%",
                                Phrases.size(one.value().available),
                                Phrases.size(one.value().total)),
                        one.value().percent(),
                        Level.ofUse(one.value().percent())))
                .toList();
        return new Laid(
                "Least left: " + worst.subject() + ", " + figures + "; " + others,
                Optional.of(ReadTable.of(COLUMNS, 1, rows)));
    }
}
