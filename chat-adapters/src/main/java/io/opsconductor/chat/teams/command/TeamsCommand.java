package io.opsconductor.chat.teams.command;

import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.kit.config.InvalidSettingsException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code teams}: what helps to set the app for Teams up. */
@Command(
        name = "teams",
        sortOptions = false,
        description = "Sets the app for Microsoft Teams up; docs/teams.md takes you through it.",
        subcommands = {PackageCommand.class, CheckCommand.class},
        footer = {
            "",
            "Exit codes: 0 done, everything is right; 1 something is missing or wrong; 2 wrong usage; 3 it could not"
                    + " run (Microsoft cannot be reached).",
            "",
            "Examples:",
            "  teams package --app-id 11111111-2222-3333-4444-555555555555",
            "  teams check"
        })
public final class TeamsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    TeamsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return surroundings.run(new TeamsCommand(surroundings), InvalidSettingsException.class::isInstance, args);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "say what to do: package or check");
    }
}
