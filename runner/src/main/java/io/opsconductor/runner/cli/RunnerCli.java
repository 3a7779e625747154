package io.opsconductor.runner.cli;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.runner.keys.KeysCommand;
import io.opsconductor.runner.support.SupportCommand;
import io.opsconductor.text.Shown;
import java.io.InputStream;
import java.util.Map;
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

    private final Map<String, String> environment;
    private final InputStream in;

    private RunnerCli(Map<String, String> environment, InputStream in) {
        this.environment = environment;
        this.in = in;
    }

    public static void main(String[] arguments) {
        System.setProperty("OPSCONDUCTOR_LOG_LEVEL", "ERROR");
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, for running them in this process, with its environment and its standard input. */
    public static CommandLine commandLine() {
        return commandLine(System.getenv(), System.in);
    }

    /**
     * The commands, for running them in this process.
     *
     * @param environment where settings and credentials are looked for
     * @param in what a person types, in UTF-8
     */
    static CommandLine commandLine(Map<String, String> environment, InputStream in) {
        return new CommandLine(new RunnerCli(Map.copyOf(environment), in))
                .addSubcommand(new SupportCommand(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(RunnerCli::wrongUsage)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("opsconductor: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                    return e instanceof InvalidSettingsException ? 2 : COULD_NOT_RUN;
                });
    }

    /** The environment that the command was started with. */
    static Map<String, String> environment(CommandLine command) {
        return root(command).environment;
    }

    /** What the person types who started the command, in UTF-8. */
    static InputStream in(CommandLine command) {
        return root(command).in;
    }

    private static RunnerCli root(CommandLine command) {
        return (RunnerCli) command.getCommandSpec().root().userObject();
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
