package io.opsconductor.runner.cli;

import io.opsconductor.json.Json;
import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.Lint;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tools list} and {@code tools lint}. */
@Command(
        name = "tools",
        description = "The tools that people can ask for.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ToolsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "tools needs a command: list or lint");
    }

    @Command(name = "list", description = "Lists every tool that may be used.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "as the chatbot gets it") boolean json) {
        PrintWriter out = commandLine().getOut();
        ToolLibrary.LoadResult loaded =
                ToolLibrary.load(RunnerSettings.read(System.getenv()).tools());
        if (json) {
            out.println(Json.write(loaded.library().catalogue()));
        } else {
            List<CatalogueEntry> tools = loaded.library().catalogue().tools();
            int width = tools.stream().mapToInt(t -> t.name().length()).max().orElse(0);
            tools.forEach(t -> out.println(("%-" + width + "s  %-7s  %s")
                    .formatted(t.name(), t.effect().word(), t.description())));
        }
        out.flush();
        loaded.findings().forEach(f -> commandLine().getErr().println(f.text()));
        return RunnerCli.DONE;
    }

    @Command(
            name = "lint",
            description = "Looks for mistakes in tool files, and says where they are and what to do.",
            mixinStandardHelpOptions = true)
    int lint(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "files or folders; without any, the folders that the runner uses")
                    List<Path> files) {
        List<Path> paths = files == null || files.isEmpty()
                ? RunnerSettings.read(System.getenv()).tools()
                : files;
        List<Finding> findings = Lint.run(paths);
        PrintWriter out = commandLine().getOut();
        findings.forEach(finding -> out.println(finding.text()));
        long errors = findings.stream().filter(Finding::isError).count();
        int tools = ToolLibrary.load(paths).library().tools().size();
        out.println(tools
                + (tools == 1 ? " tool can be used, " : " tools can be used, ")
                + errors
                + (errors == 1 ? " mistake" : " mistakes"));
        out.flush();
        return errors == 0 ? RunnerCli.DONE : RunnerCli.NO;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
