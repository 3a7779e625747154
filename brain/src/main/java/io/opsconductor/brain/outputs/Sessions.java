package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who is logged in: {@code who} and {@code who -u}. */
final class Sessions implements Kind<List<Sessions.Session>> {
    private static final Pattern LINE = Pattern.compile(
            "(\\S{1,40})\\s+(\\S{1,20})\\s+(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d|[A-Z][a-z]{2} +\\d{1,2} \\d\\d:\\d\\d)"
                    + "(?:\\s+(\\.|old|\\?|\\d\\d:\\d\\d)\\s+\\d+)?(?:\\s+\\((.{1,80})\\))?");
    private static final int MOST = 500;
    private static final int NAMED = 4;
    private static final List<String> COLUMNS = List.of("target", "user", "from", "since", "idle");

    /** @param idle as written; empty when it is not told */
    record Session(String user, String from, String since, String idle) {}

    @Override
    public Optional<List<Session>> read(Written output) {
        if (output.exitCode() != 0) {
            return Optional.empty();
        }
        List<Session> all = new ArrayList<>();
        for (String line : output.lines()) {
            Matcher session = LINE.matcher(line.strip());
            if (!session.matches() || all.size() == MOST) {
                return Optional.empty();
            }
            String idle = session.group(4) == null ? "" : session.group(4);
            all.add(new Session(
                    session.group(1),
                    session.group(5) == null ? session.group(2) : session.group(5),
                    session.group(3),
                    idle.equals(".") ? "" : idle));
        }
        return Optional.of(all);
    }

    @Override
    public Seen seen(List<Session> one) {
        return new Seen(Level.OK, null, List.of());
    }

    @Override
    public Laid laid(String what, List<Of<List<Session>>> all, boolean alone) {
        String sentence = all.stream()
                .limit(NAMED)
                .map(one -> said(one.subject(), one.value()))
                .collect(Collectors.joining("; "));
        List<ReadTable.Row> rows = all.stream()
                .flatMap(one -> one.value().stream().map(session -> row(one.subject(), session, alone)))
                .toList();
        return new Laid(
                sentence + (all.size() > NAMED ? "; and " + Phrases.others(all.size() - NAMED) : ""),
                rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ReadTable.of(alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS, -1, rows)));
    }

    private static String said(String subject, List<Session> sessions) {
        List<String> users = sessions.stream()
                .map(session -> Phrases.quoted(session.user))
                .distinct()
                .toList();
        return users.isEmpty()
                ? "nobody is logged in on " + subject
                : Phrases.some(users, NAMED) + (users.size() == 1 ? " is" : " are") + " logged in on " + subject;
    }

    private static ReadTable.Row row(String subject, Session session, boolean alone) {
        List<String> cells = new ArrayList<>(List.of(session.user, session.from, session.since, session.idle));
        if (!alone) {
            cells.addFirst(subject);
        }
        return new ReadTable.Row(cells, null, Level.OK);
    }
}
