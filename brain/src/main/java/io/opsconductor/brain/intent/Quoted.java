package io.opsconductor.brain.intent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds words in a message that a model says are there: spaces and the case of letters aside, and as whole words. */
public final class Quoted {
    private static final String BEFORE = "(?<![\\p{L}\\p{N}_])";
    private static final String AFTER = "(?![\\p{L}\\p{N}_])";

    private Quoted() {}

    /** The words as the message has them; empty when they are not in it. */
    public static Optional<String> in(String message, String words) {
        String wanted = words.strip();
        if (wanted.isEmpty() || wanted.length() > message.length()) {
            return Optional.empty();
        }
        StringBuilder pattern = new StringBuilder(isLetter(wanted.charAt(0)) ? BEFORE : "");
        String between = "";
        for (String word : wanted.split("\\s+", -1)) {
            pattern.append(between).append(Pattern.quote(word));
            between = "\\s+";
        }
        pattern.append(isLetter(wanted.charAt(wanted.length() - 1)) ? AFTER : "");
        Matcher matcher =
                Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE).matcher(message);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static boolean isLetter(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
