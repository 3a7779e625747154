package io.opsconductor.runner.support;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code support-bundle}. */
@Command(
        name = "support-bundle",
        description = {
            "Writes one archive for somebody who helps: versions, settings without secrets, health, metrics, the ends of"
                    + " the logs, whether configuration and journals are sound.",
            "It has neither what people wrote nor what tools printed, and it is sent nowhere: look through it first."
        },
        mixinStandardHelpOptions = true)
public final class SupportCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "where to; it must not be there yet (default: opsconductor-support-TIME.zip)")
    private @Nullable Path output;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:OPSCONDUCTOR_HOME:-.opsconductor}",
            description = "which installation (default: OPSCONDUCTOR_HOME)")
    private Path home = Path.of(".opsconductor");

    /** @param environment where the settings are */
    public SupportCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** 0 when it is written, 3 when it cannot be. */
    @Override
    public Integer call() throws IOException {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        PrintWriter out = command.getOut();
        PrintWriter err = command.getErr();
        if (!Files.isDirectory(home)) {
            err.println("there is no installation in " + home + ": name its home with --home");
            return 3;
        }
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("OPSCONDUCTOR_HOME", home.toString());
        Path file = output == null
                ? Path.of("opsconductor-support-" + STAMP.format(ZonedDateTime.now(ZoneOffset.UTC)) + ".zip")
                : output;
        List<String> names;
        try {
            names = new SupportBundle(home, settings).write(file);
        } catch (FileAlreadyExistsException e) {
            err.println(file + " is there already: name another file with --output");
            return 3;
        }
        out.println(file.toAbsolutePath() + " (" + (Files.size(file) + 1023) / 1024 + " KB) has:");
        names.forEach(name -> out.println("  " + name));
        out.println(
                "Look through it before you send it: it names your settings, users and files, and no secret is meant to be"
                        + " in it.");
        return 0;
    }
}
