package io.opsconductor.runner.cli;

import io.opsconductor.json.Json;
import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.inventory.Target;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code inventory list}. */
@Command(
        name = "inventory",
        description = "The machines that tools can run on.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class InventoryCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "inventory needs a command: list");
    }

    @Command(
            name = "list",
            description = "Lists the targets, or every mistake of the files.",
            mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "as the chatbot gets it, without addresses") boolean json) {
        Reading<Inventory> reading =
                InventoryReader.read(RunnerSettings.read(System.getenv()).inventory());
        return switch (reading) {
            case Reading.Bad<Inventory> bad -> {
                bad.problems().forEach(p -> commandLine().getErr().println(p.text()));
                yield RunnerCli.NO;
            }
            case Reading.Good<Inventory> good -> {
                good.warnings().forEach(w -> commandLine().getErr().println(w.text()));
                print(good.value(), json);
                yield RunnerCli.DONE;
            }
        };
    }

    private void print(Inventory inventory, boolean json) {
        PrintWriter out = commandLine().getOut();
        if (json) {
            out.println(Json.write(inventory.directory()));
        } else {
            for (Target target : inventory.targets()) {
                out.println("%-24s %-30s %-12s %-10s %s%s"
                        .formatted(
                                target.name(),
                                target.address() + ":" + target.port(),
                                target.environment().isEmpty() ? "-" : target.environment(),
                                target.platform().isEmpty() ? "-" : target.platform(),
                                String.join(",", target.groups()),
                                target.hostKeys().isEmpty() ? "  (no host key is known)" : ""));
            }
            out.println(inventory.targets().size() + " targets, "
                    + inventory.groups().size() + " groups");
        }
        out.flush();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
