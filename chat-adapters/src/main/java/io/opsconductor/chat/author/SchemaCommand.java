package io.opsconductor.chat.author;

import io.opsconductor.tool.ToolFileParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tools schema}: the form of a tool file, for editors. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of tool files, which gives an editor completion and checks as you type.",
            "",
            "Keep it as tool.schema.json beside your tools: what \"tools new\" writes there names it."
        })
final class SchemaCommand implements Callable<Integer> {
    /** Its name beside the tools of a folder. */
    static final String FILE = "tool.schema.json";

    @ParentCommand
    private @Nullable AuthorCommand parent;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(parent).surroundings().out();
        try (InputStream in =
                Objects.requireNonNull(ToolFileParser.class.getResourceAsStream("tool.schema.json"), "in the jar")) {
            out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        out.flush();
        return 0;
    }
}
