package io.opsconductor.kit.log;

import java.io.Console;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells why a process does not start: in words on standard error, and as a line of the log on standard output, unless both
 * are one terminal.
 */
public final class StartFailure {
    private StartFailure() {}

    /**
     * Something that whoever started it can mend, such as a mistake in the settings.
     *
     * @param process its name, such as {@code chatbot}
     */
    public static void expected(String process, Exception why) {
        expected(process, why, isTerminal());
    }

    static void expected(String process, Exception why, boolean terminal) {
        if (!terminal) {
            log().error("the {} did not start: {}", process, why.getMessage());
        }
        say(process, String.valueOf(why.getMessage()));
    }

    /** Anything else; where it came from stands in the log. */
    public static void surprise(String process, Exception why) {
        log().error("the {} did not start", process, why);
        say(process, "it did not start: " + why.getMessage());
    }

    private static void say(String process, String words) {
        System.err.println("opsconductor " + process + ": " + words);
    }

    private static boolean isTerminal() {
        // Without a terminal there is none, or one that says that it is none: that differs between versions of Java.
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Not a static field: it would start logging before the process is named. */
    private static Logger log() {
        return LoggerFactory.getLogger(StartFailure.class);
    }
}
