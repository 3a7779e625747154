package io.opsconductor.chat.model;

import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.chat.command.Surroundings;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code model check}: whether the chatbot could use the model that is set. */
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Checks the settings, whether the model's server answers and has the model, whether the model answers in the"
                    + " form that it is given (a JSON schema), and how long that takes."
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable ModelCommand parent;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() {
        Surroundings surroundings = Objects.requireNonNull(parent).surroundings();
        // Throws with every mistake and its remedy.
        ModelSettings settings =
                ChatbotSettings.read(surroundings.environment()).model();
        Report report = settings.isModel() ? Check.of(settings) : Report.withoutModel();
        if (json) {
            surroundings.out().println(report.json());
        } else {
            report.lines().forEach(surroundings.out()::println);
        }
        return report.exitCode();
    }
}
