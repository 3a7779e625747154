package io.opsconductor.chat.author;

import io.opsconductor.chat.command.CommandGroup;
import io.opsconductor.chat.command.Surroundings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code tools}, as far as it needs no runner: what helps to write one's own. */
@Command(
        name = "tools",
        sortOptions = false,
        description = "Writes and checks tool files; docs/writing-tools.md takes you through it.",
        subcommands = {NewCommand.class, LintCommand.class, SchemaCommand.class},
        footer = {"", "Exit codes: 0 done; 1 there are mistakes; 2 wrong usage; 3 it could not run."})
public final class AuthorCommand extends CommandGroup {
    private final Optional<BufferedReader> answers;

    /** @param answers what somebody types; empty when nobody is there to be asked */
    AuthorCommand(Surroundings surroundings, Optional<BufferedReader> answers) {
        super(surroundings);
        this.answers = answers;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to null when input or output is not a terminal.
    public static void main(String[] args) {
        boolean asks = System.console() != null && System.console().isTerminal();
        Optional<BufferedReader> answers = asks
                ? Optional.of(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
                : Optional.empty();
        System.exit(run(Surroundings.ofProcess(), answers, args));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, Optional<BufferedReader> answers, String... args) {
        return surroundings.run(new AuthorCommand(surroundings, answers), e -> false, args);
    }

    Optional<BufferedReader> answers() {
        return answers;
    }

    /** The folders that the runner reads tools from, the last one counting most; none when none are set. */
    List<Path> library() {
        return Arrays.stream(surroundings()
                        .environment()
                        .getOrDefault("OPSCONDUCTOR_RUNNER_TOOLS", "")
                        .split(",", -1))
                .map(String::strip)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }
}
