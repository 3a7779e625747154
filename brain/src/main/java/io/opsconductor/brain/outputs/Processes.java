package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** {@code ps} with a header that has at least PID, %CPU and %MEM, and the command last: {@code ps aux}, {@code ps -eo ...}. */
final class Processes implements Kind<Processes.Running> {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SHARE = Pattern.compile("\\d{1,6}([.,]\\d{1,2})?");
    private static final Pattern PID = Pattern.compile("\\d{1,10}");
    private static final int MOST_COLUMNS = 16;
    private static final int CELL = 60;
    private static final List<String> COLUMNS = List.of("target", "command", "cpu", "memory", "pid", "user", "running");

    /**
     * A process.
     *
     * @param cpu percent of one processor, over its life
     * @param memory percent of the machine's
     * @param user empty when it is not said; so is {@code elapsed}
     */
    record Task(String pid, String user, double cpu, double memory, String elapsed, String command) {}

    /** At least one, in the order that they were written. */
    record Running(List<Task> processes) {
        Running {
            processes = List.copyOf(processes);
        }

        Task most(ToDoubleFunction<Task> of) {
            return processes.stream().max(Comparator.comparingDouble(of)).orElseThrow();
        }
    }

    private record One(String subject, Task process) {}

    @Override
    public Optional<Running> read(Written output) {
        List<String> lines =
                output.lines().stream().filter(line -> !line.isBlank()).toList();
        if (lines.size() < 2 || output.exitCode() != 0) {
            return Optional.empty();
        }
        List<String> header = List.of(BLANKS.split(lines.getFirst().strip(), -1));
        boolean known = header.containsAll(List.of("PID", "%CPU", "%MEM"))
                && header.size() <= MOST_COLUMNS
                && List.of("COMMAND", "CMD").contains(header.getLast());
        if (!known) {
            return Optional.empty();
        }
        List<Task> processes = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Optional<Task> process = process(header, line);
            if (process.isEmpty()) {
                return Optional.empty();
            }
            processes.add(process.get());
        }
        return Optional.of(new Running(processes));
    }

    private static Optional<Task> process(List<String> header, String line) {
        String[] cells = BLANKS.split(line.strip(), header.size());
        if (cells.length != header.size()) {
            return Optional.empty();
        }
        String pid = cells[header.indexOf("PID")];
        String cpu = cells[header.indexOf("%CPU")];
        String memory = cells[header.indexOf("%MEM")];
        boolean figures = PID.matcher(pid).matches()
                && SHARE.matcher(cpu).matches()
                && SHARE.matcher(memory).matches();
        return figures
                ? Optional.of(new Task(
                        pid,
                        cell(header, cells, "USER"),
                        number(cpu),
                        number(memory),
                        cell(header, cells, "ELAPSED"),
                        Phrases.cut(cells[cells.length - 1].strip(), CELL)))
                : Optional.empty();
    }

    private static String cell(List<String> header, String[] cells, String column) {
        int at = header.indexOf(column);
        return at < 0 ? "" : Phrases.cut(cells[at], CELL);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(',', '.'));
    }

    /** How much is too much depends on what the machine is for. */
    @Override
    public Seen seen(Running one) {
        return new Seen(
                Level.OK,
                null,
                List.of(
                        new Fact("cpu", "%", one.most(Task::cpu).cpu()),
                        new Fact("memory", "%", one.most(Task::memory).memory())));
    }

    @Override
    public Laid laid(String what, List<Of<Running>> all, boolean alone) {
        boolean byMemory = what.toLowerCase(Locale.ROOT).contains("mem");
        ToDoubleFunction<Task> first = byMemory ? Task::memory : Task::cpu;
        ToDoubleFunction<Task> second = byMemory ? Task::cpu : Task::memory;
        List<One> sorted = all.stream()
                .flatMap(one -> one.value().processes().stream().map(process -> new One(one.subject(), process)))
                .sorted(Comparator.comparingDouble((One one) -> -first.applyAsDouble(one.process))
                        .thenComparingDouble(one -> -second.applyAsDouble(one.process)))
                .toList();
        One busiest = sorted.getFirst();
        One other = sorted.stream()
                .max(Comparator.comparingDouble(one -> second.applyAsDouble(one.process)))
                .orElseThrow();
        String sentence =
                "Most " + (byMemory ? "memory" : "CPU") + ": " + named(busiest) + " on " + busiest.subject + ", "
                        + share(first.applyAsDouble(busiest.process)) + "; most " + (byMemory ? "CPU" : "memory") + ": "
                        + named(other) + (all.size() == 1 ? "" : " on " + other.subject) + ", "
                        + share(second.applyAsDouble(other.process));
        List<String> columns = alone ? COLUMNS.subList(1, COLUMNS.size()) : COLUMNS;
        List<ReadTable.Row> rows = sorted.stream().map(one -> row(one, alone)).toList();
        return new Laid(sentence, Optional.of(ReadTable.of(columns, -1, rows)));
    }

    private static String named(One one) {
        return Phrases.quoted(one.process.command) + " (" + one.process.pid + ")";
    }

    private static String share(double percent) {
        return Phrases.number(percent) + "%";
    }

    private static ReadTable.Row row(One one, boolean alone) {
        Task process = one.process;
        List<String> cells = new ArrayList<>(List.of(
                process.command,
                share(process.cpu),
                share(process.memory),
                process.pid,
                process.user,
                process.elapsed));
        if (!alone) {
            cells.addFirst(one.subject);
        }
        return new ReadTable.Row(cells, null, Level.OK);
    }
}
