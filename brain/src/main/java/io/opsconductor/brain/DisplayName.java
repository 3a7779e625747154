package io.opsconductor.brain;

import io.opsconductor.text.Shown;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name as a chat platform has it, made fit to be read: one line, bounded, nothing in it that hides or reorders. */
final class DisplayName {
    static final int MAX_LENGTH = 80;
    /** Beyond this nothing is looked at: a name of any size costs the same. */
    private static final int READ_AT_MOST = 1_000;

    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** What a user of the local chat may be called. */
    private static final Pattern WEB_NAME = Pattern.compile("[a-z][a-z0-9._-]{0,31}");

    private DisplayName() {}

    /** The name to show; empty when nothing of it can be seen. */
    static Optional<String> of(String raw) {
        String head = raw.length() <= READ_AT_MOST ? raw : raw.substring(0, READ_AT_MOST);
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(head, Normalizer.Form.NFKC)
                .codePoints()
                .filter(DisplayName::isKept)
                .forEach(c -> kept.appendCodePoint(Character.isSpaceChar(c) ? ' ' : c));
        String name = SPACES.matcher(kept).replaceAll(" ").strip();
        return name.codePoints().anyMatch(Character::isLetterOrDigit) ? Optional.of(cut(name)) : Optional.empty();
    }

    /** What two names share that a hasty reader takes for the same: the letters and digits, whatever their case. */
    static String key(String name) {
        StringBuilder key = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKD)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(key::appendCodePoint);
        return key.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Whether somebody of the local chat could be called so. */
    static boolean looksLikeWebName(String name) {
        return WEB_NAME.matcher(name).matches();
    }

    private static boolean isKept(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !Shown.isHidden(c) || Character.isSpaceChar(c);
        };
    }

    private static String cut(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        int end = MAX_LENGTH - 1;
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end)
                        .strip() + "…";
    }
}
