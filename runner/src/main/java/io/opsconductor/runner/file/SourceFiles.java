package io.opsconductor.runner.file;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import io.opsconductor.yaml.YamlFile;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the runner's own files, each at most {@value #MAX_BYTES} bytes. */
public final class SourceFiles {
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final YamlReader YAML = new YamlReader(MAX_BYTES, 20, 500_000);

    private SourceFiles() {}

    /**
     * A file's bytes.
     *
     * @return null when it cannot be read, which is then among the findings
     */
    public static byte @Nullable [] bytes(Path file, List<Finding> findings) {
        String found;
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
            findings.add(YamlReader.tooLarge(file.toString(), MAX_BYTES));
            return null;
        } catch (NoSuchFileException e) {
            found = "none there";
        } catch (AccessDeniedException e) {
            found = "one that the runner's account may not read";
        } catch (IOException e) {
            found = e.getClass().getSimpleName();
        }
        findings.add(Finding.error(
                file.toString(), Place.START, "", "expected a readable file, found " + found, "Check the path."));
        return null;
    }

    /**
     * The tree of a YAML file's bytes.
     *
     * @return null when there is none, which is then among the findings
     */
    public static @Nullable YamlValue yaml(Path file, byte[] bytes, List<Finding> findings) {
        YamlFile yaml = YAML.read(file.toString(), bytes);
        findings.addAll(yaml.findings());
        return yaml.root().isMissingNode() ? null : new YamlValue(yaml, "", yaml.root(), findings);
    }
}
