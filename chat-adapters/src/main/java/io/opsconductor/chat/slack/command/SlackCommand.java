package io.opsconductor.chat.slack.command;

import io.opsconductor.chat.command.CommandGroup;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.kit.config.InvalidSettingsException;
import picocli.CommandLine.Command;

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
public final class SlackCommand extends CommandGroup {
    SlackCommand(Surroundings surroundings) {
        super(surroundings);
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return surroundings.run(new SlackCommand(surroundings), InvalidSettingsException.class::isInstance, args);
    }

    /** The slash command that is set, even where other settings are not right yet. */
    String slashCommand() {
        String command = surroundings().environment().getOrDefault("OPSCONDUCTOR_CHATBOT_SLACK_COMMAND", "");
        return command.isBlank() ? "/ops" : command.strip();
    }
}
