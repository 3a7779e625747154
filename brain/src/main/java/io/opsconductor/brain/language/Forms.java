package io.opsconductor.brain.language;

import io.opsconductor.brain.catalogue.NamedTypes;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How the examples of tools are put: their words in order, the small ones too, with open places for what they name. Who puts a request the
 * same way with other names asks for the same tool, and the names are the values of these places. Immutable.
 */
public final class Forms {

    /** From here on a request is put as the example is. */
    private static final double ALIKE = 0.75;

    /** At least so much where nothing else is said, and so much more than the next tool. */
    private static final double SAME = 0.8;

    private static final double AHEAD = 0.02;

    /** How many requests are kept as they were compared: the parts of a few messages. */
    private static final int REQUESTS = 16;

    private static final Pattern PLAIN = Pattern.compile("\\p{Ll}+");
    private static final Pattern HYPHENATED = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)+");
    /** What is no word wherever it stands: numbers, machines, paths, addresses. */
    static final Pattern THING = Pattern.compile(".*[0-9/\\\\:@*].*");

    private final Language language;
    /** Stems of the words that tools are called by and described with, whatever their examples name. */
    private final Set<String> vocabulary = new HashSet<>();

    /** Stems of the words that tools are called by. */
    private final Set<String> names = new HashSet<>();

    private final Map<String, List<FormExample>> examples = new HashMap<>();
    /** How many parts the examples have, the same one counted once. */
    private final int parts;

    private final Latest<Reading, FormRequest> requests = new Latest<>(REQUESTS);
    /** The tools that have a word in an example, by its stem. */
    private final Map<String, Set<CatalogueEntry>> having = new HashMap<>();
    /** The tools that have an example of small words alone: "who is on web-01". */
    private final Set<CatalogueEntry> small = new LinkedHashSet<>();

    Forms(List<CatalogueEntry> tools, Language language) {
        this.language = language;
        for (CatalogueEntry tool : tools) {
            for (String word : (tool.name().replace('_', ' ') + " " + tool.description()).split("[^\\p{L}]+", -1)) {
                vocabulary.add(Stems.stem(Word.lower(word)));
            }
            for (String word : tool.name().split("_", -1)) {
                names.add(Stems.stem(word));
            }
            for (String example : tool.examples()) {
                Words.of(example, language).stream().limit(1).map(Word::stem).forEach(vocabulary::add);
            }
        }
        Map<FormPart, Integer> numbers = new HashMap<>();
        for (CatalogueEntry tool : tools) {
            List<FormExample> forms = tool.examples().stream()
                    .map(example -> new FormExample(parts(Words.of(example, language), tool), numbers))
                    .toList();
            examples.put(tool.name(), forms);
            if (forms.stream().anyMatch(form -> form.parts().stream().noneMatch(FormPart.Literal.class::isInstance))) {
                small.add(tool);
            }
            forms.stream().flatMap(form -> form.parts().stream()).forEach(part -> {
                if (part instanceof FormPart.Literal(String stem)) {
                    having.computeIfAbsent(stem, s -> new LinkedHashSet<>()).add(tool);
                }
            });
        }
        this.parts = numbers.size();
    }

    /** How many parts the examples have, the same one counted once. */
    int parts() {
        return parts;
    }

    /** The parameters that any text may be a value of, those that must have one first. */
    static List<Parameter> open(CatalogueEntry tool) {
        List<Parameter> open = new ArrayList<>();
        for (boolean required : new boolean[] {true, false}) {
            tool.parameters().stream()
                    .filter(parameter -> parameter.required() == required
                            && parameter.allowed().isEmpty())
                    .filter(parameter -> NamedTypes.of(parameter) == ParameterType.STRING
                            || parameter.type() == ParameterType.SQL_IDENTIFIER)
                    .forEach(open::add);
        }
        return open;
    }

    private List<FormPart> parts(List<Word> words, CatalogueEntry tool) {
        List<FormPart> parts = new ArrayList<>();
        List<Parameter> left = new ArrayList<>(open(tool));
        boolean services =
                tool.parameters().stream().anyMatch(parameter -> NamedTypes.of(parameter) == ParameterType.SERVICE);
        String before = "";
        for (int at = 0; at < words.size(); at++) {
            Word word = words.get(at);
            if (!word.isWord() && word.kind() != Word.Kind.QUOTED) {
                continue;
            }
            String noun = before;
            before = word.stem();
            int selection = word.isWord() ? selection(words, at) : at;
            if (selection > at) {
                parts.add(new FormPart.Thing(FormPart.Kind.TARGET));
                at = selection - 1;
                continue;
            }
            boolean last = at == words.size() - 1
                    && at > 0
                    && HYPHENATED.matcher(word.lower()).matches()
                    && language.isFiller(words.get(at - 1).lower());
            Parameter named = left.stream()
                    .filter(parameter -> noun.equals(noun(parameter)))
                    .findFirst()
                    .orElse(null);
            boolean number = THING.matcher(word.text()).matches();
            if (language.isFiller(word.term()) && word.isWord()) {
                parts.add(new FormPart.Small(word.term()));
            } else if (last) {
                parts.add(new FormPart.Thing(FormPart.Kind.TARGET));
            } else if (named != null && !vocabulary.contains(word.stem())) {
                parts.add(open(parts, named));
                left.remove(named);
            } else if (!left.isEmpty()
                    && !number
                    && (word.kind() == Word.Kind.QUOTED
                            || (isName(word) && (left.getFirst().required() || !isPlain(word))))) {
                parts.add(open(parts, left.removeFirst()));
            } else if (services && (language.isService(word.lower()) || (isName(word) && !number))) {
                parts.add(new FormPart.Thing(FormPart.Kind.SERVICE));
            } else if (number || word.kind() == Word.Kind.QUOTED) {
                parts.add(new FormPart.Thing(FormPart.Kind.of(word, tool)));
                boolean unit = at + 1 < words.size() && isUnit(words.get(at + 1).lower());
                at += unit ? 1 : 0;
            } else {
                parts.add(new FormPart.Literal(word.stem()));
            }
        }
        return List.copyOf(parts);
    }

    private static FormPart open(List<FormPart> before, Parameter parameter) {
        boolean behindNoun = !before.isEmpty()
                && before.getLast() instanceof FormPart.Literal(String stem)
                && stem.equals(noun(parameter));
        return new FormPart.Open(parameter, behindNoun);
    }

    private boolean isUnit(String lower) {
        return List.of("second", "minute", "hour", "day").stream().anyMatch(unit -> language.is("unit-" + unit, lower));
    }

    static String noun(Parameter parameter) {
        return Stems.stem(parameter.name().substring(parameter.name().lastIndexOf('_') + 1));
    }

    /** The index behind "all web servers"; {@code at} where there is no such thing. */
    private int selection(List<Word> words, int at) {
        boolean starts = language.is("all", words.get(at).lower())
                || language.is("both", words.get(at).lower());
        for (int end = at + 1; starts && end < Math.min(words.size(), at + 4); end++) {
            String lower = words.get(end).lower();
            if (language.is("group-noun", lower) || language.is("target-noun", Stems.plural(lower))) {
                return end + 1;
            }
        }
        return at;
    }

    private static boolean isPlain(Word word) {
        return PLAIN.matcher(word.text()).matches();
    }

    /** A word that means nothing to anybody here, or is written as words are not. */
    boolean isName(Word word) {
        if (!isPlain(word)) {
            return true;
        }
        return word.term().equals(word.lower())
                && !vocabulary.contains(word.stem())
                && !language.isOrdinary(word)
                && !language.isGrammar(word.lower());
    }

    /** Whether a word is a name, and no example of a tool has it for what it says. */
    public boolean isOnlyName(Word word) {
        Word written = Word.of(word.lower(), word.start(), word.end(), word.kind());
        return isName(written) && having.getOrDefault(written.stem(), Set.of()).isEmpty();
    }

    /** The examples of the tool of that name. */
    List<FormExample> examples(String tool) {
        return examples.getOrDefault(tool, List.of());
    }

    /** Whether a tool is called by that word. */
    boolean isCalled(Word word) {
        return names.contains(word.stem());
    }

    /** A request, to compare with examples. */
    FormRequest request(Reading reading) {
        return requests.of(reading, one -> new FormRequest(one, this, language));
    }

    /** The one tool, of those that can run there, that has an example which the request is put as; nothing where several have. */
    public Optional<CatalogueEntry> same(Reading reading, Predicate<CatalogueEntry> here) {
        Set<CatalogueEntry> rarest = Set.of();
        for (int at = 0; at < reading.words().size(); at++) {
            Word word = reading.words().get(at);
            if (language.match("not", reading.words(), at) > 0) {
                return Optional.empty();
            }
            Set<CatalogueEntry> tools = having.getOrDefault(word.stem(), Set.of());
            boolean rarer = rarest.isEmpty() || tools.size() < rarest.size();
            if (word.isWord()
                    && !language.isFiller(word.term())
                    && reading.mentionAt(at).isEmpty()
                    && !tools.isEmpty()
                    && rarer) {
                rarest = tools;
            }
        }
        FormRequest request = request(reading);
        CatalogueEntry best = null;
        double most = 0;
        double next = 0;
        boolean onlySmall = rarest.isEmpty() && isSmall(reading);
        for (CatalogueEntry tool : onlySmall ? small : rarest) {
            double share = here.test(tool) ? same(tool, reading, request, onlySmall) : 0;
            if (share > most) {
                next = most;
                most = share;
                best = tool;
            } else {
                next = Math.max(next, share);
            }
        }
        return most - next >= AHEAD ? Optional.ofNullable(best) : Optional.empty();
    }

    /** Whether nothing is said but small words, and where: "who is on web-01". */
    private boolean isSmall(Reading reading) {
        return IntStream.range(0, reading.words().size())
                .allMatch(at -> reading.mentionAt(at)
                        .map(mention -> mention.entities().stream()
                                .noneMatch(entity ->
                                        entity instanceof Entity.Value value && value.type() == ParameterType.SERVICE))
                        .orElseGet(() -> !reading.words().get(at).isWord()
                                || language.isFiller(reading.words().get(at).term())));
    }

    /** Where there are small words alone, each says something: "how is web-01" is not "who is on web-01". */
    private boolean saysAsMuch(Reading reading, FormExample example) {
        Set<String> asked = new HashSet<>();
        for (int at = 0; at < reading.words().size(); at++) {
            if (reading.mentionAt(at).isEmpty()) {
                asked.add(reading.words().get(at).term());
            }
        }
        Set<String> said = new HashSet<>();
        for (FormPart part : example.parts()) {
            if (part instanceof FormPart.Literal) {
                return false;
            }
            if (part instanceof FormPart.Small(String lower)) {
                said.add(lower);
            }
        }
        asked.removeIf(word -> language.is("by-the-way", word) || !Word.isLetters(word));
        said.removeIf(word -> language.is("by-the-way", word) || !Word.isLetters(word));
        return asked.equals(said);
    }

    /** How much the request is put as that example of the tool that says the same; 0 where none does. */
    private double same(CatalogueEntry tool, Reading reading, FormRequest request, boolean onlySmall) {
        boolean asks = tool.effect() != Effect.READ
                && reading.words().stream().anyMatch(word -> language.is("question-word", word.lower()));
        if (asks) {
            return 0;
        }
        double most = 0;
        for (FormExample example : examples.getOrDefault(tool.name(), List.of())) {
            if (onlySmall && !saysAsMuch(reading, example)) {
                continue;
            }
            double share = request.likeness(example);
            if (share > Math.max(most, SAME) && request.same(example, request.compared(example))) {
                most = share;
            }
        }
        return most;
    }

    /** The words that stand where an example of the tool has the value of a text parameter, by the parameter's name. */
    public Map<String, Word> values(String tool, Reading reading) {
        FormRequest request = request(reading);
        double most = ALIKE;
        Map<String, Word> values = Map.of();
        for (FormExample example : examples.getOrDefault(tool, List.of())) {
            double share = example.isOpen() ? request.likeness(example) : 0;
            Map<String, Word> found = share >= most ? request.values(example, request.compared(example)) : Map.of();
            if (!found.isEmpty()) {
                most = share;
                values = found;
            }
        }
        return values;
    }
}
