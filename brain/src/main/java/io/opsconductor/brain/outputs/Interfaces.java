package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Network interfaces with their addresses: {@code ip -br addr}. */
final class Interfaces implements Kind<List<Interfaces.Link>> {
    private static final Pattern LINE = Pattern.compile(
            "(\\S{1,40})\\s+(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|NOTPRESENT|DORMANT|TESTING)((?:\\s+[0-9a-fA-F.:]+(?:/\\d{1,3})?)*)\\s*");
    private static final int MOST = 500;
    private static final int NAMED = 5;
    private static final List<String> COLUMNS = List.of("target", "interface", "state", "addresses");

    record Link(String name, String state, List<String> addresses) {
        Link {
            addresses = List.copyOf(addresses);
        }

        private boolean isLoopback() {
            return name.equals("lo");
        }
    }

    @Override
    public Optional<List<Link>> read(Written output) {
        List<Link> all = new ArrayList<>();
        for (String line : output.lines()) {
            Matcher link = LINE.matcher(line);
            if (!link.matches() || all.size() == MOST) {
                return Optional.empty();
            }
            String addresses = link.group(3).strip();
            all.add(new Link(
                    link.group(1),
                    link.group(2).toLowerCase(java.util.Locale.ROOT),
                    addresses.isEmpty() ? List.of() : List.of(addresses.split("\\s+", -1))));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    @Override
    public Seen seen(List<Link> one) {
        return new Seen(Level.OK, null, List.of());
    }

    @Override
    public Laid laid(String what, List<Of<List<Link>>> all, boolean alone) {
        String sentence = all.stream()
                .limit(NAMED)
                .map(one -> one.subject() + ": " + said(one.value()))
                .collect(Collectors.joining("; "));
        List<ReadTable.Row> rows = all.stream()
                .flatMap(one -> one.value().stream().map(link -> row(one.subject(), link, alone)))
                .toList();
        return new Laid(
                sentence + (all.size() > NAMED ? "; and " + Phrases.others(all.size() - NAMED) : ""),
                Optional.of(ReadTable.of(alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS, -1, rows)));
    }

    private static String said(List<Link> links) {
        List<String> addressed = links.stream()
                .filter(link -> !link.isLoopback() && !link.addresses.isEmpty())
                .map(link -> Phrases.quoted(link.name) + " " + link.addresses.getFirst())
                .toList();
        List<String> down = links.stream()
                .filter(link -> !link.isLoopback() && link.state.equals("down"))
                .map(link -> Phrases.quoted(link.name))
                .toList();
        String up = addressed.isEmpty() ? "no address but its own" : Phrases.some(addressed, NAMED);
        return down.isEmpty()
                ? up
                : up + "; " + Phrases.some(down, NAMED) + (down.size() == 1 ? " is" : " are") + " down";
    }

    private static ReadTable.Row row(String subject, Link link, boolean alone) {
        List<String> cells =
                new ArrayList<>(List.of(link.name, link.state, Phrases.cut(String.join(", ", link.addresses), 120)));
        if (!alone) {
            cells.addFirst(subject);
        }
        return new ReadTable.Row(cells, null, link.state.equals("down") && !link.isLoopback() ? Level.WARN : Level.OK);
    }
}
