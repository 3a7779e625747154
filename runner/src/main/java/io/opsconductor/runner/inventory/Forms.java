package io.opsconductor.runner.inventory;

import io.opsconductor.runner.file.YamlValue;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How names and paths are written in an inventory. */
final class Forms {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    static final String NAME_FORM = "at most 128 letters, digits, dots, hyphens and underscores";

    private Forms() {}

    /** The text when it matches; otherwise the mistake is reported. */
    static @Nullable String matching(YamlValue value, Pattern pattern, String form) {
        String text = value.text();
        if (text != null && !pattern.matcher(text).matches()) {
            value.mistake("expected " + form + ", found something else", "");
            return null;
        }
        return text;
    }

    /** A path relative to the file that names it. */
    static Path beside(YamlValue value, String path) {
        return value.file().toAbsolutePath().resolveSibling(path).normalize();
    }
}
