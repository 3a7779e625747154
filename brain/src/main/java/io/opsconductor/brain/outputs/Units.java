package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of services: {@code systemctl list-units}, with its header or without, and {@code service --status-all}. */
final class Units implements Kind<List<Units.Unit>> {
    private static final Pattern SYSTEMD =
            Pattern.compile("[●*○× ]*(\\S+\\.[a-z]+)\\s+(loaded|not-found|masked|error|bad-setting|merged|stub)\\s+"
                    + "(active|inactive|failed|activating|deactivating|reloading|maintenance)\\s+(\\S+)(?:\\s+(.*))?");
    private static final Pattern CLASSIC = Pattern.compile("\\s*\\[ ([-+?]) ]\\s+(\\S.{0,100})");
    private static final Pattern AROUND = Pattern.compile(
            "\\s*UNIT\\s+LOAD\\s+ACTIVE\\s+SUB.*|LOAD\\s+=.*|ACTIVE\\s+=.*|SUB\\s+=.*|\\d+ loaded units listed.*"
                    + "|To show all installed.*|Pass --all.*");
    private static final int MOST = 1_000;
    private static final int NAMED = 5;
    private static final List<String> COLUMNS = List.of("target", "service", "state", "what it is");

    /** @param state such as {@code active (running)} */
    record Unit(String name, String state, boolean failed, boolean runs, String about) {}

    @Override
    public Optional<List<Unit>> read(Written output) {
        List<Unit> all = new ArrayList<>();
        boolean header = false;
        for (String line : output.lines()) {
            Matcher systemd = SYSTEMD.matcher(line);
            Matcher classic = CLASSIC.matcher(line);
            if (systemd.matches()) {
                String about = systemd.group(5) == null ? "" : systemd.group(5);
                String active = systemd.group(3);
                all.add(new Unit(
                        systemd.group(1).replaceAll("\\.service$", ""),
                        active + " (" + systemd.group(4) + ")",
                        active.equals("failed"),
                        systemd.group(4).equals("running"),
                        Phrases.cut(about, 60)));
            } else if (classic.matches()) {
                String sign = classic.group(1);
                String state = sign.equals("+") ? "running" : sign.equals("-") ? "stopped" : "not known";
                all.add(new Unit(classic.group(2), state, false, sign.equals("+"), ""));
            } else if (AROUND.matcher(line).matches()) {
                header = true;
            } else if (!line.isBlank()) {
                return Optional.empty();
            }
        }
        // Nothing at all is the answer when only what failed was asked for.
        boolean none = all.isEmpty()
                && (header || (output.exitCode() == 0 && output.lines().isEmpty()));
        return (all.isEmpty() && !none) || all.size() > MOST ? Optional.empty() : Optional.of(all);
    }

    @Override
    public Seen seen(List<Unit> one) {
        boolean failed = one.stream().anyMatch(Unit::failed);
        return new Seen(failed ? Level.BAD : Level.OK, !failed, List.of());
    }

    @Override
    public Laid laid(String what, List<Of<List<Unit>>> all, boolean alone) {
        String sentence = all.stream()
                .limit(NAMED)
                .map(one -> one.subject() + ": " + said(one.value()))
                .collect(Collectors.joining("; "));
        List<ReadTable.Row> rows = all.stream()
                .flatMap(one -> one.value().stream().map(unit -> row(one.subject(), unit, alone)))
                .sorted(Comparator.comparing(ReadTable.Row::level).reversed())
                .toList();
        return new Laid(
                sentence,
                rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ReadTable.of(alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS, -1, rows)));
    }

    private static String said(List<Unit> units) {
        if (units.isEmpty()) {
            return "none";
        }
        List<String> failed = units.stream()
                .filter(Unit::failed)
                .map(unit -> Phrases.quoted(unit.name))
                .toList();
        long running = units.stream().filter(Unit::runs).count();
        String runs = running == 0 ? "" : running + (running == 1 ? " service runs" : " services run");
        String fails = failed.isEmpty()
                ? ""
                : Phrases.some(failed, NAMED) + (failed.size() == 1 ? " has" : " have") + " failed";
        return fails.isEmpty()
                ? runs.isEmpty() ? units.size() + " listed, none runs" : runs + ", none has failed"
                : fails + (runs.isEmpty() ? "" : ", " + runs);
    }

    private static ReadTable.Row row(String subject, Unit unit, boolean alone) {
        List<String> cells = new ArrayList<>(List.of(unit.name, unit.state, unit.about));
        if (!alone) {
            cells.addFirst(subject);
        }
        return new ReadTable.Row(cells, null, unit.failed ? Level.BAD : Level.OK);
    }
}
