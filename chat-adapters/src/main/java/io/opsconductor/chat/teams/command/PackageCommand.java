package io.opsconductor.chat.teams.command;

import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code teams package}: the file to upload in Teams. The same input gives the same bytes. */
@Command(
        name = "package",
        sortOptions = false,
        description = {
            "Writes the app package: a zip file with the manifest and two icons, to be uploaded in Teams (Apps, Manage"
                    + " your apps, Upload an app) or in the Teams admin center."
        })
final class PackageCommand implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** Zip files hold a time without a zone; a fixed one keeps the package reproducible. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    @ParentCommand
    private @Nullable TeamsCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--app-id",
            paramLabel = "ID",
            description = "The application's (client) ID (default: teams.app-id, as it is set).")
    private @Nullable String application;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "OpsConductor",
            description = "The app's name, at most 30 characters (default: ${DEFAULT-VALUE}).")
    private String name = "OpsConductor";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "opsconductor-teams.zip",
            description = "Where to write it (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("opsconductor-teams.zip");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws IOException {
        TeamsCommand teams = Objects.requireNonNull(parent);
        String id = application == null
                ? ChatbotSettings.source(teams.surroundings().environment()).text("teams.app-id", "")
                : application;
        if (!ID.matcher(id).matches()) {
            throw wrong("--app-id must be the application's (client) ID, such as"
                    + " 11111111-2222-3333-4444-555555555555; Microsoft Entra shows it on the application's Overview");
        }
        if (name.isBlank() || name.length() > TeamsManifest.MAX_NAME) {
            throw wrong("--name must have 1 to " + TeamsManifest.MAX_NAME + " characters");
        }
        String manifest =
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(new TeamsManifest(id, name).json());
        try (OutputStream file = Files.newOutputStream(output);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            add(zip, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
            add(zip, "color.png", icon("color.png"));
            add(zip, "outline.png", icon("outline.png"));
        }
        teams.surroundings().out().println("wrote " + output + ": upload it in Teams (Apps, Manage your apps)");
        return 0;
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] icon(String name) throws IOException {
        try (InputStream in = PackageCommand.class.getResourceAsStream("/teams/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
