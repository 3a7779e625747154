package io.opsconductor.chat.teams.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipFile;

/** The manifest that {@code teams package} writes. */
public final class PackagedManifest {
    private PackagedManifest() {}

    /** @param directory for the package */
    public static JsonNode of(Path directory, String application) throws IOException {
        Path file = directory.resolve("app.zip");
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int code = TeamsCommand.run(
                new Surroundings(nowhere, nowhere, Map.of()),
                "package",
                "--output",
                file.toString(),
                "--app-id",
                application);
        assertThat(code).isZero();
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(Objects.requireNonNull(zip.getEntry("manifest.json")))) {
            return Json.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
