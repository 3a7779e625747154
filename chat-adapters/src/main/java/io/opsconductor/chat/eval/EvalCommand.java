package io.opsconductor.chat.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.eval.Evaluation;
import io.opsconductor.brain.eval.FunctionCallingFiles;
import io.opsconductor.brain.eval.HtmlReport;
import io.opsconductor.brain.eval.InvalidRequestsException;
import io.opsconductor.brain.eval.PlausibleTools;
import io.opsconductor.brain.eval.RequestFile;
import io.opsconductor.brain.eval.RunFile;
import io.opsconductor.brain.eval.Stages;
import io.opsconductor.brain.eval.TextReport;
import io.opsconductor.brain.eval.Trial;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.ToolLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eval}: figures of the understanding over a set of requests. */
@Command(
        name = "eval",
        sortOptions = false,
        description = "Measures how requests are understood, without a runner and without running anything.",
        footer = {
            "",
            "Exit codes: 0 measured; 1 the requests have mistakes; 2 wrong usage; 3 it could not run.",
            "",
            "Examples:",
            "  eval",
            "  eval --requests fresh --misses",
            "  eval --json > before.json",
            "  eval --compare before.json",
            "  eval --functions BFCL_v3_simple.json"
        })
public final class EvalCommand implements Callable<Integer> {
    private static final int COULD_NOT_RUN = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--requests",
            paramLabel = "SET",
            description = "The requests: a YAML file, or one of the sets that ship: " + RequestFile.TUNED
                    + " (the default; the understanding is tuned with it) and " + RequestFile.FRESH
                    + " (it never was).")
    private String requests = RequestFile.TUNED;

    @Option(
            names = "--functions",
            paramLabel = "FILE",
            description =
                    "Instead of requests: a file of the Berkeley Function Calling Leaderboard (simple, multiple or"
                            + " irrelevance), with its answers in possible_answer/ beside it. May be repeated.")
    private List<Path> functions = new ArrayList<>();

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

    @Option(names = "--warm-up", description = "Say everything once before it is measured.")
    private boolean warmUp;

    @Option(names = "--misses", description = "Also print every request that went wrong.")
    private boolean misses;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    private final Map<String, String> environment;

    EvalCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, System.getenv(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        return new CommandLine(new EvalCommand(environment))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, wrong) -> {
                    err.println("eval: " + e.getMessage());
                    err.println("eval --help lists what there is.");
                    return 2;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    boolean mistake = e instanceof InvalidRequestsException || e instanceof InvalidJsonException;
                    String what =
                            e instanceof NoSuchFileException ? "there is no file " + e.getMessage() : e.getMessage();
                    err.println("eval: " + what);
                    return mistake ? 1 : COULD_NOT_RUN;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (json && (misses || compare != null)) {
            throw wrong("--json holds every request already; leave --misses and --compare out");
        }
        JsonNode earlier = compare == null ? null : Json.tree(Files.readString(compare));
        Stages stages = Stages.builtin();
        List<Trial> trials = trials();
        if (warmUp) {
            Evaluation.of(trials, stages);
        }
        Evaluation evaluation = Evaluation.of(trials, stages);
        String set = functions.isEmpty() ? requests : functions.toString();
        ObjectNode run = RunFile.of(evaluation, "builtin", set);
        if (html != null) {
            Files.writeString(html, HtmlReport.of(run, evaluation));
        }
        PrintWriter out = out();
        out.print(json ? Json.write(run) + "\n" : TextReport.of(run, misses));
        if (earlier != null) {
            out.print(TextReport.compared(run, earlier));
        }
        out.flush();
        return 0;
    }

    private List<Trial> trials() throws IOException {
        if (!functions.isEmpty()) {
            List<Trial> trials = new ArrayList<>();
            for (Path file : functions) {
                trials.addAll(FunctionCallingFiles.read(file));
            }
            return trials;
        }
        boolean shipped = Stream.of(RequestFile.TUNED, RequestFile.FRESH).anyMatch(requests::equals);
        return shipped ? RequestFile.shipped(requests, tools()) : RequestFile.read(Path.of(requests), tools());
    }

    /** The tools, as the runner would offer them. */
    private Catalogue tools() {
        String folders = environment.getOrDefault("OPSCONDUCTOR_RUNNER_TOOLS", "");
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

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
