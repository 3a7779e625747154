package io.opsconductor.runner.cli;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.runner.keys.KeysCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

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
            RunnerCli.Hosts.class,
            RunnerCli.Db.class
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
        return new CommandLine(new RunnerCli()).setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println("opsconductor: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return e instanceof InvalidSettingsException ? 2 : COULD_NOT_RUN;
        });
    }

    /** A name that is kept for later. */
    abstract static class NotYet implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Unmatched
        private List<String> rest = new ArrayList<>();

        @Override
        public Integer call() {
            CommandSpec known = Objects.requireNonNull(spec, "picocli sets it");
            String asked = rest.isEmpty() ? known.name() : known.name() + " " + rest.getFirst();
            known.commandLine().getErr().println("'" + asked + "' is not in this version.");
            return COULD_NOT_RUN;
        }
    }

    @Command(name = "hosts", hidden = true)
    static final class Hosts extends NotYet {}

    @Command(name = "db", hidden = true)
    static final class Db extends NotYet {}
}
