package io.opsconductor.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is said in a language, and which messages are understood in it as a whole. Immutable. */
public final class Speech {
    private final String code;
    private final Map<String, List<Pattern>> patterns = new LinkedHashMap<>();
    private final Map<String, List<String>> replies = new LinkedHashMap<>();
    private final Times times;
    private final @Nullable Speech otherwise;

    private Speech(String code, @Nullable Speech otherwise) {
        this.code = code;
        this.otherwise = otherwise;
        this.times = new Times(code);
        LanguageFiles.pairs(
                code,
                "patterns.txt",
                (key, regex) ->
                        patterns.computeIfAbsent(key, k -> new ArrayList<>()).add(Pattern.compile(regex)));
        LanguageFiles.pairs(
                code,
                "replies.txt",
                (key, reply) ->
                        replies.computeIfAbsent(key, k -> new ArrayList<>()).add(reply));
    }

    static Speech of(String code) {
        return new Speech(code, null);
    }

    /** {@code otherwise}: says what this one has no words for. */
    static Speech of(String code, Speech otherwise) {
        return new Speech(code, otherwise);
    }

    /** Its language, as ISO 639-1. */
    public String code() {
        return code;
    }

    /** How times are said in it. */
    public Times times() {
        return times;
    }

    /** The regular expressions of {@code key}; other languages than English are without accents. */
    public List<Pattern> patterns(String key) {
        return patterns.getOrDefault(key, List.of());
    }

    /** Whether a text in lower case is one of {@code key}'s as a whole. */
    public boolean matches(String key, String text) {
        String plain = plain(text);
        return patterns(key).stream().anyMatch(pattern -> pattern.matcher(plain).matches());
    }

    /** A text as the regular expressions expect it: in lower case, and without accents where these are not English. */
    public String plain(String text) {
        return code.equals(Language.ENGLISH) ? text.toLowerCase(Locale.ROOT) : Translation.folded(text);
    }

    /** Whether it has words of its own for {@code key}. */
    public boolean has(String key) {
        return replies.containsKey(key);
    }

    /** One of the wordings of {@code key}; another {@code turn} gives another one. */
    public String reply(String key, int turn) {
        List<String> wordings = replies.getOrDefault(key, List.of());
        if (wordings.isEmpty() && otherwise != null) {
            return otherwise.reply(key, turn);
        }
        if (wordings.isEmpty()) {
            throw new IllegalArgumentException("nothing is said for " + key);
        }
        return wordings.get(Math.floorMod(turn, wordings.size()));
    }

    /** The wording of {@code key} with values for its names: {@code say("ask-which", "words", "the server")}. */
    public String say(String key, String... namesAndValues) {
        String said = reply(key, 0);
        for (int at = 0; at + 1 < namesAndValues.length; at += 2) {
            said = said.replace("{" + namesAndValues[at] + "}", namesAndValues[at + 1]);
        }
        return said;
    }
}
