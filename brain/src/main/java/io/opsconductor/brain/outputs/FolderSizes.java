package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of folders: {@code du -h}, {@code du -k}. The one that holds the others is what their shares are of. */
final class FolderSizes implements Kind<List<FolderSizes.Folder>> {
    private static final Pattern LINE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,2})?)([KMGTP]?)\\s+(/.*)");
    private static final String UNITS = "KMGTP";
    private static final int MOST = 500;
    private static final List<String> COLUMNS = List.of("target", "folder", "size", "share");

    /** @param kibibytes as far as the output tells them */
    record Folder(String path, double kibibytes) {}

    @Override
    public Optional<List<Folder>> read(Written output) {
        List<Folder> all = new ArrayList<>();
        for (String line : output.lines()) {
            Matcher size = LINE.matcher(line);
            if (!size.matches() || all.size() == MOST) {
                return Optional.empty();
            }
            int unit = Math.max(0, UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT)));
            all.add(new Folder(size.group(3), Double.parseDouble(size.group(1)) * Math.pow(1024, unit)));
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream()
                        .sorted(Comparator.comparingDouble(Folder::kibibytes)
                                .reversed()
                                .thenComparing(Folder::path))
                        .toList());
    }

    @Override
    public Seen seen(List<Folder> one) {
        return new Seen(Level.OK, null, List.of());
    }

    @Override
    public Laid laid(String what, List<Of<List<Folder>>> all, boolean alone) {
        List<String> said = new ArrayList<>();
        List<ReadTable.Row> rows = new ArrayList<>();
        for (Of<List<Folder>> one : all) {
            Folder whole = one.value().getFirst();
            said.add(said(one.subject(), one.value()));
            for (Folder folder : one.value()) {
                int share = whole.kibibytes == 0 ? 0 : (int) Math.round(folder.kibibytes * 100 / whole.kibibytes);
                List<String> cells = new ArrayList<>(
                        List.of(Phrases.cut(folder.path, 80), Phrases.size((long) folder.kibibytes), share + "%"));
                if (!alone) {
                    cells.addFirst(one.subject());
                }
                rows.add(new ReadTable.Row(cells, share, Level.OK));
            }
        }
        return new Laid(
                String.join("; ", said.subList(0, Math.min(5, said.size()))),
                Optional.of(ReadTable.of(alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS, alone ? 2 : 3, rows)));
    }

    private static String said(String subject, List<Folder> folders) {
        Folder whole = folders.getFirst();
        String first = Phrases.quoted(whole.path) + " on " + subject + " takes " + Phrases.size((long) whole.kibibytes);
        if (folders.size() == 1) {
            return first;
        }
        Folder biggest = folders.get(1);
        return first + ", most of it " + Phrases.quoted(biggest.path) + " with "
                + Phrases.size((long) biggest.kibibytes);
    }
}
