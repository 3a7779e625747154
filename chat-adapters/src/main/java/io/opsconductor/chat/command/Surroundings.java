package io.opsconductor.chat.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;

/**
 * Where a command stands.
 *
 * @param out where its answer goes
 * @param err where what went wrong is said
 * @param environment where settings come from
 */
public record Surroundings(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    private static final int MISTAKE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_RUN = 3;

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv());
    }

    /**
     * Runs a command; what goes wrong is said in a line that begins with its name.
     *
     * @param isMistake whether what it threw is a mistake in what it was given, which people can mend
     * @return the command's own exit code; 1 for a mistake, 2 for wrong usage, 3 when it could not run
     */
    public int run(Callable<Integer> command, Predicate<Exception> isMistake, String... args) {
        CommandLine line = new CommandLine(command);
        String name = line.getCommandName();
        return line.setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, wrong) -> {
                    err.println(name + ": " + e.getMessage());
                    err.println(name + " --help lists what there is.");
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((e, ran, parsed) -> {
                    boolean noFile = e instanceof NoSuchFileException;
                    err.println(name + ": " + (noFile ? "there is no file " : "") + e.getMessage());
                    return isMistake.test(e) ? MISTAKE : COULD_NOT_RUN;
                })
                .execute(args);
    }
}
