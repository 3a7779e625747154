package io.opsconductor.acceptance.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** {@code ./opsconductor bench [NAME] [--json]}: figures with their goals, none of them asserted. */
@Command(
        name = "./opsconductor bench",
        description = "Measures the product on this machine, in a home of its own.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    enum Name {
        all,
        start,
        chat
    }

    @Parameters(arity = "0..1", defaultValue = "all", description = "What to measure: ${COMPLETION-CANDIDATES}.")
    private Name name = Name.all;

    @Option(names = "--json", description = "Print one JSON array instead of a table.")
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
        Path home = Files.createTempDirectory("opsconductor-bench");
        try {
            List<Figure> figures = new ArrayList<>();
            if (name != Name.chat) {
                figures.add(ColdStart.measure(home, 5));
            }
            if (name != Name.start) {
                figures.addAll(Conversations.measure(home));
            }
            System.out.print(json ? asJson(figures) : asTable(figures));
            return 0;
        } finally {
            delete(home);
        }
    }

    private static String asJson(List<Figure> figures) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(figures) + "\n";
    }

    private static String asTable(List<Figure> figures) {
        StringBuilder table = new StringBuilder();
        table.append("%-50s %10s %10s   %s%n".formatted("figure", "measured", "goal", "how"));
        for (Figure figure : figures) {
            table.append("%-50s %7.1f %-2s %7.0f %-2s %s %s%n"
                    .formatted(
                            figure.name(),
                            figure.value(),
                            figure.unit(),
                            figure.goal(),
                            figure.unit(),
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
