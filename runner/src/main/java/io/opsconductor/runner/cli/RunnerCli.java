package io.opsconductor.runner.cli;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.runner.keys.KeysCommand;
import io.opsconductor.text.Shown;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The runner's commands. Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 it could not run. */
@Command(
        name = "opsconductor",
        description = "Looks at tools, inventory, policy and journals.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ToolsCommand.class,
            InventoryCommand.class,
            PolicyCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            HostsCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the answer is no", "2:wrong usage", "3:it could not run"})
public final class RunnerCli {
    static final int DONE = 0;
    static final int NO = 1;
    static final int COULD_NOT_RUN = 3;

    public static void main(String[] arguments) {
        System.setProperty("OPSCONDUCTOR_LOG_LEVEL", "ERROR");
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, for running them in this process. */
    public static CommandLine commandLine() {
        return new CommandLine(new RunnerCli())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(RunnerCli::wrongUsage)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("opsconductor: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                    return e instanceof InvalidSettingsException ? 2 : COULD_NOT_RUN;
                });
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr()
                .println(
                        e instanceof UnmatchedArgumentException unmatched
                                        && !command.getSubcommands().isEmpty()
                                ? name + " has no "
                                        + Shown.quoted(unmatched.getUnmatched().getFirst()) + ", it has: "
                                        + String.join(
                                                ", ", command.getSubcommands().keySet())
                                : e.getMessage());
        command.getErr().println("More: ./" + name + " --help");
        return 2;
    }
}
