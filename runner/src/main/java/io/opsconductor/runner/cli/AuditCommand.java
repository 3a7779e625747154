package io.opsconductor.runner.cli;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.trail.BegunAnew;
import io.opsconductor.runner.trail.Export;
import io.opsconductor.runner.trail.ExportFormat;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Lines;
import io.opsconductor.runner.trail.OtlpLogs;
import io.opsconductor.runner.trail.SyslogLines;
import io.opsconductor.runner.trail.Trail;
import io.opsconductor.runner.trail.TrailReader;
import io.opsconductor.runner.trail.TrailText;
import io.opsconductor.runner.trail.Verification;
import io.opsconductor.runner.trail.Whose;
import io.opsconductor.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final Duration OTLP_DEADLINE = Duration.ofSeconds(30);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "audit needs a command: verify, show, export or anew");
    }

    @Command(
            name = "verify",
            description =
                    "Walks both journals from their first line: nothing changed, missing or out of order; nothing that the"
                            + " store's copy has and the file has not; everything signed by a checkpoint, and every checkpoint"
                            + " that the other process saw still there; and both journals tell the same of each plan, decision"
                            + " and execution.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:they hold", "1:they do not", "2:wrong usage", "3:they could not be read"})
    int verify(
            @Option(
                            names = "--only",
                            paramLabel = "PROCESS",
                            description = "chatbot or runner: this one alone, where the other one's home is elsewhere")
                    @Nullable
                    String only,
            @Option(
                            names = "--width",
                            paramLabel = "COLUMNS",
                            defaultValue = "${env:COLUMNS:-10000}",
                            description = "how wide the terminal is (default: COLUMNS, else a line for each)")
                    int width,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        Verification verification = Verification.of(
                HomeFiles.of(home, RunnerCli.environment(commandLine())),
                only == null ? HomeFiles.PROCESSES : List.of(process(only)));
        PrintWriter out = commandLine().getOut();
        verification.lines(width).forEach(out::println);
        out.flush();
        if (verification.journals() == 0) {
            return nothingThere(home);
        }
        return verification.defects().isEmpty() ? RunnerCli.DONE : RunnerCli.NO;
    }

    private String process(String name) {
        if (!HomeFiles.PROCESSES.contains(name)) {
            throw new CommandLine.ParameterException(
                    commandLine(), Shown.quoted(name) + " is neither chatbot nor runner");
        }
        return name;
    }

    @Command(
            name = "anew",
            description =
                    "Puts a journal that its process refuses to continue aside as evidence, and begins a new one, whose"
                            + " first line says so. The process must not run.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "2:wrong usage", "3:could not be done"})
    int anew(
            @Parameters(paramLabel = "PROCESS", description = "chatbot or runner") String process,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for the record")
                    String reason,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        try {
            Path evidence = BegunAnew.of(
                    HomeFiles.of(home, RunnerCli.environment(commandLine())),
                    process(process),
                    System.getProperty("user.name", "unknown"),
                    reason,
                    Clock.systemUTC());
            commandLine().getOut().println("the " + process + "'s journal begins anew; what was is in " + evidence);
            commandLine().getOut().flush();
            return RunnerCli.DONE;
        } catch (JournalUnavailableException e) {
            commandLine().getErr().println(e.getMessage());
            return RunnerCli.COULD_NOT_RUN;
        }
    }

    @Command(
            name = "show",
            description =
                    "The chain of custody of one execution: who asked, what was shown, who decided, what ran and how"
                            + " it ended; with what can be looked at again.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin TenantOption tenant,
            @Parameters(paramLabel = "EXECUTION", description = "its id, as the chat and the logs show it")
                    String execution,
            @Option(
                            names = "--width",
                            paramLabel = "COLUMNS",
                            defaultValue = "${env:COLUMNS:-100}",
                            description = "how wide the terminal is (default: COLUMNS, else 100)")
                    int width,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        HomeFiles files = HomeFiles.of(home, RunnerCli.environment(commandLine()));
        if (files.present().isEmpty()) {
            return nothingThere(home);
        }
        Map<String, String> environment = new HashMap<>(RunnerCli.environment(commandLine()));
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        Whose whose = new Whose(Optional.ofNullable(tenant.named()));
        Optional<Trail> trail = new TrailReader(files, keys(RunnerSettings.read(environment)), whose).of(execution);
        if (trail.isEmpty()) {
            commandLine()
                    .getErr()
                    .println("no journal below " + home + " knows the execution " + Shown.quoted(execution));
            return RunnerCli.NO;
        }
        TrailText.of(trail.get(), width).forEach(commandLine().getOut()::println);
        commandLine().getOut().flush();
        return trail.get().holds() ? RunnerCli.DONE : RunnerCli.NO;
    }

    @Command(
            name = "export",
            description = "All entries of both journals, for another system.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin TenantOption tenant,
            @Option(
                            names = "--format",
                            defaultValue = "jsonl",
                            description = "jsonl, cef, syslog or otlp (default: ${DEFAULT-VALUE})")
                    Form form,
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
                                    "a syslog server, tcp://HOST:PORT or tls://HOST:PORT, instead of the terminal; for otlp,"
                                            + " which needs it, where logs are taken: http://HOST:4318/v1/logs")
                    @Nullable
                    URI to,
            @Option(
                            names = "--headers",
                            paramLabel = "FILE",
                            description = "lines such as \"Authorization: Bearer ...\", sent with otlp")
                    @Nullable
                    Path headers,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
                            description = "where runner/ and chatbot/ lie (default: OPSCONDUCTOR_HOME)")
                    Path home)
            throws IOException {
        HomeFiles files = HomeFiles.of(home, RunnerCli.environment(commandLine()));
        if (files.present().isEmpty()) {
            return nothingThere(home);
        }
        Export export = new Export(files, Optional.ofNullable(since), new Whose(Optional.ofNullable(tenant.named())));
        if (form == Form.OTLP) {
            try (OtlpLogs logs = new OtlpLogs(otlp(to), headers(headers), OTLP_DEADLINE)) {
                return export.into(logs) ? RunnerCli.DONE : RunnerCli.NO;
            }
        }
        if (to != null && form != Form.SYSLOG) {
            throw new CommandLine.ParameterException(commandLine(), "--to takes --format syslog or otlp alone");
        }
        try (Lines lines = to == null ? Lines.printed(commandLine().getOut()) : SyslogLines.to(to)) {
            return export.into(form.lines(), lines) ? RunnerCli.DONE : RunnerCli.NO;
        }
    }

    /** What an export can be. */
    enum Form {
        JSONL,
        CEF,
        SYSLOG,
        OTLP;

        ExportFormat lines() {
            return switch (this) {
                case JSONL -> ExportFormat.JSONL;
                case CEF -> ExportFormat.CEF;
                case SYSLOG -> ExportFormat.SYSLOG;
                case OTLP -> throw new IllegalStateException("OTLP has no lines");
            };
        }
    }

    private Map<String, String> headers(@Nullable Path file) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line : file == null ? List.<String>of() : Files.readAllLines(file)) {
            String[] parts = line.split(":", 2);
            if (parts.length == 2) {
                headers.put(parts[0].strip(), parts[1].strip());
            } else if (!line.isBlank()) {
                throw new CommandLine.ParameterException(commandLine(), file + " has a line that is not NAME: VALUE");
            }
        }
        return headers;
    }

    private URI otlp(@Nullable URI to) {
        if (to == null || !("http".equals(to.getScheme()) || "https".equals(to.getScheme())) || to.getHost() == null) {
            throw new CommandLine.ParameterException(
                    commandLine(), "--format otlp needs --to http://HOST:4318/v1/logs, or https");
        }
        return to;
    }

    /** The approval keys of each tenant; of one that the configuration has no more, those of the first. */
    private static Function<Optional<Tenant>, ApprovalKeys> keys(RunnerSettings settings) {
        return wanted -> new ApprovalKeys(settings.tenants().stream()
                .filter(files -> wanted.isPresent() && files.tenant().equals(wanted.get()))
                .findFirst()
                .orElse(settings.tenants().getFirst())
                .approvalKeys());
    }

    private int nothingThere(Path home) {
        commandLine().getErr().println("there is no journal below " + home + ": name the home with --home");
        return RunnerCli.COULD_NOT_RUN;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
