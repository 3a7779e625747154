package io.opsconductor.acceptance.bench;

import io.opsconductor.acceptance.bench.fleet.FleetRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one more target costs the runner, beside the SSH library alone and the best program for the command line. */
final class ManyTargets {
    private ManyTargets() {}

    static List<Figure> of(FleetRun run) {
        Map<String, Double> slopes = run.slopes();
        List<Figure> figures = new ArrayList<>();
        add(figures, slopes, "warm", 1.4);
        add(figures, slopes, "cold", 1.2);
        double warm = slopes.getOrDefault("runner, warm", Double.NaN);
        slopes.entrySet().stream()
                .filter(way -> way.getKey().endsWith(", warm")
                        && !way.getKey().startsWith("runner")
                        && !way.getKey().startsWith("bare sshj"))
                .min(Map.Entry.comparingByValue())
                .ifPresent(best -> figures.add(new Figure(
                        "one more warm target, beside the best program",
                        warm,
                        "ms",
                        best.getValue() / 3,
                        "goal: a third of %.2f ms of %s".formatted(best.getValue(), best.getKey()))));
        figures.add(new Figure(
                "the 1,000th target, beside the 100th",
                run.bend("runner, warm"),
                "",
                1.5,
                "slope from 200 to 1,000 over that up to 200; 1 is a straight line"));
        figures.add(new Figure(
                "runner, resident memory", run.runnerMegabytes(), "MB", null, "after 1,000 targets in one step"));
        figures.add(new Figure(
                "runner, growth while 10 GB come", run.streamMegabytes(), "MB", 64.0, "one target, cut at its limit"));
        return figures;
    }

    private static void add(List<Figure> figures, Map<String, Double> slopes, String mode, double times) {
        double bare = slopes.getOrDefault("bare sshj, " + mode, Double.NaN);
        double runner = slopes.getOrDefault("runner, " + mode, Double.NaN);
        figures.add(new Figure(
                "one more " + mode + " target",
                runner,
                "ms",
                times * bare,
                "goal: %.1f times %.2f ms of bare sshj; it is %.2f times".formatted(times, bare, runner / bare)));
    }
}
