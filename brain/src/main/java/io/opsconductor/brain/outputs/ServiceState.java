package io.opsconductor.brain.outputs;

import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a service is active: {@code systemctl status} and {@code systemctl is-active}, and {@code service NAME status}.
 * What it says and the exit code must agree, so that a log line cannot pass for the state.
 */
final class ServiceState implements Kind<ServiceState.Service> {
    private static final Pattern ACTIVE =
            Pattern.compile("\\s{0,20}Active: (active|reloading|inactive|failed|activating|deactivating|maintenance)"
                    + "(?: \\((?:Result: )?([a-z-]{1,30})\\))?(?: since (.{1,60}?))?(?:;.*)?");
    private static final Pattern SINCE =
            Pattern.compile("(?:[A-Z][a-z]{2} )?\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(?: [A-Z0-9+-]{1,6})?");
    private static final Pattern WORD =
            Pattern.compile("active|reloading|inactive|failed|activating|deactivating|unknown");
    private static final Pattern NOT_RUNNING = Pattern.compile("(?i)\\b(?:is )?(?:not running|stopped|dead)\\b");
    private static final Pattern RUNNING = Pattern.compile("(?i)\\bis (?:already )?running\\b|\\bstarted\\b");
    private static final Pattern MISSING =
            Pattern.compile("Unit \\S{1,256} could not be found\\.|\\S{1,256}: unrecognized service.{0,400}");
    private static final int HEAD = 40;
    private static final int FEW = 4;
    private static final List<String> COLUMNS = List.of("target", "state", "since");

    /**
     * What it says.
     *
     * @param state systemd's word, or {@code not found}
     * @param more systemd's word in brackets; empty for none
     * @param since the time as written; empty when it is not known
     */
    record Service(String state, String more, String since) {
        boolean isActive() {
            return state.equals("active") || state.equals("reloading");
        }

        String words() {
            return more.isEmpty() ? state : state + " (" + more + ")";
        }
    }

    @Override
    public Optional<Service> read(Written output) {
        boolean ran = output.status() == TargetStatus.SUCCEEDED || output.status() == TargetStatus.FAILED;
        return ran ? systemd(output).or(() -> script(output)).or(() -> missing(output)) : Optional.empty();
    }

    private static Optional<Service> systemd(Written output) {
        for (String line :
                output.lines().subList(0, Math.min(HEAD, output.lines().size()))) {
            Matcher active = ACTIVE.matcher(line);
            if (active.matches()) {
                String since = active.group(3) == null ? "" : active.group(3).strip();
                return agreeing(
                        output,
                        new Service(
                                active.group(1),
                                active.group(2) == null ? "" : active.group(2),
                                SINCE.matcher(since).matches() ? since : ""));
            }
            if (line.isBlank()) {
                // The log lines begin.
                break;
            }
        }
        boolean few = !output.lines().isEmpty() && output.lines().size() <= FEW;
        String last = few ? output.lines().getLast().strip() : "";
        return WORD.matcher(last).matches() ? agreeing(output, new Service(last, "", "")) : Optional.empty();
    }

    private static Optional<Service> script(Written output) {
        if (output.lines().isEmpty() || output.lines().size() > FEW) {
            return Optional.empty();
        }
        String last = output.lines().getLast();
        boolean not = NOT_RUNNING.matcher(last).find();
        boolean running = RUNNING.matcher(last).find();
        return not == running
                ? Optional.empty()
                : agreeing(output, new Service(running ? "active" : "inactive", "", ""));
    }

    private static Optional<Service> missing(Written output) {
        boolean said = output.exitCode() != 0
                && (output.errors().stream()
                                .limit(FEW)
                                .anyMatch(line -> MISSING.matcher(line).matches())
                        || output.lines().stream()
                                .limit(FEW)
                                .anyMatch(line -> MISSING.matcher(line).matches()));
        return said ? Optional.of(new Service("not found", "", "")) : Optional.empty();
    }

    /** A service that is active ends the command with 0, and one that is not does not. */
    private static Optional<Service> agreeing(Written output, Service service) {
        return switch (service.state) {
            case "active", "reloading" -> output.exitCode() == 0 ? Optional.of(service) : Optional.empty();
            case "activating", "deactivating" -> Optional.of(service);
            default -> output.exitCode() > 0 ? Optional.of(service) : Optional.empty();
        };
    }

    @Override
    public Seen seen(Service one) {
        return new Seen(level(one), one.isActive(), List.of());
    }

    private static Level level(Service one) {
        return one.isActive()
                ? Level.OK
                : one.state.equals("activating") || one.state.equals("deactivating") ? Level.WARN : Level.BAD;
    }

    @Override
    public Laid laid(String what, List<Of<Service>> all, boolean alone) {
        String name = what.isEmpty() ? "The service" : what;
        List<Of<Service>> sorted = all.stream()
                .sorted(Comparator.comparing((Of<Service> one) -> level(one.value()), Comparator.reverseOrder())
                        .thenComparing(Of::subject))
                .toList();
        List<String> not = new ArrayList<>();
        List<String> active = new ArrayList<>();
        for (Of<Service> one : sorted) {
            if (one.value().isActive()) {
                active.add(one.subject());
            } else {
                not.add(one.subject() + " (" + one.value().state + ")");
            }
        }
        if (sorted.size() == 1) {
            Service only = sorted.getFirst().value();
            String since = only.since.isEmpty() ? "" : " since " + only.since;
            return new Laid(
                    name + " is " + (only.isActive() ? only.words() : "not active: " + only.words()) + " on "
                            + sorted.getFirst().subject() + since,
                    Optional.empty());
        }
        String sentence = not.isEmpty()
                ? name + " is active on " + (all.size() == 2 ? Phrases.some(active, 2) : "all " + all.size())
                : name + " is not active on " + Phrases.some(not, 5)
                        + (active.isEmpty()
                                ? ""
                                : "; active on " + (active.size() > 3 ? active.size() : Phrases.some(active, 3)));
        List<ReadTable.Row> rows = sorted.stream()
                .map(one -> new ReadTable.Row(
                        List.of(one.subject(), one.value().words(), one.value().since), null, level(one.value())))
                .toList();
        boolean dated = sorted.stream().anyMatch(one -> !one.value().since.isEmpty());
        return new Laid(
                sentence,
                Optional.of(ReadTable.of(
                        dated ? COLUMNS : COLUMNS.subList(0, 2),
                        -1,
                        dated
                                ? rows
                                : rows.stream()
                                        .map(row ->
                                                new ReadTable.Row(row.cells().subList(0, 2), null, row.level()))
                                        .toList())));
    }
}
