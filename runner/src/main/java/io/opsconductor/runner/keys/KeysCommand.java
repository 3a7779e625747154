package io.opsconductor.runner.keys;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys init}: the development certificates and keys of a home. Exit codes: 0 done, 2 usage, 3 failed. */
@Command(
        name = "keys",
        description = "Certificates and keys of a local home.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "keys needs a command: init");
    }

    @Command(
            name = "init",
            description =
                    "Makes the missing certificates and keys, renews those that end within 30 days, keeps the rest.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "2:wrong usage", "3:could not be made"})
    int init(
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME}",
                            required = true,
                            description = "where tls/ and keys/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home) {
        try {
            report(
                    DevelopmentKeys.ensure(home, InstantSource.system()),
                    commandLine().getOut());
            return 0;
        } catch (KeysException e) {
            commandLine().getErr().println(e.getMessage());
            return 3;
        }
    }

    private static void report(List<KeyFile> files, PrintWriter out) {
        for (KeyFile file : files) {
            out.println(file.outcome().name().toLowerCase(Locale.ROOT) + " " + file.path());
        }
        out.flush();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec.commandLine();
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new KeysCommand()).execute(arguments));
    }
}
