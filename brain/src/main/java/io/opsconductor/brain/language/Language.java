package io.opsconductor.brain.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one natural language, read once from the resource files of its folder. Immutable.
 *
 * @see #english()
 */
public final class Language {
    /** Its code, as ISO 639-1. */
    public static final String ENGLISH = "en";

    private final Set<String> fillers;
    private final Set<String> ordinary;
    private final Map<String, Set<String>> conceptsOfStem = new LinkedHashMap<>();
    private final Set<String> conceptWords = new HashSet<>();
    private final Map<String, String> actionOfStem = new LinkedHashMap<>();
    private final Set<String> actionWords = new HashSet<>();
    private final Map<String, Set<String>> single = new HashMap<>();
    private final Map<String, List<List<String>>> longerPhrases = new HashMap<>();
    private final Map<String, Map<String, String>> mapped = new HashMap<>();
    /** Words between the two parts of a verb: "shut service redis down". */
    private static final int MOST_BETWEEN = 2;

    private final Map<String, List<Map.Entry<List<String>, String>>> phrases = new LinkedHashMap<>();
    private final Set<String> services;
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final Map<String, List<String>> logs = new LinkedHashMap<>();
    private final Set<String> shell;
    private final Map<String, Speech> speeches = new LinkedHashMap<>();
    private final Map<String, Translation> translations = new LinkedHashMap<>();

    private Language(String code, List<String> others) {
        Speech own = Speech.of(code);
        speeches.put(code, own);
        for (String other : others) {
            speeches.put(other, Speech.of(other, own));
            translations.put(other, new Translation(LanguageFiles.lines(other, "words.txt")));
        }
        fillers = LanguageFiles.words(code, "fillers.txt");
        ordinary = LanguageFiles.words(code, "ordinary.txt");
        services = LanguageFiles.words(code, "services.txt");
        shell = LanguageFiles.words(code, "shell.txt");
        LanguageFiles.pairs(code, "concepts.txt", (concept, words) -> {
            for (String word : LanguageFiles.commas(words)) {
                conceptWords.add(word);
                conceptsOfStem
                        .computeIfAbsent(Stems.stem(word), s -> new HashSet<>())
                        .add(concept);
            }
        });
        LanguageFiles.pairs(code, "actions.txt", (action, words) -> {
            for (String word : LanguageFiles.commas(words)) {
                actionWords.add(word);
                actionOfStem.put(Stems.stem(word), action);
                conceptsOfStem
                        .computeIfAbsent(Stems.stem(word), s -> new HashSet<>())
                        .add("to " + action);
            }
        });
        LanguageFiles.pairs(code, "grammar.txt", (key, words) -> grammar(key, LanguageFiles.commas(words)));
        LanguageFiles.pairs(code, "ports.txt", ports::put);
        LanguageFiles.pairs(code, "logs.txt", (name, paths) -> logs.put(name, LanguageFiles.commas(paths)));
        for (String line : LanguageFiles.lines(code, "phrases.txt")) {
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

    /** Read when it is first asked for, and once: it is of some size. */
    private static final class English {
        private static final Language READ = new Language(ENGLISH, List.of("de", "fr", "es"));
    }

    /** English, with the languages whose words are read as English ones; always the same one. */
    public static Language english() {
        return English.READ;
    }

    /** What is said, and what is heard as a whole, in a language; in English for one that is not known. */
    public Speech in(String code) {
        Speech speech = speeches.get(code);
        return speech == null ? in(ENGLISH) : speech;
    }

    /** Every language that is spoken, English first. */
    public Set<String> spoken() {
        return Collections.unmodifiableSet(speeches.keySet());
    }

    /** Every language that is spoken, {@code first} first. */
    public List<String> spoken(String first) {
        List<String> codes = new ArrayList<>(speeches.keySet());
        if (codes.remove(first)) {
            codes.addFirst(first);
        }
        return codes;
    }

    /** The language that a text is written in; {@code otherwise} when its words do not say it. */
    public String of(String text, String otherwise) {
        return of(Words.apart(text), otherwise);
    }

    private String of(List<Word> words, String otherwise) {
        Translation likely = translations.get(otherwise);
        int english = (int) words.stream().filter(this::isEnglish).count();
        int most = likely == null ? english : likely.known(words);
        String language = otherwise;
        if (english > most) {
            most = english;
            language = ENGLISH;
        }
        for (Map.Entry<String, Translation> translation : translations.entrySet()) {
            int known = translation.getValue().known(words);
            if (known > most) {
                most = known;
                language = translation.getKey();
            }
        }
        return language;
    }

    private boolean isEnglish(Word word) {
        return word.isWord() && (isOrdinary(word) || isGrammar(word.lower()));
    }

    /** Words of a language as they are read. */
    List<Word> english(List<Word> words, String code) {
        Translation translation = translations.get(code);
        return translation == null ? words : translation.english(words);
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

    /** Whether a word is a common one that says nothing of what is asked for. */
    public boolean isCommon(Word word) {
        return ordinary.contains(word.term()) || isGrammar(word.term());
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

    /**
     * "bring nginx up": where the second word of a verb in two parts stands, apart from the first one at {@code at}, and the word
     * that both are read as; -1 where none does.
     */
    Map.Entry<Integer, String> apart(List<Word> words, int at) {
        for (Map.Entry<List<String>, String> phrase :
                phrases.getOrDefault(words.get(at).lower(), List.of())) {
            boolean parts = phrase.getKey().size() == 2
                    && is("verb-particle", phrase.getKey().getLast());
            int between = 0;
            for (int end = at + 2;
                    parts && end < words.size() && words.get(end - 1).isWord();
                    end++) {
                between += is("article", words.get(end - 1).lower()) ? 0 : 1;
                if (between > MOST_BETWEEN) {
                    break;
                }
                // "turn it off and on again" is another verb.
                boolean more =
                        end + 1 < words.size() && is("and", words.get(end + 1).lower());
                if (words.get(end).term().equals(phrase.getKey().getLast()) && !more) {
                    return Map.entry(end, phrase.getValue());
                }
            }
        }
        return Map.entry(-1, "");
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

    /** The stems of the words of {@code text} that say something: of two letters at least, and none of the small ones. */
    public Set<String> stems(String text) {
        Set<String> stems = new HashSet<>();
        for (String word : text.split("[^\\p{L}]+", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (word.length() > 1 && !isFiller(lower)) {
                stems.add(Stems.stem(lower));
            }
        }
        return stems;
    }
}
