package io.opsconductor.chat.model;

import io.opsconductor.kit.config.InvalidSettingsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code model}: what helps to set a language model up. */
@Command(
        name = "model",
        sortOptions = false,
        description = "Sets a language model up; docs/models.md takes you through it.",
        subcommands = CheckCommand.class,
        footer = {
            "",
            "Exit codes: 0 done, everything is right; 1 something is missing or wrong; 2 wrong usage; 3 it could not"
                    + " run (the model's server cannot be reached).",
            "",
            "Examples:",
            "  model check",
            "  model check --json"
        })
public final class ModelCommand implements Callable<Integer> {
    private static final int COULD_NOT_RUN = 3;

    /** Where words go, and where settings come from. */
    record Surroundings(PrintWriter out, PrintWriter err, Map<String, String> environment) {}

    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    ModelCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new Surroundings(out, err, System.getenv()), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return new CommandLine(new ModelCommand(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setParameterExceptionHandler((e, wrong) -> {
                    surroundings.err().println("model: " + e.getMessage());
                    surroundings.err().println("model --help lists what there is.");
                    return 2;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    surroundings.err().println("model: " + e.getMessage());
                    return e instanceof InvalidSettingsException ? 1 : COULD_NOT_RUN;
                })
                .execute(args);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "say what to do: check");
    }
}
