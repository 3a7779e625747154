package io.opsconductor.runner.cli;

import io.opsconductor.json.Json;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.Lint;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.tool.ToolPages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tools list}, {@code tools lint}, {@code tools folders} and {@code tools docs}. */
@Command(
        name = "tools",
        description = "The tools that people can ask for.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "And, each with its own --help: new, lint, schema and try, for writing tools (docs/writing-tools.md)."
        })
final class ToolsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "tools needs a command: list, lint, folders or docs");
    }

    @Command(name = "list", description = "Lists every tool that may be used.", mixinStandardHelpOptions = true)
    int list(
            @Mixin TenantOption tenant,
            @Option(names = "--json", description = "as the chatbot gets it") boolean json) {
        PrintWriter out = commandLine().getOut();
        ToolLibrary.LoadResult loaded = ToolLibrary.load(tenant.files().tools());
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
            @Mixin TenantOption tenant,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "files or folders; without any, the folders that the runner uses")
                    List<Path> files,
            @Option(names = "--strict", description = "advice counts as a mistake") boolean strict) {
        List<Path> paths = files == null || files.isEmpty() ? tenant.files().tools() : files;
        Lint.Report report = Lint.report(paths);
        PrintWriter out = commandLine().getOut();
        report.findings().forEach(finding -> out.println(finding.text()));
        out.println(report.summary());
        out.flush();
        return report.passes(strict) ? RunnerCli.DONE : RunnerCli.NO;
    }

    @Command(
            name = "folders",
            description =
                    "Prints the folders that the runner reads tools from, one a line, the last one counting most.",
            mixinStandardHelpOptions = true)
    int folders(@Mixin TenantOption tenant) {
        PrintWriter out = commandLine().getOut();
        tenant.files().tools().forEach(out::println);
        out.flush();
        return RunnerCli.DONE;
    }

    @Command(
            name = "docs",
            description = "Writes the pages about folders of tools, one for each folder in them.",
            mixinStandardHelpOptions = true)
    int docs(
            @Parameters(
                            index = "0",
                            paramLabel = "PAGES",
                            description = "the folder for the pages; its other pages are deleted")
                    Path pages,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "TOOLS",
                            description = "folders of tools that lie side by side, the one that is always loaded first")
                    List<Path> tools)
            throws IOException {
        ToolLibrary.LoadResult loaded = ToolLibrary.load(tools);
        loaded.findings().forEach(finding -> commandLine().getErr().println(finding.text()));
        if (loaded.hasErrors()) {
            return RunnerCli.NO;
        }
        Map<String, String> texts = ToolPages.of(tools, loaded.library());
        Files.createDirectories(pages);
        for (Map.Entry<String, String> page : texts.entrySet()) {
            Files.writeString(pages.resolve(page.getKey()), page.getValue());
        }
        try (DirectoryStream<Path> there = Files.newDirectoryStream(pages, "*.md")) {
            for (Path page : there) {
                if (!texts.containsKey(String.valueOf(page.getFileName()))) {
                    Files.delete(page);
                }
            }
        }
        commandLine()
                .getOut()
                .println(texts.size() + " pages about "
                        + loaded.library().tools().size() + " tools");
        commandLine().getOut().flush();
        return RunnerCli.DONE;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
