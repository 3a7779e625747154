package io.opsconductor.runner.cli;

import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy check}. */
@Command(
        name = "policy",
        description = "Who may ask for what, and who must approve it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "policy needs a command: check");
    }

    @Command(name = "check", description = "Looks for mistakes in the policy files.", mixinStandardHelpOptions = true)
    int check() {
        Reading<Policy> reading =
                PolicyReader.read(RunnerSettings.read(System.getenv()).policy());
        return switch (reading) {
            case Reading.Bad<Policy> bad -> {
                bad.problems().forEach(p -> commandLine().getOut().println(p.text()));
                commandLine().getOut().println(bad.problems().size() + " mistakes: a runner would not use this policy");
                yield RunnerCli.NO;
            }
            case Reading.Good<Policy> good -> {
                good.warnings().forEach(w -> commandLine().getOut().println(w.text()));
                commandLine()
                        .getOut()
                        .println("the policy is good, version " + good.value().version());
                yield RunnerCli.DONE;
            }
        };
    }

    @Command(name = "explain", hidden = true)
    int explain(@Parameters(arity = "0..*", hidden = true) List<String> rest) {
        commandLine().getErr().println("'policy explain' is not in this version.");
        return RunnerCli.COULD_NOT_RUN;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
