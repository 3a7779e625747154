package io.opsconductor.chat.teams.command;

import io.opsconductor.chat.command.CommandGroup;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.kit.config.InvalidSettingsException;
import picocli.CommandLine.Command;

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
public final class TeamsCommand extends CommandGroup {
    TeamsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return surroundings.run(new TeamsCommand(surroundings), InvalidSettingsException.class::isInstance, args);
    }
}
