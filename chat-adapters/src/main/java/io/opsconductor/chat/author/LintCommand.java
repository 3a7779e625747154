package io.opsconductor.chat.author;

import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.tool.Lint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tools lint}: mistakes and advice, also whether the examples find their tool among all others. */
@Command(
        name = "lint",
        sortOptions = false,
        description = {
            "Looks for mistakes in tool files, says where they are and what to do, and gives advice: an effect that does not"
                    + " fit the command, values without bounds, no timeout, a description that says little, too few"
                    + " examples, and examples that find another tool, asked of the understanding that needs no model with"
                    + " the runner's tools beside yours."
        },
        footer = {
            "",
            "Exit codes: 0 no mistakes; 1 there are mistakes, or with --strict advice; 2 wrong usage; 3 it could not run.",
            "",
            "Examples:",
            "  tools lint my-tools",
            "  tools lint --strict my-tools/who.yaml",
            "  tools lint --tenant acme"
        })
final class LintCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable AuthorCommand parent;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Files or folders; without any, the folders that the runner uses.")
    private List<Path> files = List.of();

    @Option(names = "--strict", description = "Advice counts as a mistake.")
    private boolean strict;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            split = ",",
            description = "Names of targets that the examples speak of, where they do not look like web-server-01."
                    + " May be repeated.")
    private List<String> targets = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws IOException {
        AuthorCommand author = Objects.requireNonNull(parent);
        Surroundings surroundings = author.surroundings();
        List<Path> library = author.library();
        if (files.isEmpty() && library.isEmpty()) {
            throw new IllegalStateException(
                    "there is nothing to look at: name a file or folder, or set OPSCONDUCTOR_RUNNER_TOOLS");
        }
        Lint.Report report = ExampleAdvice.report(library, files.isEmpty() ? library : files, targets);
        report.findings().forEach(finding -> surroundings.out().println(finding.text()));
        surroundings.out().println(report.summary());
        surroundings.out().flush();
        return report.passes(strict) ? 0 : 1;
    }
}
