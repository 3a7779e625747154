package io.opsconductor.chat.command;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: it asks for one of its subcommands, and gives them their surroundings. */
public abstract class CommandGroup implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    protected CommandGroup(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public final Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public final Integer call() {
        CommandSpec own = Objects.requireNonNull(spec);
        List<String> names = List.copyOf(own.subcommands().keySet());
        String all = String.join(", ", names.subList(0, names.size() - 1));
        throw new ParameterException(
                own.commandLine(), "say what to do: " + (all.isEmpty() ? "" : all + " or ") + names.getLast());
    }
}
