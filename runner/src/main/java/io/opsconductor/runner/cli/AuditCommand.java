package io.opsconductor.runner.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit verify}. */
@Command(
        name = "audit",
        description = "The journals of runner and chatbot.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "audit needs a command: verify");
    }

    @Command(
            name = "verify",
            description = "Walks both journals from their first line: nothing changed, nothing missing in between, and"
                    + " whatever the runner executed was asked for by the chatbot.",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        JournalComparison comparison = JournalComparison.of(home);
        PrintWriter out = commandLine().getOut();
        comparison.notes().forEach(out::println);
        comparison.problems().forEach(problem -> out.println("PROBLEM " + problem));
        out.flush();
        if (comparison.journals() == 0) {
            commandLine().getErr().println("there is no journal below " + home + ": name the home with --home");
            return RunnerCli.COULD_NOT_RUN;
        }
        out.println(comparison.problems().isEmpty() ? "the journals hold" : "the journals do not hold");
        out.flush();
        return comparison.problems().isEmpty() ? RunnerCli.DONE : RunnerCli.NO;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
