package io.opsconductor.brain.language;

import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well the words of a request fit each tool: BM25 over names, examples and descriptions, where words of one meaning
 * count for each other, and character trigrams against the nearest example. Thread-safe.
 */
public final class ToolIndex {
    private static final double NAME = 3;
    private static final double EXAMPLE = 1;
    private static final double DESCRIPTION = 0.8;
    private static final double PARAMETER = 0.5;
    private static final double SAME_MEANING = 0.7;
    private static final double SATURATION = 1.2;
    private static final double LENGTH_SHARE = 0.3;
    /** So near in meaning is worth being looked at where no word is the same. */
    private static final double ALIKE = 0.5;

    private static final int BY_MEANING = 6;
    /** How many requests are kept as they were compared: the parts of a few messages. */
    private static final int QUERIES = 16;

    private static final Set<ParameterType> NAMES =
            EnumSet.of(ParameterType.SERVICE, ParameterType.STRING, ParameterType.SQL_IDENTIFIER);

    private static final Comparator<Fit> BEST_FIRST = Comparator.comparingDouble(Fit::score)
            .reversed()
            .thenComparing(fit -> fit.tool().name());

    private final Language language;
    private final List<CatalogueEntry> tools;
    private final Map<String, CatalogueEntry> byName = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, List<Called>> called = new HashMap<>();
    private final Map<String, Postings> postings = new HashMap<>();
    private final List<List<long[]>> exampleTrigrams = new ArrayList<>();
    private final Latest<Reading, Query> queries = new Latest<>(QUERIES);
    private final Forms forms;
    private final TypedCommands typed;
    private final Meanings meanings;
    /** Words of names that say only on what a tool runs. */
    private final Set<String> platformWords = new HashSet<>(Set.of("list", "pg", "k8s", "device", "ad", "iis"));

    private final Map<String, ToolVerbs> verbs = new HashMap<>();
    private final Map<String, List<CatalogueEntry.Parameter>> telling = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    /** Stems of the words of names and descriptions. */
    private final Set<String> described = new HashSet<>();

    private double unknownWord = 1;

    /** What a word or a meaning says for tools: for {@code tools[i]} as much as {@code weights[i]}; in the catalogue's order. */
    private static final class Postings {
        private static final Postings NONE = new Postings(Map.of());

        private final int[] tools;
        private final double[] weights;

        private Postings(Map<Integer, Double> weights) {
            this.tools = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
            this.weights =
                    weights.values().stream().mapToDouble(Double::doubleValue).toArray();
        }

        private boolean hold(int tool) {
            return Arrays.binarySearch(tools, tool) >= 0;
        }
    }

    /**
     * A tool's fit.
     *
     * @param tool the tool
     * @param coverage share of the request's words that speak of it, 0 to 1
     * @param likeness to its nearest example, 0 to 1
     * @param form how much it is put as one of its examples, with the small words and whatever is named, 0 to 1
     * @param meaning how near its words are to what the tool is for, whatever words that is said in, 0 to 1
     */
    public record Fit(CatalogueEntry tool, double coverage, double likeness, double form, double meaning) {
        /** Both in one figure, 0 to 1. */
        public double score() {
            return together(coverage, likeness);
        }

        private Fit with(double form, double meaning) {
            return new Fit(tool, coverage, likeness, form, meaning);
        }

        private static double together(double coverage, double likeness) {
            return 0.75 * coverage + 0.25 * likeness;
        }
    }

    ToolIndex(List<CatalogueEntry> tools, Language language) {
        this.language = language;
        this.tools = tools;
        this.typed = new TypedCommands(tools);
        List<Map<String, Double>> documents = new ArrayList<>();
        Set<String> looked = new HashSet<>();
        for (CatalogueEntry tool : tools) {
            Words.of(tool.name().replace('_', ' ') + " " + tool.description(), language).stream()
                    .map(Word::stem)
                    .forEach(described::add);
            if (tool.effect() == Effect.READ) {
                Words.of(tool.name().replace('_', ' '), language).stream()
                        .map(Word::stem)
                        .forEach(looked::add);
            }
        }
        for (CatalogueEntry tool : tools) {
            documents.add(document(tool));
            places.put(tool.name(), byName.size());
            byName.put(tool.name(), tool);
            platformWords.addAll(tool.platforms());
            verbs.put(tool.name(), ToolVerbs.of(tool, looked, language));
            telling.put(
                    tool.name(),
                    Forms.open(tool).stream().filter(TellingForms::isTelling).toList());
            exampleTrigrams.add(tool.examples().stream()
                    .map(example -> trigrams(stems(Words.of(example, language))))
                    .toList());
        }
        forms = new Forms(tools, language);
        meanings = new Meanings(tools, language);
        weigh(documents);
    }

