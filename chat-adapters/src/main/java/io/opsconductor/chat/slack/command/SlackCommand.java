package io.opsconductor.chat.slack.command;

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

/** {@code slack}: what helps to set the Slack app up. */
@Command(
        name = "slack",
        sortOptions = false,
        description = "Sets the Slack app up; docs/slack.md takes you through it.",
        subcommands = {ManifestCommand.class, CheckCommand.class},
        footer = {
            "",
            "Exit codes: 0 done, everything is right; 1 something is missing or wrong; 2 wrong usage; 3 it could not"
                    + " run (Slack cannot be reached).",
            "",
            "Examples:",
            "  slack manifest",
            "  slack manifest --url https://ops.example.com",
            "  slack check"
        })
public final class SlackCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    SlackCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return surroundings.run(new SlackCommand(surroundings), InvalidSettingsException.class::isInstance, args);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The slash command that is set, even where other settings are not right yet. */
    String slashCommand() {
        String command = surroundings.environment().getOrDefault("OPSCONDUCTOR_CHATBOT_SLACK_COMMAND", "");
        return command.isBlank() ? "/ops" : command.strip();
    }

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "say what to do: manifest or check");
    }
}
