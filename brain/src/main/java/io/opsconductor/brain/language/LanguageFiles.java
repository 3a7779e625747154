package io.opsconductor.brain.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads the files of a language's folder: a line is {@code key: words}, or words alone; {@code #} starts a comment. */
final class LanguageFiles {
    private LanguageFiles() {}

    static Set<String> words(String code, String file) {
        Set<String> words = new HashSet<>();
        for (String line : lines(code, file)) {
            words.addAll(commas(line));
        }
        return words;
    }

    static void pairs(String code, String file, BiConsumer<String, String> each) {
        for (String line : lines(code, file)) {
            int colon = line.indexOf(':');
            each.accept(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    static List<String> commas(String text) {
        return List.of(text.split("\\s*,\\s*"));
    }

    static List<String> lines(String code, String file) {
        try (InputStream in = LanguageFiles.class.getResourceAsStream(code + "/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The language file " + code + "/" + file + " is not in the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the language file " + code + "/" + file, e);
        }
    }
}
