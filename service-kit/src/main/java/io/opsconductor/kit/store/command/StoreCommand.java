package io.opsconductor.kit.store.command;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.store.StoreCopy;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the store of one process. Exit codes: 0 done, 2 wrong usage, 3 it could not be done. */
@Command(
        name = "opsconductor db",
        description = "Looks after the stores.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:wrong usage", "3:it could not be done"})
public final class StoreCommand {
    private static final int DONE = 0;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT = 3;

    private final String process;
    private final String migrations;
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    private StoreCommand(String process, String migrations, Map<String, String> environment) {
        this.process = process;
        this.migrations = migrations;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The commands for one process.
     *
     * @param process {@code chatbot} or {@code runner}
     * @param migrations class path folder of its migrations
     * @param environment its settings, usually {@code System.getenv()}
     */
    public static CommandLine of(String process, String migrations, Map<String, String> environment) {
        return new CommandLine(new StoreCommand(process, migrations, environment))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("opsconductor: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                    return e instanceof InvalidSettingsException ? WRONG_USAGE : COULD_NOT;
                });
    }

    @Command(
            name = "migrate",
            description = "Copies a process's store from its file into the PostgreSQL database that its settings name"
                    + " (store.url), which must be empty, and reads all of it back. The process must not run; its file"
                    + " stays as it is.",
            mixinStandardHelpOptions = true)
    int migrate(@Parameters(paramLabel = "PROCESS", description = "chatbot or runner") String named)
            throws IOException {
        Path home = home(named);
        Path file = StorePlace.file(home, process);
        if (!(StorePlace.of(process, home, environment) instanceof StorePlace.OnServer target)) {
            err().println("The settings of the " + process + " name no database: set store.url, store.user and"
                    + " store.password, as variables OPSCONDUCTOR_" + process.toUpperCase(Locale.ROOT)
                    + "_STORE_URL and so on or in its file, to the one that it shall use from now on.");
            return WRONG_USAGE;
        }
        if (!Files.exists(file)) {
            err().println("There is no " + file + ": nothing to copy. Start the " + process
                    + "; it makes its tables itself.");
            return COULD_NOT;
        }
        try {
            Journal.refuseWhileWritten(home.resolve(process).resolve("journal"));
        } catch (JournalUnavailableException e) {
            err().println("The " + process + " runs: stop it, then ask again.");
            return COULD_NOT;
        }
        List<StoreCopy.Copied> copied = StoreCopy.copy(file, target, migrations, this::tell);
        say("Copied " + copied.size() + " tables with "
                + copied.stream().mapToLong(StoreCopy.Copied::rows).sum() + " rows to " + target
                + "; each was read back and is the same.");
        say("Next: start the " + process + " with these settings. It reads " + file
                + " no more: keep it until you are content, then delete it.");
        return DONE;
    }

    private void tell(StoreCopy.Copied copied) {
        say(String.format(
                Locale.ROOT,
                "  %-22s %,10d rows%s",
                copied.table(),
                copied.rows(),
                copied.replaced() == 0 ? "" : ", in which " + copied.replaced() + " texts had a NUL, now U+FFFD"));
    }

    @Command(
            name = "backup",
            description = "Writes one moment of a process's store into a new file, also while the process runs.",
            mixinStandardHelpOptions = true)
    int backup(
            @Parameters(paramLabel = "PROCESS", description = "chatbot or runner") String named,
            @Parameters(paramLabel = "FILE", description = "the new file") Path copy) {
        Path home = home(named);
        return switch (StorePlace.of(process, home, environment)) {
            case StorePlace.InFile in
            when !Files.exists(in.file()) -> {
                err().println("There is no " + in.file() + ": name the home with OPSCONDUCTOR_HOME.");
                yield COULD_NOT;
            }
            case StorePlace.InFile in -> {
                StoreCopy.snapshot(in.file(), copy.toAbsolutePath());
                say("Wrote " + copy.toAbsolutePath() + ". To restore it: stop the " + process + ", delete " + in.file()
                        + "-wal and " + in.file() + "-shm, and put it in the place of " + in.file() + ".");
                yield DONE;
            }
            case StorePlace.OnServer server -> {
                err().println("The store of the " + process + " is in " + server
                        + ": back it up with PostgreSQL's own tools, such as pg_dump --format=custom --file " + copy);
                yield COULD_NOT;
            }
        };
    }

    private Path home(String named) {
        if (!named.equals(process)) {
            throw new CommandLine.ParameterException(
                    commandLine(), Shown.quoted(named) + " has no store: name chatbot or runner");
        }
        return Settings.open(process, Optional.empty(), environment).home();
    }

    private void say(String sentence) {
        PrintWriter out = commandLine().getOut();
        out.println(sentence);
        out.flush();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
