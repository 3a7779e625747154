package io.opsconductor.brain.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known of one natural language, read once from the resource files of its folder. Immutable.
 *
 * @see #english()
 */
public final class Language {
    private final Set<String> fillers;
    private final Set<String> ordinary;
    private final Map<String, Set<String>> conceptsOfStem = new LinkedHashMap<>();
    private final Set<String> conceptWords = new HashSet<>();
    private final Map<String, String> actionOfStem = new LinkedHashMap<>();
    private final Set<String> actionWords = new HashSet<>();
    private final Map<String, Set<String>> single = new HashMap<>();
    private final Map<String, List<List<String>>> longerPhrases = new HashMap<>();
    private final Map<String, Map<String, String>> mapped = new HashMap<>();
    private final Map<String, List<Map.Entry<List<String>, String>>> phrases = new LinkedHashMap<>();
    private final Set<String> services;
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final Map<String, List<String>> logs = new LinkedHashMap<>();
    private final Set<String> shell;
    private final Map<String, List<Pattern>> patterns = new LinkedHashMap<>();
    private final Map<String, List<String>> replies = new LinkedHashMap<>();

    private Language(String code) {
        fillers = words(code, "fillers.txt");
        ordinary = words(code, "ordinary.txt");
        services = words(code, "services.txt");
        shell = words(code, "shell.txt");
        pairs(code, "concepts.txt", (concept, words) -> {
            for (String word : commas(words)) {
                conceptWords.add(word);
                conceptsOfStem
                        .computeIfAbsent(Stems.stem(word), s -> new HashSet<>())
                        .add(concept);
            }
        });
        pairs(code, "actions.txt", (action, words) -> {
            for (String word : commas(words)) {
                actionWords.add(word);
                actionOfStem.put(Stems.stem(word), action);
                conceptsOfStem
                        .computeIfAbsent(Stems.stem(word), s -> new HashSet<>())
                        .add("to " + action);
            }
        });
        pairs(code, "grammar.txt", (key, words) -> grammar(key, commas(words)));
        pairs(code, "ports.txt", ports::put);
        pairs(code, "logs.txt", (name, paths) -> logs.put(name, commas(paths)));
        pairs(
                code,
                "patterns.txt",
                (key, regex) ->
                        patterns.computeIfAbsent(key, k -> new ArrayList<>()).add(Pattern.compile(regex)));
        pairs(
                code,
                "replies.txt",
                (key, reply) ->
                        replies.computeIfAbsent(key, k -> new ArrayList<>()).add(reply));
        for (String line : lines(code, "phrases.txt")) {
            String[] sides = line.split("=>", 2);
            List<String> from = List.of(sides[0].strip().split(" "));
            phrases.computeIfAbsent(from.getFirst(), f -> new ArrayList<>()).add(Map.entry(from, sides[1].strip()));
        }
        phrases.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt(entry -> -entry.getKey().size())));
    }

    private void grammar(String key, List<String> words) {
        List<List<String>> longer = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                mapped.computeIfAbsent(key, k -> new HashMap<>())
                        .put(word.substring(0, equals), word.substring(equals + 1));
            } else if (word.indexOf(' ') > 0) {
                longer.add(List.of(word.split(" ")));
            } else {
                single.computeIfAbsent(key, k -> new HashSet<>()).add(word);
            }
        }
        longer.sort(Comparator.comparingInt(phrase -> -phrase.size()));
        longerPhrases.put(key, longer);
    }

    /** The language that ships. */
    public static Language english() {
        return new Language("en");
    }

    /** Whether a word says nothing about which tool is meant. */
    public boolean isFiller(String lower) {
        return fillers.contains(lower);
    }

    /** Whether a word cannot be the name of a host or service, wherever it stands. */
    public boolean isOrdinary(Word word) {
        return ordinary.contains(word.term())
                || fillers.contains(word.term())
                || conceptWords.contains(word.term())
                || actionWords.contains(word.term())
                || actionOfStem.containsKey(word.stem());
    }

    /** The groups of meaning a stem belongs to. */
    public Set<String> concepts(String stem) {
        return conceptsOfStem.getOrDefault(stem, Set.of());
    }

    /** What a verb changes, or an empty text for a word that is no such verb. */
    public String action(String stem) {
        return actionOfStem.getOrDefault(stem, "");
    }

    /** Whether a single word is one of {@code key}'s words in the grammar. */
    public boolean is(String key, String lower) {
        return single.getOrDefault(key, Set.of()).contains(lower);
    }

    /** How many words from {@code at} on are one of {@code key}'s phrases; 0 for none; the longest one counts. */
    public int match(String key, List<Word> words, int at) {
        for (List<String> phrase : longerPhrases.getOrDefault(key, List.of())) {
            if (startsWith(words, at, phrase)) {
                return phrase.size();
            }
        }
        return is(key, words.get(at).term()) ? 1 : 0;
    }

    /** The value behind {@code word=value} of a grammar line, or an empty text. */
    public String mapped(String key, String lower) {
        return mapped.getOrDefault(key, Map.of()).getOrDefault(lower, "");
    }

    /** Whether a well-known service has this name. */
    public boolean isService(String lower) {
        return services.contains(lower);
    }

    /** A protocol's port, or an empty text. */
    public String port(String lower) {
        return ports.getOrDefault(lower, "");
    }

    /** Usual paths of the logs whose every word stands in {@code terms}; for choices, never for silent use. */
    public List<String> logPaths(Set<String> terms) {
        return logs.entrySet().stream()
                .filter(entry -> terms.containsAll(List.of(entry.getKey().split(" "))))
                .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .limit(4)
                .toList();
    }

    /** Whether it is a shell's word. */
    public boolean isShell(String lower) {
        return shell.contains(lower);
    }

    /** The regular expressions of {@code key}. */
    public List<Pattern> patterns(String key) {
        return patterns.getOrDefault(key, List.of());
    }

    /** What to answer, one of several wordings by {@code turn}. */
    public String reply(String key, int turn) {
        List<String> wordings = replies.getOrDefault(key, List.of(""));
        return wordings.get(Math.floorMod(turn, wordings.size()));
    }

    /** The longest phrase that is read as one word at {@code at}: its length and the word; length 0 for none. */
    Map.Entry<Integer, String> phrase(List<Word> words, int at) {
        for (Map.Entry<List<String>, String> phrase :
                phrases.getOrDefault(words.get(at).lower(), List.of())) {
            if (startsWith(words, at, phrase.getKey())) {
                return Map.entry(phrase.getKey().size(), phrase.getValue());
            }
        }
        return Map.entry(0, "");
    }

    /** Whether it is a small word that carries structure. */
    boolean isGrammar(String lower) {
        return single.values().stream().anyMatch(words -> words.contains(lower));
    }

    /** Every word that a misspelling may be meant as. */
    Set<String> knownWords() {
        Set<String> known = new HashSet<>(conceptWords);
        known.addAll(actionWords);
        known.addAll(ordinary);
        known.addAll(fillers);
        single.values().forEach(known::addAll);
        return known;
    }

    private static boolean startsWith(List<Word> words, int at, List<String> phrase) {
        if (at + phrase.size() > words.size()) {
            return false;
        }
        for (int i = 0; i < phrase.size(); i++) {
            if (!words.get(at + i).term().equals(phrase.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> words(String code, String file) {
        Set<String> words = new HashSet<>();
        for (String line : lines(code, file)) {
            words.addAll(commas(line));
        }
        return words;
    }

    private static void pairs(String code, String file, java.util.function.BiConsumer<String, String> each) {
        for (String line : lines(code, file)) {
            int colon = line.indexOf(':');
            each.accept(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    private static List<String> commas(String text) {
        return List.of(text.split("\\s*,\\s*"));
    }

    private static List<String> lines(String code, String file) {
        try (InputStream in = Language.class.getResourceAsStream(code + "/" + file)) {
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
