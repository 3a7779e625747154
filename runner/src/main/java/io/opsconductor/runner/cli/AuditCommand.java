package io.opsconductor.runner.cli;

import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.trail.Export;
import io.opsconductor.runner.trail.ExportFormat;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Lines;
import io.opsconductor.runner.trail.SyslogLines;
import io.opsconductor.runner.trail.Trail;
import io.opsconductor.runner.trail.TrailReader;
import io.opsconductor.runner.trail.TrailText;
import io.opsconductor.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit verify}, {@code show} and {@code export}. */
@Command(
        name = "audit",
        description = "The journals of runner and chatbot.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "audit needs a command: verify, show or export");
    }

    @Command(
            name = "verify",
            description =
                    "Walks both journals from their first line: nothing changed, nothing missing in between, nothing"
                            + " that the store's copy has and the file has not, and whatever the runner executed was asked for by"
                            + " the chatbot.",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        JournalComparison comparison = JournalComparison.of(new HomeFiles(home));
        PrintWriter out = commandLine().getOut();
        comparison.notes().forEach(out::println);
        comparison.problems().forEach(problem -> out.println("PROBLEM " + problem));
        out.flush();
        if (comparison.journals() == 0) {
            return nothingThere(home);
        }
        out.println(comparison.problems().isEmpty() ? "the journals hold" : "the journals do not hold");
        out.flush();
        return comparison.problems().isEmpty() ? RunnerCli.DONE : RunnerCli.NO;
    }

    @Command(
            name = "show",
            description =
                    "The chain of custody of one execution: who asked, what was shown, who decided, what ran and how"
                            + " it ended; with what can be looked at again.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "EXECUTION", description = "its id, as the chat and the logs show it")
                    String execution,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        HomeFiles files = new HomeFiles(home);
        if (files.present().isEmpty()) {
            return nothingThere(home);
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        ApprovalKeys keys = new ApprovalKeys(RunnerSettings.read(environment).approvalKeys());
        Optional<Trail> trail = new TrailReader(files, keys).of(execution);
        if (trail.isEmpty()) {
            commandLine()
                    .getErr()
                    .println("no journal below " + home + " knows the execution " + Shown.quoted(execution));
            return RunnerCli.NO;
        }
        TrailText.of(trail.get()).forEach(commandLine().getOut()::println);
        commandLine().getOut().flush();
        return trail.get().holds() ? RunnerCli.DONE : RunnerCli.NO;
    }

    @Command(
            name = "export",
            description = "All entries of both journals, one line each, for another system.",
            mixinStandardHelpOptions = true)
    int export(
            @Option(
                            names = "--format",
                            defaultValue = "jsonl",
                            description = "jsonl, cef or syslog (default: ${DEFAULT-VALUE})")
                    ExportFormat format,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "only entries from then on, such as 2026-11-25T00:00:00Z")
                    @Nullable
                    Instant since,
            @Option(
                            names = "--to",
                            paramLabel = "ADDRESS",
                            description =
                                    "a syslog server, tcp://HOST:PORT or tls://HOST:PORT, instead of the terminal")
                    @Nullable
                    URI to,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        HomeFiles files = new HomeFiles(home);
        if (files.present().isEmpty()) {
            return nothingThere(home);
        }
        if (to != null && format != ExportFormat.SYSLOG) {
            throw new CommandLine.ParameterException(commandLine(), "--to takes --format syslog alone");
        }
        try (Lines lines = to == null ? Lines.printed(commandLine().getOut()) : SyslogLines.to(to)) {
            return new Export(files, format, Optional.ofNullable(since)).into(lines) ? RunnerCli.DONE : RunnerCli.NO;
        }
    }

    private int nothingThere(Path home) {
        commandLine().getErr().println("there is no journal below " + home + ": name the home with --home");
        return RunnerCli.COULD_NOT_RUN;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