    /** How the examples are put. */
    public Forms forms() {
        return forms;
    }

    /** Every tool, in the catalogue's order. */
    public List<CatalogueEntry> all() {
        return tools;
    }

    /** The tool of that name. */
    public Optional<CatalogueEntry> tool(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The verbs of the tool of that name; none for a tool that is not in the catalogue. */
    public ToolVerbs verbs(String tool) {
        return verbs.getOrDefault(tool, ToolVerbs.NONE);
    }

    /** The parameters of the tool of that name whose values may be known by how they are written. */
    List<CatalogueEntry.Parameter> telling(String tool) {
        return telling.getOrDefault(tool, List.of());
    }

    private Map<String, Double> document(CatalogueEntry tool) {
        Map<String, Double> terms = new HashMap<>();
        add(terms, tool.name().replace('_', ' '), NAME);
        for (String example : tool.examples()) {
            List<Word> said = Words.of(example, language);
            for (int at = 0; at < said.size(); at++) {
                if (!isNamed(tool, said, at)) {
                    add(terms, said.get(at), EXAMPLE);
                }
            }
        }
        add(terms, tool.description(), DESCRIPTION);
        for (CatalogueEntry.Parameter parameter : tool.parameters()) {
            add(terms, parameter.name().replace('_', ' '), PARAMETER);
            add(terms, parameter.description(), PARAMETER / 2);
            parameter.allowed().forEach(value -> add(terms, value, PARAMETER));
        }
        return terms;
    }

    /** "squid" in "restart squid on web-01": of a tool that takes a name, and no word that anybody knows; the first may be a command. */
    private boolean isNamed(CatalogueEntry tool, List<Word> said, int at) {
        Word word = said.get(at);
        return at > 0
                && tool.parameters().stream().anyMatch(parameter -> NAMES.contains(parameter.type()))
                && !described.contains(word.stem())
                && language.concepts(word.stem()).isEmpty()
                && language.action(word.stem()).isEmpty()
                && !language.isOrdinary(word);
    }

    private void add(Map<String, Double> terms, String text, double weight) {
        Words.of(text, language).forEach(word -> add(terms, word, weight));
    }

    private void add(Map<String, Double> terms, Word word, double weight) {
        boolean counts = word.isLetters() && !language.isFiller(word.lower());
        if (counts) {
            words.add(word.lower());
            terms.merge(word.stem(), weight, Double::sum);
            language.concepts(word.stem()).forEach(concept -> terms.merge("=" + concept, weight, Double::sum));
        }
    }

    private void weigh(List<Map<String, Double>> documents) {
        Map<String, Integer> frequency = new HashMap<>();
        double total = 0;
        for (Map<String, Double> document : documents) {
            document.keySet().forEach(term -> frequency.merge(term, 1, Integer::sum));
            total += length(document);
        }
        double average = Math.max(1, total / Math.max(1, documents.size()));
        Map<String, Map<Integer, Double>> weights = new HashMap<>();
        for (int tool = 0; tool < documents.size(); tool++) {
            double length = length(documents.get(tool));
            for (Map.Entry<String, Double> term : documents.get(tool).entrySet()) {
                double count = term.getValue();
                double norm = count + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / average);
                double weight = rarity(frequency.getOrDefault(term.getKey(), 1)) * count * (SATURATION + 1) / norm;
                weights.computeIfAbsent(term.getKey(), t -> new LinkedHashMap<>())
                        .put(tool, weight);
            }
        }
        weights.forEach((term, of) -> postings.put(term, new Postings(of)));
        unknownWord = rarity(1) * 1.1;
        tools.forEach(tool -> called.put(tool.name(), called(tool)));
    }

