package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code df}, with or without {@code -h} and {@code -P}, of GNU, busybox and BSD, in any language: it is read by the form of
 * its lines, not by its words. Counts of inodes ({@code df -i}) are not sizes and are left alone.
 */
final class DiskFree implements Kind<List<DiskFree.FileSystem>> {
    private static final Pattern SIZE = Pattern.compile("\\d{1,15}(?:[.,]\\d{1,3})?[KMGTPEkmgt]?i?B?");
    private static final Pattern BARE = Pattern.compile("\\d{1,15}");
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}%");
    private static final Pattern INODES = Pattern.compile("(?i)\\bi(?:nodes?|used|free|use%)|in.?uds");
    private static final Pattern KIBIBYTES = Pattern.compile("\\b(?:1K|1024)\\b");
    private static final Pattern IN_MEMORY =
            Pattern.compile("tmpfs|devtmpfs|udev|none|shm|ramfs|efivarfs|cgroup.*|run");
    private static final String IMAGE = "/dev/loop";
    private static final int MOST = 500;
    private static final int COLUMNS_OF_DF = 5;
    /** From so many targets on a picture says more than a table. */
    private static final int FLEET = 3;

    private static final List<String> COLUMNS = List.of("target", "file system", "in use", "free", "used", "size");

    /**
     * A line of it.
     *
     * @param mount where it is mounted, as written
     * @param percent in use, 0 to 100
     */
    record FileSystem(String device, String mount, String size, String used, String free, int percent) {}

    @Override
    public Optional<List<FileSystem>> read(Written output) {
        List<FileSystem> all = new ArrayList<>();
        String header = "";
        String device = "";
        for (String line : output.lines()) {
            Optional<FileSystem> found =
                    fileSystem(device + line, KIBIBYTES.matcher(header).find());
            device = "";
            if (found.isPresent()) {
                all.add(found.get());
            } else if (words(header) >= COLUMNS_OF_DF && words(line) == 1) {
                // A long device stands on a line of its own.
                device = line + " ";
            } else if (all.isEmpty() && words(line) > 0) {
                // The last line before the figures is the header.
                header = line;
            } else if (words(line) > 0 && !line.contains(" - /")) {
                // Of what has no size, such as "proc 0 0 0 - /proc", there is nothing to say; anything else is no df.
                return Optional.empty();
            }
        }
        boolean odd = all.size() > MOST
                || !device.isEmpty()
                || words(header) < COLUMNS_OF_DF
                || INODES.matcher(header).find();
        List<FileSystem> telling = telling(all);
        return odd || telling.isEmpty() ? Optional.empty() : Optional.of(telling);
    }

    private static int words(String line) {
        return line.isBlank() ? 0 : line.strip().split("\\s+", -1).length;
    }

    private static Optional<FileSystem> fileSystem(String line, boolean kibibytes) {
        String[] words = line.strip().split("\\s+", -1);
        for (int at = 4; at + 1 < words.length; at++) {
            if (PERCENT.matcher(words[at]).matches() && words[at + 1].startsWith("/")) {
                List<String> sizes = List.of(words[at - 3], words[at - 2], words[at - 1]);
                int percent = Integer.parseInt(words[at].substring(0, words[at].length() - 1));
                boolean fits = percent <= 100
                        && sizes.stream().allMatch(size -> SIZE.matcher(size).matches())
                        && (kibibytes || sizes.stream().noneMatch(DiskFree::isBare));
                if (!fits) {
                    return Optional.empty();
                }
                List<String> shown = sizes.stream().map(DiskFree::shown).toList();
                String mount = String.join(" ", List.of(words).subList(at + 1, words.length));
                return Optional.of(new FileSystem(words[0], mount, shown.get(0), shown.get(1), shown.get(2), percent));
            }
        }
        return Optional.empty();
    }

    private static boolean isBare(String size) {
        return BARE.matcher(size).matches() && !size.equals("0");
    }

    private static String shown(String size) {
        return BARE.matcher(size).matches() && !size.equals("0") ? Phrases.size(Long.parseLong(size)) : size;
    }

    /**
     * Without what is always full (images), what is only memory and not close to full, and the same device once more.
     * When nothing else was asked for, what was asked for.
     */
    private static List<FileSystem> telling(List<FileSystem> all) {
        Set<String> devices = new HashSet<>();
        List<FileSystem> telling = all.stream()
                .filter(one -> !one.device.startsWith(IMAGE))
                .filter(one -> !IN_MEMORY.matcher(one.device).matches() || Level.ofUse(one.percent) != Level.OK)
                .sorted(Comparator.comparingInt(one -> one.mount.length()))
                .filter(one -> !one.device.startsWith("/dev/")
                        || devices.add(String.join(" ", one.device, one.size, one.used, one.free)))
                .toList();
        List<FileSystem> kept = telling.isEmpty() ? all : telling;
        return kept.stream()
                .sorted(Comparator.comparingInt((FileSystem one) -> -one.percent)
                        .thenComparing(FileSystem::mount))
                .toList();
    }

    @Override
    public Seen seen(List<FileSystem> one) {
        int most = one.getFirst().percent;
        return new Seen(Level.ofUse(most), null, List.of(new Fact("disk", "%", most)));
    }

    private record Line(String subject, FileSystem system) {}

    @Override
    public Laid laid(String what, List<Of<List<FileSystem>>> all, boolean alone) {
        List<Line> lines = all.stream()
                .flatMap(one -> one.value().stream().map(system -> new Line(one.subject(), system)))
                .sorted(Comparator.comparingInt((Line line) -> -line.system.percent)
                        .thenComparing(Line::subject)
                        .thenComparing(line -> line.system.mount))
                .toList();
        FileSystem fullest = lines.getFirst().system;
        String figures = fullest.percent + "% used, " + fullest.free + " free";
        String where = Phrases.quoted(fullest.mount) + " on " + lines.getFirst().subject;
        if (lines.size() == 1) {
            return new Laid(where + ": " + figures, Optional.empty());
        }
        List<ReadTable.Row> rows = lines.stream().map(line -> row(line, alone)).toList();
        return new Laid(
                "Fullest: " + where + ", " + figures + "; " + others(lines),
                Optional.of(ReadTable.of(alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS, alone ? 1 : 2, rows)));
    }

    /** The fullest file system of each of several targets. */
    @Override
    public Optional<Chart> chart(String what, List<Of<List<FileSystem>>> all, boolean alone) {
        if (all.size() < FLEET) {
            return Optional.empty();
        }
        List<Chart.Series> bars = all.stream()
                .map(one -> new Line(one.subject(), one.value().getFirst()))
                .sorted(Comparator.comparingInt((Line line) -> -line.system.percent)
                        .thenComparing(Line::subject))
                .map(DiskFree::bar)
                .toList();
        return Optional.of(Chart.of("Fullest file system of each target", Chart.Shape.BARS, "%", 100.0, bars));
    }

    private static Chart.Series bar(Line line) {
        return new Chart.Series(
                line.subject + " " + Phrases.cut(line.system.mount, 24),
                Level.ofUse(line.system.percent),
                List.of(new Chart.Point(0, line.system.percent)));
    }

    private static String others(List<Line> lines) {
        int close = (int) lines.stream()
                .skip(1)
                .filter(line -> Level.ofUse(line.system.percent) != Level.OK)
                .count();
        int fine = lines.size() - 1 - close;
        if (close == 0) {
            return Phrases.others(fine) + " below 80%";
        }
        return Phrases.others(close) + " at 80% or more" + (fine == 0 ? "" : ", " + fine + " below");
    }

    private static ReadTable.Row row(Line line, boolean alone) {
        FileSystem system = line.system;
        List<String> cells = new ArrayList<>();
        if (!alone) {
            cells.add(line.subject);
        }
        cells.addAll(
                List.of(Phrases.cut(system.mount, 80), system.percent + "%", system.free, system.used, system.size));
        return new ReadTable.Row(cells, system.percent, Level.ofUse(system.percent));
    }
}
