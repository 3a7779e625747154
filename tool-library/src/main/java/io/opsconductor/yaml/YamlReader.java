package io.opsconductor.yaml;

import io.opsconductor.text.Shown;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML file within bounds. The scalars of YAML 1.2's JSON-like core are understood and nothing else: only
 * {@code true} and {@code false} are booleans and only decimal numbers are numbers; {@code yes}, {@code on},
 * {@code 0777} and {@code 1:30} are text. Anchors, aliases, tags, merge keys, duplicate keys and further documents are
 * errors.
 */
public final class YamlReader {
    private final int maxBytes;
    private final int maxDepth;
    private final int maxValues;

    /**
     * @param maxBytes size of a file
     * @param maxDepth levels of nesting
     * @param maxValues keys, texts, lists and mappings in all
     */
    public YamlReader(int maxBytes, int maxDepth, int maxValues) {
        this.maxBytes = maxBytes;
        this.maxDepth = maxDepth;
        this.maxValues = maxValues;
    }

    /** Reads a file's bytes; what was wrong is in the result's findings, never thrown. */
    public YamlFile read(String name, byte[] bytes) {
        if (bytes.length > maxBytes) {
            return YamlFile.unreadable(name, tooLarge(name, maxBytes));
        }
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CoderResult decoded = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), chars, true);
        String text = chars.flip().toString();
        if (decoded.isError()) {
            return YamlFile.unreadable(
                    name,
                    Finding.error(
                            name,
                            placeOf(text, text.length()),
                            "",
                            "expected UTF-8 text, found bytes that are not",
                            "Save the file as UTF-8."));
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        Finding hidden = hiddenCharacter(name, text);
        return hidden == null ? parse(name, text) : YamlFile.unreadable(name, hidden);
    }

    /** The finding for a file that is larger than it may be, for callers that stop reading early. */
    public static Finding tooLarge(String name, int maxBytes) {
        return Finding.error(
                name,
                Place.START,
                "",
                "expected at most " + maxBytes + " bytes, found more",
                "Split the file, or check that it is the right one.");
    }

    private YamlFile parse(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(maxBytes);
        YamlTree tree = new YamlTree(name, text, maxDepth, maxValues);
        try {
            return tree.build(new ParserImpl(new StreamReader(text), options));
        } catch (MarkedYAMLException e) {
            String problem = String.valueOf(e.getProblem());
            // At the end of the file the place that helps is where the unfinished thing began.
            boolean unfinished = problem.contains("end of stream") || e.getProblemMark() == null;
            Mark mark = unfinished && e.getContextMark() != null ? e.getContextMark() : e.getProblemMark();
            return YamlFile.unreadable(name, syntax(name, mark, problem));
            // The parser is known to throw other unchecked exceptions on hostile text; this is its border.
        } catch (RuntimeException e) {
            return YamlFile.unreadable(
                    name,
                    Finding.error(
                            name,
                            Place.START,
                            "",
                            "expected YAML, found text that cannot be read as such",
                            "Compare it with a working file."));
        }
    }

    private static Finding syntax(String name, @Nullable Mark mark, String problem) {
        Place place = mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
        String words = problem.lines()
                .findFirst()
                .orElse("a mistake")
                .replaceFirst("^found ", "")
                .replaceFirst("\\. \\(Do not use.*", "")
                .toLowerCase(Locale.ROOT);
        String fix;
        if (words.contains("tab")) {
            fix = "Indent with spaces; YAML takes no tabs there.";
        } else if (words.contains("mapping values are not allowed")) {
            fix = "Quote the text if it contains a colon and a space; otherwise check the indentation.";
        } else if (words.contains("cannot start any token")) {
            fix = "Quote the text: it begins with a character that means something to YAML.";
        } else if (words.contains("end of stream")) {
            fix = "Close the quote or bracket that begins here.";
        } else if (words.contains("expected <block end>")) {
            fix = "Check the indentation, and that a text that begins with a quote also ends with it.";
        } else {
            fix = "Check quotes, brackets and indentation around here.";
        }
        return Finding.error(name, place, "", "expected valid YAML, found " + words, fix);
    }

    private static @Nullable Finding hiddenCharacter(String name, String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c == '\n' || c == '\t' || c == '\r') {
                continue;
            }
            if (Shown.isHidden(c)) {
                return Finding.error(
                        name,
                        placeOf(text, i),
                        "",
                        "expected characters that can be seen, found " + Shown.escape(c),
                        Character.getType(c) == Character.SPACE_SEPARATOR
                                ? "Put a plain space there."
                                : "Remove it; approvers must see everything that they approve.");
            }
        }
        return null;
    }

    private static Place placeOf(String text, int index) {
        String before = text.substring(0, index);
        int lineStart = before.lastIndexOf('\n') + 1;
        return new Place(
                1 + (int) before.chars().filter(c -> c == '\n').count(),
                1 + before.codePointCount(lineStart, before.length()));
    }
}
