package io.opsconductor.acceptance.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsconductor.acceptance.bench.fleet.FleetRun;
import io.opsconductor.acceptance.bench.several.Kills;
import io.opsconductor.acceptance.bench.several.ManyRunners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./opsconductor bench [NAME] [--json] [--seconds N]}: figures with their goals, none of them asserted. */
@Command(
        name = "./opsconductor bench",
        description = "Measures the product on this machine, in a home of its own.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final int MOST_SECONDS = 600;
    private static final int MOST_TARGETS = 100_000;
    private static final int MOST_KILLS = 10_000;

    enum Name {
        all,
        start,
        chat,
        slack,
        brain,
        runner,
        fleet,
        kills;

        /** What takes minutes and a database is asked for by its name alone. */
        private boolean isOfAll() {
            return this != fleet && this != kills;
        }
    }

    @Parameters(arity = "0..1", defaultValue = "all", description = "What to measure: ${COMPLETION-CANDIDATES}.")
    private Name name = Name.all;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "How long slack sends 200 events a second, 1 to 600 (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--targets",
            defaultValue = "10000",
            description = "How many target executions fleet has, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int targets = 10_000;

    @Option(
            names = "--kills",
            defaultValue = "100",
            description = "How many processes kills kills, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int kills = 100;

    @Option(
            names = "--without-peers",
            description =
                    "Measure the runner beside the SSH library alone, not beside programs such as clush and ansible.")
    private boolean withoutPeers;

    @Option(
            names = "--json",
            description = "Print one JSON array instead of a table; of runner, a row for every measurement.")
    private boolean json;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((e, line, result) -> {
                    line.getErr().println("bench could not run: " + e.getMessage());
                    return 3;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            System.err.println("--seconds is " + seconds + ", not a number from 1 to " + MOST_SECONDS);
            return 2;
        }
        if (targets < 1 || targets > MOST_TARGETS) {
            System.err.println("--targets is " + targets + ", not a number from 1 to " + MOST_TARGETS);
            return 2;
        }
        if (kills < 1 || kills > MOST_KILLS) {
            System.err.println("--kills is " + kills + ", not a number from 1 to " + MOST_KILLS);
            return 2;
        }
        Path home = Files.createTempDirectory("opsconductor-bench");
        boolean kept = false;
        try {
            List<Figure> figures = new ArrayList<>();
            if (isAsked(Name.start)) {
                figures.add(ColdStart.measure(home, 5));
            }
            if (isAsked(Name.chat)) {
                figures.addAll(Conversations.measure(home));
            }
            if (isAsked(Name.slack)) {
                figures.addAll(SlackEvents.measure(home, seconds));
            }
            if (isAsked(Name.brain)) {
                figures.addAll(Understanding.measure(home));
            }
            if (isAsked(Name.runner)) {
                FleetRun run = FleetRun.measure(home, !withoutPeers, System.err::println);
                figures.addAll(ManyTargets.of(run));
                if (json && name == Name.runner) {
                    System.out.println(new ObjectMapper().writeValueAsString(run.rows()));
                    return 0;
                }
                if (!json) {
                    System.out.println(run.table());
                }
            }
            if (isAsked(Name.fleet)) {
                figures.addAll(ManyRunners.measure(home, targets, System.err::println));
            }
            if (isAsked(Name.kills)) {
                figures.addAll(Kills.measure(home, kills, System.err::println));
                kept = figures.stream().anyMatch(figure -> !figure.met());
            }
            System.out.print(json ? asJson(figures) : asTable(figures));
            return 0;
        } finally {
            if (kept) {
                System.err.println("What they wrote is in " + home);
            } else {
                delete(home);
            }
        }
    }

    private boolean isAsked(Name one) {
        return name == one || (name == Name.all && one.isOfAll());
    }

    private static String asJson(List<Figure> figures) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(figures) + "\n";
    }

    private static String asTable(List<Figure> figures) {
        StringBuilder table = new StringBuilder();
        table.append("%-50s %10s %10s   %s%n".formatted("figure", "measured", "goal", "how"));
        for (Figure figure : figures) {
            Double goal = figure.goal();
            table.append("%-50s %7.1f %-2s %10s %s %s%n"
                    .formatted(
                            figure.name(),
                            figure.value(),
                            figure.unit(),
                            goal == null ? "" : "%7.0f %-2s".formatted(goal, figure.unit()),
                            figure.met() ? " " : "!",
                            figure.note()));
        }
        return table.toString();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
