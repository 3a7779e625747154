package io.opsconductor.acceptance.bench.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures every way at several sizes of the fleet. Each size has addresses of its own, so that its first run is a cold one;
 * the runs after it are warm. Slopes say what one more target costs, without what a run costs by itself.
 *
 * @param rows every measurement, in order
 * @param runnerMegabytes resident memory of the runner after the largest run
 * @param streamMegabytes by how much the runner grew at most while 10 GB came from a target
 */
public record FleetRun(List<Row> rows, double runnerMegabytes, double streamMegabytes) {
    private static final int PARALLEL = 32;
    private static final int WARM_UP = 100;
    private static final int WARM_UPS = 200;
    private static final int WARM_RUNS = 5;
    /** So long warm runs of one size of a program go on; what takes minutes has one. */
    private static final double WARM_SECONDS = 20;
    /** After a run that took so long, a program is not asked for more targets. */
    private static final double LONG_SECONDS = 60;

    private static final List<Integer> SIZES = List.of(50, 100, 200);
    private static final int LARGEST = 1_000;

    public FleetRun {
        rows = List.copyOf(rows);
    }

    /**
     * Measures.
     *
     * @param home for everything that is made
     * @param peers whether the command-line programs that are installed are measured too
     * @param said told of each row as it is measured, and of what could not be
     */
    public static FleetRun measure(Path home, boolean peers, Consumer<String> said) throws IOException {
        int count = WARM_UP + SIZES.stream().mapToInt(Integer::intValue).sum() + LARGEST;
        List<Row> rows = new ArrayList<>();
        try (Fleet fleet = Fleet.start(home.resolve("sshd"))) {
            fleet.knownHosts(count);
            double megabytes;
            double growth;
            try (SshjPeer sshj = new SshjPeer(fleet, PARALLEL);
                    RunnerPeer runner = RunnerPeer.start(home, fleet, count, PARALLEL)) {
                resident(List.of(sshj, runner), rows, said);
                megabytes = runner.residentMegabytes();
                growth = runner.growthWhileStreaming();
                said.accept("the runner holds %.0f MB, and %.0f MB more while 10 GB come from a target"
                        .formatted(megabytes, growth));
            }
            if (peers) {
                for (CommandLinePeer peer : CommandLinePeer.installed(fleet, PARALLEL, said)) {
                    try (peer) {
                        program(peer, rows, said);
                    } catch (IllegalStateException e) {
                        said.accept(e.getMessage());
                    }
                }
            }
            return new FleetRun(rows, megabytes, growth);
        }
    }

    /** Measures them in turns: what else the machine does at a time, it does to each of them. */
    private static void resident(List<Peer> peers, List<Row> rows, Consumer<String> said) {
        // A resident process learns about its own code, and keeps that: it takes some ten thousand commands.
        for (int i = 0; i < WARM_UPS; i++) {
            peers.forEach(peer -> peer.run(0, WARM_UP));
        }
        List<Integer> sizes = new ArrayList<>(SIZES);
        sizes.add(LARGEST);
        int next = WARM_UP;
        for (int size : sizes) {
            for (Peer peer : peers) {
                add(rows, row(peer, "cold", size, peer.run(next, next + size)), said);
            }
            Map<Peer, List<Peer.Cost>> warm = new LinkedHashMap<>();
            for (int i = 0; i < WARM_RUNS; i++) {
                for (Peer peer : peers) {
                    warm.computeIfAbsent(peer, first -> new ArrayList<>()).add(peer.run(next, next + size));
                }
            }
            warm.forEach((peer, costs) -> add(rows, row(peer, "warm", size, middle(costs)), said));
            next += size;
        }
    }

    /** Measures a program that is started for each run. */
    private static void program(CommandLinePeer peer, List<Row> rows, Consumer<String> said) {
        int next = WARM_UP;
        for (int size : SIZES) {
            Peer.Cost first = peer.run(next, next + size);
            if (peer.keepsConnections()) {
                List<Peer.Cost> warm = new ArrayList<>();
                double seconds = 0;
                for (int i = 0; i < WARM_RUNS && seconds < WARM_SECONDS; i++) {
                    Peer.Cost cost = peer.run(next, next + size);
                    seconds += cost.wallSeconds();
                    warm.add(cost);
                }
                add(rows, row(peer, "warm", size, middle(warm)), said);
            } else {
                add(rows, row(peer, "cold", size, first), said);
            }
            if (first.wallSeconds() > LONG_SECONDS) {
                return;
            }
            next += size;
        }
    }

    private static Peer.Cost middle(List<Peer.Cost> costs) {
        return costs.stream()
                .sorted(Comparator.comparingDouble(Peer.Cost::wallSeconds))
                .toList()
                .get(costs.size() / 2);
    }

    private static void add(List<Row> rows, Row row, Consumer<String> said) {
        rows.add(row);
        said.accept(row.line());
    }

    private static Row row(Peer peer, String mode, int size, Peer.Cost cost) {
        return new Row(peer.name(), mode, size, cost.wallSeconds(), cost.cpuSeconds());
    }

    /** Milliseconds of wall-clock time for one more target, by peer and mode: the line of least squares through its rows. */
    public Map<String, Double> slopes() {
        Map<String, List<Row>> ways = new LinkedHashMap<>();
        rows.forEach(row -> ways.computeIfAbsent(row.peer() + ", " + row.mode(), way -> new ArrayList<>())
                .add(row));
        Map<String, Double> slopes = new LinkedHashMap<>();
        ways.forEach((way, all) -> slopes.put(way, 1e3 * slope(all)));
        return slopes;
    }

    /** By how much one more target costs more among the most than among the fewest, by peer and mode; 1 is a straight line. */
    public double bend(String way) {
        List<Row> all = rows.stream()
                .filter(row -> (row.peer() + ", " + row.mode()).equals(way))
                .toList();
        int last = all.size() - 1;
        return slope(all.subList(last - 1, last + 1)) / slope(all.subList(0, last));
    }

    private static double slope(List<Row> rows) {
        double meanTargets = rows.stream().mapToInt(Row::targets).average().orElseThrow();
        double meanWall = rows.stream().mapToDouble(Row::wallSeconds).average().orElseThrow();
        double both = 0;
        double square = 0;
        for (Row row : rows) {
            both += (row.targets() - meanTargets) * (row.wallSeconds() - meanWall);
            square += Math.pow(row.targets() - meanTargets, 2);
        }
        return both / square;
    }

    /** The rows as a table for people. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append("%-18s %-5s %8s %9s %13s%n".formatted("peer", "mode", "targets", "wall s", "client CPU s"));
        for (Row row : rows) {
            table.append(row.line()).append('\n');
        }
        return table.toString();
    }
}
