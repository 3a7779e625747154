package io.opsconductor.runner.file;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads one YAML file into a tree with places. At most {@value #MAX_BYTES} bytes and {@value #MAX_DEPTH} levels; one
 * document; no aliases.
 */
public final class YamlFile {
    public static final int MAX_BYTES = 4 * 1024 * 1024;
    public static final int MAX_DEPTH = 20;

    private YamlFile() {}

    /**
     * The file's bytes.
     *
     * @return null when it cannot be read, which is then among the problems
     */
    public static byte @Nullable [] bytes(Path file, List<FileProblem> problems) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add(FileProblem.of(
                        file, "the file is larger than " + MAX_BYTES / 1024 / 1024 + " MiB; split it into several"));
                return null;
            }
            return bytes;
        } catch (NoSuchFileException e) {
            problems.add(FileProblem.of(file, "the file does not exist"));
        } catch (IOException e) {
            problems.add(FileProblem.of(
                    file, "the file cannot be read: " + e.getClass().getSimpleName() + ", " + e.getMessage()));
        }
        return null;
    }

    /**
     * The tree of a file's bytes.
     *
     * @return null when the text is not usable YAML or empty, which is then among the problems
     */
    public static @Nullable YamlValue parse(Path file, byte[] bytes, List<FileProblem> problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(FileProblem.of(file, "the file is not UTF-8 text"));
            return null;
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        Yaml yaml = new Yaml(new SafeConstructor(options));
        try {
            for (Event event : yaml.parse(new StringReader(text))) {
                if (event instanceof AliasEvent alias) {
                    problems.add(at(
                            file,
                            alias.getStartMark(),
                            "aliases (*" + alias.getAnchor() + ") are not accepted; write the value out"));
                    return null;
                }
            }
            Node root = yaml.compose(new StringReader(text));
            if (root == null) {
                problems.add(FileProblem.of(file, "the file is empty"));
                return null;
            }
            return new YamlValue(file, root, "the file", problems);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String message = "not valid YAML: " + e.getProblem();
            problems.add(mark == null ? FileProblem.of(file, message) : at(file, mark, message));
            return null;
        } catch (RuntimeException e) {
            // The parser throws more than its own exceptions on hostile text.
            problems.add(
                    FileProblem.of(file, "not valid YAML: " + e.getClass().getSimpleName() + ", " + e.getMessage()));
            return null;
        }
    }

    static FileProblem at(Path file, Mark mark, String message) {
        return new FileProblem(file, mark.getLine() + 1, mark.getColumn() + 1, message);
    }
}
