package io.opsconductor.runner.preview;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shows an argument list as the shell line that would mean the same, so that a reader sees where each argument ends. */
final class DisplayQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

    private DisplayQuoting() {}

    static String line(List<String> argv) {
        return argv.stream().map(DisplayQuoting::word).collect(Collectors.joining(" "));
    }

    private static String word(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
