package io.opsconductor.brain.language;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names beside what a parameter is called: "the container web", "the user root", "the cart container". */
final class NamedBeside {
    private static final Pattern PLAIN = Pattern.compile("\\p{Ll}+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern FORM_OF_A_VERB = Pattern.compile(".*(ing|ed|est)");
    /** "The branch, tag or commit", "Only this account", "The process id, such as 4711" not. */
    private static final Pattern NOUNS =
            Pattern.compile("(?:The|Only this|A|An) (?:new )?(\\p{L}+)(?:, (\\p{L}+))?(?: or (\\p{L}+))?(?=$|[.,:;(])");

    private static final Pattern VERSION = Pattern.compile("(v\\d+|(v|release-)?\\d+([.]\\d+)+)([.-][a-z0-9.]+)?");

    private static final int NOUNS_AT_MOST = 3;

    private final CatalogueEntry tool;
    private final Reading reading;
    private final Language language;
    private final Forms forms;
    private final Set<String> own;

    NamedBeside(CatalogueEntry tool, Reading reading, Index index) {
        this.tool = tool;
        this.reading = reading;
        this.language = index.language();
        this.forms = index.tools().forms();
        this.own = language.stems(tool.name().replace('_', ' ') + " " + tool.description());
    }

    /** "namespace shop", "the account deploy", "build 482". */
    Optional<Word> behind(Parameter parameter) {
        Set<String> called = called(parameter);
        List<Word> words = reading.words();
        for (int at = 0; at + 1 < words.size(); at++) {
            Word word = words.get(at + 1);
            if (isNoun(words.get(at), called)
                    && !called.contains(word.stem())
                    && LooseValues.hasForm(parameter, word)
                    && (isNameBehind(parameter, at + 1) || isNumberBehind(at + 1))) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /** "the cart container", "java processes"; several are changed one by one, and each is to be named. */
    Optional<Word> before(Parameter parameter) {
        Set<String> called = called(parameter);
        List<Word> words = reading.words();
        for (int at = 0; at + 1 < words.size(); at++) {
            Word noun = words.get(at + 1);
            boolean one =
                    tool.effect() == Effect.READ || Stems.plural(noun.lower()).equals(noun.lower());
            if (one
                    && isNoun(noun, called)
                    && LooseValues.hasForm(parameter, words.get(at))
                    && isNameBefore(parameter, at, noun)) {
                return Optional.of(words.get(at));
            }
        }
        return Optional.empty();
    }

    /** "scale cart to 5 in checkout on k8s-a": where in the place that is named. */
    Optional<Word> within(Parameter parameter) {
        boolean placed = language.is("placed-in", parameter.name())
                && IntStream.range(1, reading.words().size())
                        .anyMatch(at -> language.is(
                                        "host-preposition",
                                        reading.words().get(at - 1).lower())
                                && reading.mentionAt(at).map(Mention::isTargets).orElse(false));
        return placed
                ? IntStream.range(1, reading.words().size())
                        .filter(at -> reading.words().get(at - 1).lower().equals("in"))
                        .filter(at -> isWithin(parameter, at))
                        .mapToObj(reading.words()::get)
                        .findFirst()
                : Optional.empty();
    }

    /** "on develop", "for v2.14.1": what versions of a source are called, for what takes one. */
    Optional<Word> version(Parameter parameter) {
        if (!called(parameter).contains("branch")) {
            return Optional.empty();
        }
        List<Word> versions = IntStream.range(1, reading.words().size())
                .filter(at -> reading.words().get(at).isWord() && mayBeName(at))
                .mapToObj(reading.words()::get)
                .filter(word -> language.is("branch-name", word.lower())
                        || VERSION.matcher(word.lower()).matches())
                .filter(word -> LooseValues.hasForm(parameter, word))
                .toList();
        return versions.size() == 1 ? Optional.of(versions.getFirst()) : Optional.empty();
    }

    private boolean isWithin(Parameter parameter, int at) {
        Word word = reading.words().get(at);
        // As it is written: "checkout" is not "checksum".
        Word written = Word.of(word.lower(), word.start(), word.end(), word.kind());
        boolean name = (forms.isName(written)
                        && language.concepts(written.stem()).isEmpty()
                        && !FORM_OF_A_VERB.matcher(word.lower()).matches())
                || language.is("often-a-name", word.lower());
        return word.isWord() && name && mayBeName(at) && endsPhrase(at + 1) && LooseValues.hasForm(parameter, word);
    }

    private boolean isNoun(Word word, Set<String> called) {
        String full = language.mapped("short-noun", word.lower());
        return word.isWord() && (called.contains(word.stem()) || called.contains(Stems.stem(full)));
    }

    private boolean isNameBehind(Parameter parameter, int at) {
        Word word = reading.words().get(at);
        // As it is written: the namespace "retail" is no misspelt "detail".
        Word written = word.readAs(word.lower());
        boolean mayBeName = word.isWord() && mayBeName(at);
        boolean strange = !language.isCommon(written)
                && !language.isFiller(word.lower())
                && !(PLAIN.matcher(word.text()).matches()
                        && (LooseValues.isOrdinary(parameter, word, language)
                                || own.contains(written.stem())
                                || forms.isCalled(written)));
        boolean known = endsPhrase(at + 1)
                && !own.contains(written.stem())
                && (language.is("often-a-name", word.lower()) || isExample(parameter, word));
        return mayBeName && (strange || known);
    }

    /** "build 482" for what is a text to the tool, "the last 5 builds" not. */
    private boolean isNumberBehind(int at) {
        Word word = reading.words().get(at);
        return NUMBER.matcher(word.text()).matches() && endsPhrase(at + 1);
    }

    private boolean isNameBefore(Parameter parameter, int at, Word noun) {
        Word word = reading.words().get(at);
        String stem = Stems.stem(word.lower());
        boolean same = language.concepts(stem).stream().anyMatch(language.concepts(noun.stem())::contains);
        boolean name =
                forms.isOnlyName(word) && !FORM_OF_A_VERB.matcher(word.lower()).matches();
        boolean given = language.is("often-a-name", word.lower()) || isExample(parameter, word);
        return word.isWord() && mayBeName(at) && !same && !own.contains(stem) && (name || given);
    }

    private boolean mayBeName(int at) {
        return reading.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                .allMatch(LooseValues::mayBeName);
    }

    private static boolean isExample(Parameter parameter, Word word) {
        return TellingForms.examples(parameter).contains(word.text());
    }

    private boolean endsPhrase(int at) {
        List<Word> words = reading.words();
        return at >= words.size()
                || !words.get(at).isWord()
                || language.isFiller(words.get(at).lower())
                || language.is("and", words.get(at).lower())
                || language.is("then", words.get(at).lower())
                || reading.mentionAt(at).map(Mention::isTargets).orElse(false);
    }

    /** What it is called by its name, and by the nouns that its description begins with. */
    private Set<String> called(Parameter parameter) {
        Set<String> called = language.stems(parameter.name().replace('_', ' '));
        Matcher nouns = NOUNS.matcher(parameter.description().strip());
        if (nouns.lookingAt()) {
            for (int group = 1; group <= NOUNS_AT_MOST; group++) {
                called.addAll(language.stems(nouns.group(group) == null ? "" : nouns.group(group)));
            }
        }
        return called;
    }
}
