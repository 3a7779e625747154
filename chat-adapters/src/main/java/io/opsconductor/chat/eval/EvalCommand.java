package io.opsconductor.chat.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.eval.Evaluation;
import io.opsconductor.brain.eval.Examinee;
import io.opsconductor.brain.eval.FunctionCallingFiles;
import io.opsconductor.brain.eval.HtmlReport;
import io.opsconductor.brain.eval.InvalidRequestsException;
import io.opsconductor.brain.eval.Limits;
import io.opsconductor.brain.eval.PlausibleTools;
import io.opsconductor.brain.eval.RequestFile;
import io.opsconductor.brain.eval.RunFile;
import io.opsconductor.brain.eval.TextReport;
import io.opsconductor.brain.eval.Trial;
import io.opsconductor.brain.model.GuardedModel;
import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.brain.model.langchain.LangChainModels;
import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.chat.command.TimeOption;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.ToolLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eval}: figures of the understanding over a set of requests. */
@Command(
        name = "eval",
        sortOptions = false,
        description = {
            "Measures how requests are understood, without a runner and without running anything: by the understanding"
                    + " that is set for the chatbot, which asks a model when one is set (docs/models.md)."
        },
        footer = {
            "",
            "Exit codes: 0 measured; 1 the requests have mistakes; 2 wrong usage; 3 it could not run.",
            "",
            "Examples:",
            "  eval",
            "  eval --requests fresh --misses",
            "  eval --builtin",
            "  eval --time 10m --tokens 200000",
            "  eval --json > before.json",
            "  eval --compare before.json",
            "  eval --functions BFCL_v4_simple_python.json"
        })
public final class EvalCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--requests",
            paramLabel = "SET",
            description = "The requests: a YAML file, or one of the sets that ship: " + RequestFile.TUNED
                    + " (the default; the understanding is tuned with it), " + RequestFile.FRESH
                    + ", " + RequestFile.FOURTH + ", " + RequestFile.FIFTH + " and " + RequestFile.SIXTH
                    + " (their misses were looked into once), and " + RequestFile.FLEET
                    + " (for tools of tool-library/more-tools, which OPSCONDUCTOR_RUNNER_TOOLS must hold).")
    private String requests = RequestFile.TUNED;

    @Option(
            names = "--functions",
            paramLabel = "FILE",
            description =
                    "Instead of requests: a file of the Berkeley Function Calling Leaderboard (simple, multiple, parallel"
                            + " or irrelevance), with its answers in possible_answer/ beside it. May be repeated.")
    private List<Path> functions = new ArrayList<>();

    @Option(names = "--builtin", description = "Measure the understanding that needs no model, also when one is set.")
    private boolean builtin;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description =
                    "With a model: stop before the next request after so long, such as 90s or 10m (default: 30m).")
    private Duration time = Duration.ofMinutes(30);

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description =
                    "With a model: stop before the next request after so many tokens, both ways (default: ${DEFAULT-VALUE}).")
    private long tokens = 1_000_000;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with the confusions.")
    private @Nullable Path html;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Also print what changed since a run that was kept with --json.")
    private @Nullable Path compare;

    @Option(
            names = "--tools-in-all",
            paramLabel = "N",
            description = "Add made-up tools until there are N, to see what a large library costs; 0 for none.")
    private int toolsInAll;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "1",
            description = "Say everything once, or N times, before it is measured.")
    private int warmUp;

    @Option(names = "--misses", description = "Also print every request that went wrong.")
    private boolean misses;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    private final Surroundings surroundings;

    EvalCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return surroundings.run(
                new EvalCommand(surroundings),
                e -> e instanceof InvalidRequestsException
                        || e instanceof InvalidJsonException
                        || e instanceof InvalidSettingsException,
                args);
    }

    @Override
    public Integer call() throws IOException {
        if (json && (misses || compare != null)) {
            throw wrong("--json holds every request already; leave --misses and --compare out");
        }
        if (tokens < 1) {
            throw wrong("--tokens must be at least 1");
        }
        JsonNode earlier = compare == null ? null : Json.tree(Files.readString(compare));
        List<Trial> trials = trials();
        ModelSettings model = ChatbotSettings.read(surroundings.environment()).model();
        if (builtin || !model.isModel()) {
            measure(trials, Examinee.builtin(), Limits.NONE, earlier);
            return 0;
        }
        try (GuardedModel asked = new GuardedModel(LangChainModels.of(model), model, Clock.systemUTC())) {
            measure(trials, Examinee.with(asked), new Limits(time, tokens), earlier);
        }
        return 0;
    }

    private void measure(List<Trial> trials, Examinee examinee, Limits limits, @Nullable JsonNode earlier)
            throws IOException {
        for (int round = 0; round < warmUp; round++) {
            Evaluation.of(trials, examinee, limits);
        }
        Evaluation evaluation = Evaluation.of(trials, examinee, limits);
        String set = functions.isEmpty() ? requests : functions.toString();
        ObjectNode run = RunFile.of(evaluation, examinee.described(), set);
        if (html != null) {
            Files.writeString(html, HtmlReport.of(run, evaluation));
        }
        if (!examinee.whyLast().isEmpty()) {
            surroundings.err().println("eval: " + examinee.whyLast());
        }
        PrintWriter out = surroundings.out();
        out.print(json ? Json.write(run) + "\n" : TextReport.of(run, misses));
        if (earlier != null) {
            out.print(TextReport.compared(run, earlier));
        }
        out.flush();
    }

    private List<Trial> trials() throws IOException {
        if (!functions.isEmpty()) {
            List<Trial> trials = new ArrayList<>();
            for (Path file : functions) {
                trials.addAll(FunctionCallingFiles.read(file));
            }
            return trials;
        }
        return RequestFile.SHIPPED.contains(requests)
                ? RequestFile.shipped(requests, tools())
                : RequestFile.read(Path.of(requests), tools());
    }

    /** The tools, as the runner would offer them. */
    private Catalogue tools() {
        String folders = surroundings.environment().getOrDefault("OPSCONDUCTOR_RUNNER_TOOLS", "");
        if (folders.isBlank()) {
            throw new IllegalStateException("OPSCONDUCTOR_RUNNER_TOOLS names no folder with tools");
        }
        List<Path> paths = Arrays.stream(folders.split(",", -1))
                .map(String::strip)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return PlausibleTools.beside(ToolLibrary.load(paths).library().catalogue(), toolsInAll);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
