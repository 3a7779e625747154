package io.opsconductor.chat.model;

import io.opsconductor.chat.command.CommandGroup;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.kit.config.InvalidSettingsException;
import picocli.CommandLine.Command;

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
public final class ModelCommand extends CommandGroup {
    ModelCommand(Surroundings surroundings) {
        super(surroundings);
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return surroundings.run(new ModelCommand(surroundings), InvalidSettingsException.class::isInstance, args);
    }
}