    private static double length(Map<String, Double> document) {
        return document.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private double rarity(int tools) {
        return Math.log(1 + (this.tools.size() - tools + 0.5) / (tools + 0.5)) + 0.3;
    }

    /** The words that tools are described with. */
    Set<String> words() {
        return words;
    }

    /** Whether a tool's name, description or examples hold a word of this stem or meaning. */
    public boolean knows(String stem) {
        return postings.containsKey(stem)
                || language.concepts(stem).stream().anyMatch(concept -> postings.containsKey("=" + concept));
    }

    /** Whether the name, description or examples of the tool of that name hold a word of this stem or meaning. */
    public boolean speaksOf(String tool, String stem) {
        int at = places.getOrDefault(tool, -1);
        return postings.getOrDefault(stem, Postings.NONE).hold(at)
                || language.concepts(stem).stream()
                        .anyMatch(concept -> postings.getOrDefault("=" + concept, Postings.NONE)
                                .hold(at));
    }

    /** Whether it holds just this word, and not only one of its meaning. */
    public boolean says(String tool, String stem) {
        return postings.getOrDefault(stem, Postings.NONE).hold(places.getOrDefault(tool, -1));
    }

    /**
     * How much of what a tool is called a request does not say, 0 to 1: rare words count more, and words that only say on what it runs or that
     * something is to be shown count nothing.
     */
    public double unsaid(String tool, Reading reading) {
        double all = 0;
        double unsaid = 0;
        for (Called word : called.getOrDefault(tool, List.of())) {
            all += word.weight;
            unsaid += reading.words().stream().anyMatch(other -> isSame(word, other)) ? 0 : word.weight;
        }
        return all == 0 ? 0 : unsaid / all;
    }

    private boolean isSame(Called word, Word other) {
        return other.stem().equals(word.stem)
                || (!word.concepts.isEmpty()
                        && language.concepts(other.stem()).stream().anyMatch(word.concepts::contains));
    }

    /** A word of a tool's name, and how rare it is. */
    private record Called(String stem, Set<String> concepts, double weight) {}

    private List<Called> called(CatalogueEntry tool) {
        return Stream.of(tool.name().split("_", -1))
                .filter(word ->
                        !language.isFiller(word) && !language.is("read-order", word) && !platformWords.contains(word))
                .map(Stems::stem)
                .map(stem -> new Called(
                        stem, language.concepts(stem), rarity(postings.getOrDefault(stem, Postings.NONE).tools.length)))
                .toList();
    }

    /** The tools that fit best, at most {@code most}, best first. */
    public List<Fit> rank(Reading reading, int most) {
        return rank(reading, most, tool -> true);
    }

    /** The tools that fit best among those that are allowed, wherever they run; at most {@code most}, best first. */
    public List<Fit> rank(Reading reading, int most, Predicate<CatalogueEntry> allowed) {
        return rank(reading, most, allowed, tool -> true);
    }

    /**
     * The tools that fit best among those that are allowed, at most {@code most}, best first. Examples are compared only as
     * long as they can still bring a tool among the best, because with a large library that comparison takes longest.
     *
     * @param here whether a tool can run where it is asked for: what a word can say at most is what it says for these, so that a tool
     *     for switches does not make a word count less on a server
     */
    public List<Fit> rank(
            Reading reading, int most, Predicate<CatalogueEntry> allowed, Predicate<CatalogueEntry> here) {
        return rank(query(reading), most, allowed, here);
    }

    /** A request as it is compared, for who ranks the tools for it more than once. */
    public Query query(Reading reading) {
        return queries.of(reading, this::compared);
    }

    private Query compared(Reading reading) {
        List<Word> content = content(reading);
        return new Query(content, trigrams(stems(content)), forms.request(reading), () -> meanings.nearness(reading));
    }

    /** What of a request is compared with the tools. Thread-safe. */
    public static final class Query {
        private final List<Word> content;
        private final long[] trigrams;
        private final FormRequest put;
        private final Supplier<double[]> nearness;
        private volatile double[] meaning = {};

        private Query(List<Word> content, long[] trigrams, FormRequest put, Supplier<double[]> nearness) {
            this.content = content;
            this.trigrams = trigrams;
            this.put = put;
            this.nearness = nearness;
        }

        private double[] meaning() {
            double[] known = meaning;
            if (known.length == 0) {
                known = nearness.get();
                meaning = known;
            }
            return known;
        }
    }

    /** The same for a request that is compared already. */
    public List<Fit> rank(Query query, int most, Predicate<CatalogueEntry> allowed, Predicate<CatalogueEntry> here) {
        List<Word> content = query.content;
        double[] scores = new double[tools.size()];
        boolean[] counted = new boolean[tools.size()];
        for (int tool = 0; tool < counted.length; tool++) {
            counted[tool] = here.test(tools.get(tool));
        }
        Possible possible = score(content, scores, counted);
        if (possible.anywhere == 0 || most == 0) {
            return List.of();
        }
        PriorityQueue<Fit> best = new PriorityQueue<>(BEST_FIRST.reversed());
        for (int tool : byScore(scores)) {
            double coverage = scores[tool] / (counted[tool] ? possible.here : possible.anywhere);
            boolean full = best.size() >= most;
            if (full
                    && Fit.together(scores[tool] / possible.here, 1)
                            < best.element().score()) {
                break;
            }
            if (allowed.test(tools.get(tool))) {
                best.add(new Fit(tools.get(tool), coverage, likeness(query.trigrams, exampleTrigrams.get(tool)), 0, 0));
                if (full) {
                    best.remove();
                }
            }
        }
        // How it is put and what it means takes longest to compare, and is no part of this order.
        return best.stream()
                .sorted(BEST_FIRST)
                .map(fit -> fit.with(
                        query.put.likeness(fit.tool().name()),
                        query.meaning()[places.getOrDefault(fit.tool().name(), 0)]))
                .toList();
    }

    /** Those whose examples mean about the same as the request, in whatever words; the nearest first, a few at most. */
    public List<Fit> meant(Query query, Predicate<CatalogueEntry> allowed) {
        double[] meaning = query.meaning();
        return IntStream.range(0, meaning.length)
                .filter(tool -> meaning[tool] >= ALIKE && allowed.test(tools.get(tool)))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer tool) -> -meaning[tool]))
                .limit(BY_MEANING)
                .map(tool -> new Fit(tools.get(tool), 0, 0, 0, meaning[tool]))
                .toList();
    }

    /** The greatest share of a text's words that one tool covers, 0 to 1. */
    public double coverage(Reading reading) {
        double[] scores = new double[tools.size()];
        boolean[] all = new boolean[tools.size()];
        Arrays.fill(all, true);
        double possible = score(content(reading), scores, all).anywhere;
        return possible == 0 ? 0 : Arrays.stream(scores).max().orElse(0) / possible;
    }

    /**
     * The most that words could say.
     *
     * @param here for a tool that counts; what none of these knows, as much as for any
     * @param anywhere for any tool; both are 0 without words
     */
    private record Possible(double here, double anywhere) {
        private static final Possible NOTHING = new Possible(0, 0);

        Possible plus(Possible other) {
            return new Possible(here + other.here, anywhere + other.anywhere);
        }
    }

    /** Adds up what the words say for each tool; returns the most that they could say. */
    private Possible score(List<Word> content, double[] scores, boolean[] here) {
        Possible possible = Possible.NOTHING;
        Set<String> seen = new HashSet<>();
        for (Word word : content) {
            if (seen.add(word.stem())) {
                possible = possible.plus(add(word, scores, here));
            }
        }
        return possible;
    }

    /** The tools with a score, the highest first. */
    private static int[] byScore(double[] scores) {
        return IntStream.range(0, scores.length)
                .filter(tool -> scores[tool] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer tool) -> scores[tool])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double likeness(long[] query, List<long[]> examples) {
        double most = 0;
        for (long[] example : examples) {
            most = Math.max(most, shared(query, example));
        }
        return most;
    }

    /** The commands that are typed in place of a request. */
    TypedCommands typed() {
        return typed;
    }

    /** Words that say what is wanted: no fillers, and nothing that names a target or a value. */
    public List<Word> content(Reading reading) {
        List<Word> content = new ArrayList<>();
        for (int at = 0; at < reading.words().size(); at++) {
            Word word = reading.words().get(at);
            boolean counts = word.isWord()
                    && word.term().chars().anyMatch(Character::isLetter)
                    && !language.isFiller(word.term())
                    && reading.mentionAt(at).isEmpty();
            if (counts) {
                content.add(word);
            }
        }
        return content;
    }

    /** Adds what a word says for each tool; returns the most it could say. */
    private Possible add(Word word, double[] scores, boolean[] here) {
        double[] says = new double[scores.length];
        add(postings.getOrDefault(word.stem(), Postings.NONE), 1, says);
        for (String concept : language.concepts(word.stem())) {
            add(postings.getOrDefault("=" + concept, Postings.NONE), SAME_MEANING, says);
        }
        double most = 0;
        double mostHere = 0;
        for (int tool = 0; tool < says.length; tool++) {
            scores[tool] += says[tool];
            most = Math.max(most, says[tool]);
            mostHere = here[tool] ? Math.max(mostHere, says[tool]) : mostHere;
        }
        double anywhere = most == 0 ? unknownWord : most;
        return new Possible(mostHere == 0 ? anywhere : mostHere, anywhere);
    }

    private static void add(Postings postings, double share, double[] says) {
        for (int i = 0; i < postings.tools.length; i++) {
            says[postings.tools[i]] = Math.max(says[postings.tools[i]], share * postings.weights[i]);
        }
    }

    private String stems(List<Word> words) {
        StringBuilder stems = new StringBuilder();
        for (Word word : words) {
            if (word.isWord() && !language.isFiller(word.term()) && Word.isLetters(word.term())) {
                stems.append(' ').append(word.stem());
            }
        }
        return stems.append(' ').toString();
    }

    private static long[] trigrams(String text) {
        return IntStream.range(0, Math.max(0, text.length() - 2))
                .mapToLong(i -> ((long) text.charAt(i) << 32) | ((long) text.charAt(i + 1) << 16) | text.charAt(i + 2))
                .sorted()
                .distinct()
                .toArray();
    }

    private static double shared(long[] a, long[] b) {
        if (a.length + b.length == 0) {
            return 0;
        }
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return 2.0 * shared / (a.length + b.length);
    }
}
