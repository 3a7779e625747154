package io.opsconductor.acceptance.bench.several;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.bench.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Many target executions on one runner, and then on three that share its database: that none is lost or doubled, by what the commands
 * left on the disk, and how many there are in a second.
 */
public final class ManyRunners {
    private static final int RUNNERS = 3;
    private static final int TARGETS = 1_000;
    private static final Map<String, String> SETTINGS =
            Map.of("OPSCONDUCTOR_RUNNER_EXECUTIONS_PARALLEL_TARGETS", "32", "OPSCONDUCTOR_RUNNER_REDIS_TARGETS", "32");

    private final Site site;
    private final RunnerCalls calls;
    private final Consumer<String> said;
    private final List<Member> runners = new ArrayList<>();
    private int words;

    private ManyRunners(Site site, RunnerCalls calls, Consumer<String> said) {
        this.site = site;
        this.calls = calls;
        this.said = said;
    }

    /**
     * Measures.
     *
     * @param home for everything that is made
     * @param targetExecutions how many, a multiple of {@value #TARGETS}, or fewer than that
     * @param said told of what happens
     */
    public static List<Figure> measure(Path home, int targetExecutions, Consumer<String> said) throws IOException {
        int targets = Math.min(TARGETS, targetExecutions);
        int plans = targetExecutions / targets;
        try (Site site = Site.prepare(home.resolve("several"), targets);
                RunnerCalls calls = new RunnerCalls(site.tls())) {
            ManyRunners bench = new ManyRunners(site, calls, said);
            try {
                bench.grow(1);
                Measured one = bench.measured(plans, targets);
                bench.grow(RUNNERS);
                Measured three = bench.measured(plans, targets);
                return figures(one, three);
            } finally {
                bench.runners.forEach(Member::close);
            }
        }
    }

    /**
     * What was seen of so many runners.
     *
     * @param asked target executions
     * @param lost of them without a result that says succeeded, or without a mark
     * @param doubled with more than one result, or more than one mark
     * @param perSecond how many, of a command that ends at once
     * @param waitingPerSecond how many, of a command that waits a second
     * @param leading the share of them that ran where their plan was led
     */
    private record Measured(
            int asked, long lost, long doubled, double perSecond, double waitingPerSecond, double leading) {}

    private void grow(int count) throws IOException {
        while (runners.size() < count) {
            runners.add(site.runner("r-" + (runners.size() + 1), SETTINGS));
        }
        runners.forEach(Member::awaitReady);
    }

    private Measured measured(int plans, int targets) throws IOException {
        // Connections are made, and code is compiled.
        IntStream.range(0, runners.size()).forEach(i -> run("bench_mark", i, targets));
        List<JsonNode> ran = new ArrayList<>();
        int from = words;
        double seconds = 0;
        double before = spread("here");
        for (int plan = 0; plan < plans; plan++) {
            long began = System.nanoTime();
            ran.add(run("bench_mark", plan % runners.size(), targets));
            seconds += (System.nanoTime() - began) / 1e9;
        }
        double here = spread("here") - before;
        long waited = System.nanoTime();
        ran.add(run("bench_wait", 0, targets));
        double waiting = (System.nanoTime() - waited) / 1e9;
        Measured measured = counted(
                ran, from, targets, plans * targets / seconds, targets / waiting, here / (plans * (double) targets));
        said.accept(
                "%d runner(s): %.0f target executions a second, %.0f of a command that waits a second; %d lost, %d doubled"
                        .formatted(
                                runners.size(),
                                measured.perSecond(),
                                measured.waitingPerSecond(),
                                measured.lost(),
                                measured.doubled()));
        return measured;
    }

    private JsonNode run(String tool, int runner, int targets) {
        return calls.run(runners.get(runner).port(), tool, "w" + words++, targets);
    }

    /** How many targets went one way so far, in all processes. */
    private double spread(String where) {
        return runners.stream()
                .mapToDouble(
                        runner -> Metrics.sum(runner.healthPort(), "opsconductor_targets_spread_total", "where", where))
                .sum();
    }

    private Measured counted(
            List<JsonNode> ran, int from, int targets, double perSecond, double waitingPerSecond, double leading)
            throws IOException {
        Map<String, Marks.Mark> marks = site.marks().all();
        long lost = 0;
        long doubled = 0;
        for (int i = 0; i < ran.size(); i++) {
            Map<String, List<String>> results = new LinkedHashMap<>();
            ran.get(i)
                    .path("step_results")
                    .forEach(result -> results.computeIfAbsent(
                                    result.path("target").asText(), _ -> new ArrayList<>())
                            .add(result.path("status").asText()));
            for (int target = 0; target < targets; target++) {
                List<String> statuses = results.getOrDefault(Site.target(target), List.of());
                Marks.Mark mark = marks.get("w" + (from + i) + " " + Site.address(target));
                lost += !statuses.contains("succeeded") || mark == null ? 1 : 0;
                doubled += statuses.size() > 1 || (mark != null && mark.times() > 1) ? 1 : 0;
            }
        }
        return new Measured(ran.size() * targets, lost, doubled, perSecond, waitingPerSecond, leading);
    }

    private static List<Figure> figures(Measured one, Measured three) {
        String cores = Runtime.getRuntime().availableProcessors() + " processors, which the machines' SSH server,"
                + " PostgreSQL and all runners share";
        return List.of(
                new Figure(
                        "target executions without their result",
                        one.lost() + three.lost(),
                        "",
                        0.0,
                        "of %d on one runner and %d on three".formatted(one.asked(), three.asked())),
                new Figure(
                        "target executions that ran twice",
                        one.doubled() + three.doubled(),
                        "",
                        0.0,
                        "by what the commands left on the disk"),
                new Figure("one runner, targets a second", one.perSecond(), "", null, cores),
                new Figure(
                        "three runners, targets a second",
                        three.perSecond(),
                        "",
                        null,
                        "%.2f times one runner; %.0f%% ran where their plan was led"
                                .formatted(three.perSecond() / one.perSecond(), 100 * three.leading())),
                new Figure(
                        "one runner, commands that wait 1 s, a second",
                        one.waitingPerSecond(),
                        "",
                        null,
                        "at most 32 at once"),
                new Figure(
                        "three runners, commands that wait 1 s, a second",
                        three.waitingPerSecond(),
                        "",
                        null,
                        "%.2f times one runner; at most 96 at once"
                                .formatted(three.waitingPerSecond() / one.waitingPerSecond())));
    }
}
