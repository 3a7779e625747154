package io.opsconductor.brain.language;

import io.opsconductor.brain.language.Word.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds what belongs into a shell and into no request: substitutions, pipes, redirections, options, control characters
 * and shell commands. A message that holds any is refused whole, because running the harmless rest would hide it.
 */
public final class Hostile {
    private static final Pattern SHELL =
            Pattern.compile("\\$[({A-Za-z_@*#!?]|&&|\\|+|[<>]+|\\\\(?![\\\\A-Za-z0-9_. -])");
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][^\\s]*");
    private static final Pattern AMPERSAND = Pattern.compile("(?<=\\S)&(?=\\s|$)|(?:^|\\s)&(?=\\S)");

    /** Stands inside emoji. */
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Hostile() {}

    /** The first such thing in {@code reading}, in a form that can be shown; empty when there is none. */
    public static Optional<String> in(Reading reading, TargetIndex targets, Language language) {
        String text = reading.text();
        return joins(text)
                .or(() -> option(reading.words()))
                .or(() -> backtick(reading, targets, language))
                .or(() -> command(reading.words(), language))
                .or(() -> chain(reading, language));
    }

    /** What no command may hold that a request is made of: substitutions, pipes, redirections, chains, control characters. */
    static Optional<String> joins(String text) {
        return control(text).or(() -> find(SHELL, text, 0)).or(() -> find(AMPERSAND, text, 0));
    }

    /** "show /etc/passwd; cat /etc/shadow on db-01": a line for a shell; "df on db-01; free on db-02" are two requests. */
    private static Optional<String> chain(Reading reading, Language language) {
        List<Word> words = reading.words();
        for (int at = 0; at + 1 < words.size(); at++) {
            int mark = at;
            boolean placed =
                    reading.mentions().stream().anyMatch(mention -> mention.isTargets() && mention.to() <= mark);
            boolean command = language.is("reads-file", words.get(at + 1).lower());
            if (words.get(at).isMark(";") && command && !placed) {
                return Optional.of("; " + words.get(at + 1).text());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> control(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int type = Character.getType(c);
            boolean control = type == Character.CONTROL && c != '\n' && c != '\t' && c != '\r';
            boolean invisible = type == Character.FORMAT && c != ZERO_WIDTH_JOINER;
            boolean bad = control || invisible || type == Character.SURROGATE || type == Character.PRIVATE_USE;
            if (bad) {
                return Optional.of("U+%04X".formatted(c));
            }
            i += Character.charCount(c);
        }
        return Optional.empty();
    }

    private static Optional<String> find(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int start = matcher.start(group);
        int end = matcher.end(group);
        while (end < text.length() && end - start < 40 && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return Optional.of(text.substring(start, end));
    }

    /** A word like an option; "df -h" is one word by then. */
    private static Optional<String> option(List<Word> words) {
        return words.stream()
                .filter(word -> word.kind() == Kind.QUOTED
                        ? OPTION.matcher(word.text()).lookingAt() || word.text().contains(" -")
                        : OPTION.matcher(word.text()).matches())
                .map(Word::text)
                .findFirst();
    }

    /** Backticks are code formatting in chats, so a known name inside them is a name; anything else is not. */
    private static Optional<String> backtick(Reading reading, TargetIndex targets, Language language) {
        String text = reading.text();
        int at = text.indexOf('`');
        while (at >= 0) {
            int place = at;
            Optional<Word> name = reading.words().stream()
                    .filter(word -> word.kind() == Kind.QUOTED && word.start() == place + 1)
                    .findFirst()
                    .filter(word -> !targets.named(word.text()).isEmpty()
                            || !targets.group(word.text()).isEmpty()
                            || language.isService(word.lower())
                            || word.text().matches("/[A-Za-z0-9/_.-]*"));
            if (name.isEmpty()) {
                return Optional.of(text.substring(at, Math.min(text.length(), at + 20)));
            }
            at = text.indexOf('`', name.get().end() + 1);
        }
        return Optional.empty();
    }

    private static Optional<String> command(List<Word> words, Language language) {
        return IntStream.range(0, words.size())
                .filter(at -> !isNoun(words, at, language))
                .mapToObj(words::get)
                .filter(word -> word.kind() == Kind.QUOTED
                        // "the group 'sudo'" is a name; with more behind it, it is a command.
                        ? word.lower().matches("\\S+\\s.*")
                                && language.isShell(word.lower().split("\\s", 2)[0])
                        : language.isShell(word.lower()))
                .map(Word::text)
                .findFirst();
    }

    /** "the sudo group", "run with sudo", "sudo rights", "what does sudo let jenkins do": spoken of, and not typed. */
    private static boolean isNoun(List<Word> words, int at, Language language) {
        if (!language.is("spoken-command", words.get(at).lower())) {
            return false;
        }
        boolean asks = at > 0 && language.is("question-word", words.getFirst().lower());
        boolean before =
                at > 0 && language.is("before-spoken", words.get(at - 1).lower());
        boolean behind = at + 1 < words.size()
                && language.is("behind-spoken", words.get(at + 1).lower());
        return asks || before || behind;
    }
}
