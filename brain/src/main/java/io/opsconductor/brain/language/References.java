package io.opsconductor.brain.language;

import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a part of a message refers back with to a thing that was named before it: "its logs", "restart the container". */
public final class References {
    /** What a parameter is called by that is one of anything. */
    private static final Set<String> ANYTHING = Set.of("name", "text", "value");

    private static final Set<ParameterType> THINGS = Set.of(
            ParameterType.STRING,
            ParameterType.SERVICE,
            ParameterType.PATH,
            ParameterType.SQL_IDENTIFIER,
            ParameterType.INTEGER);

    private final Language language;

    public References(Language language) {
        this.language = language;
    }

    /** Whether a value of the parameter is a thing that one may go on speaking of: a container and no number of lines. */
    public static boolean isThing(Parameter parameter) {
        return parameter.allowed().isEmpty()
                && THINGS.contains(parameter.type())
                && (parameter.type() != ParameterType.INTEGER || parameter.required())
                && !ANYTHING.contains(parameter.name());
    }

    /** "its", "her": says no more of what is meant than that it was named. */
    public boolean byPronoun(Reading part) {
        return part.words().stream().anyMatch(word -> language.is("thing-reference", word.lower()));
    }

    /** "it", "her": one thing, and not several. */
    public boolean toOne(Reading part) {
        return part.words().stream().anyMatch(word -> language.is("one-reference", word.lower()));
    }

    /** "the container", "that interface", "the folder" of a path. */
    public boolean byNoun(Reading part, Parameter parameter) {
        for (int at = 1; at < part.words().size(); at++) {
            boolean one = language.is("article", part.words().get(at - 1).lower())
                    && isCalled(part.words().get(at), parameter)
                    && !isMany(part.words().get(at));
            if (one && part.mentionAt(at).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * "the container test", "the old interface": whether it is said which of them is meant, and so that it is another one.
     *
     * @param own whether a word speaks of what is done: "the container logs"
     */
    public boolean toOther(Reading part, Parameter parameter, Predicate<Word> own) {
        List<Word> words = part.words();
        for (int at = 0; at < words.size(); at++) {
            if (!isCalled(words.get(at), parameter)) {
                continue;
            }
            boolean behind = at + 1 < words.size() && says(words.get(at + 1)) && !own.test(words.get(at + 1));
            boolean before = at > 1
                    && language.is("article", words.get(at - 2).lower())
                    && says(words.get(at - 1))
                    && !own.test(words.get(at - 1));
            if (behind || before) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word may be a name or say which one; "test" may, although it mostly says nothing, and "is" may not. */
    private boolean says(Word word) {
        boolean small = language.isFiller(word.lower())
                && (!language.is("read-cue", word.lower()) || language.is("statement", word.lower()));
        return (word.isWord() || word.kind() == Word.Kind.QUOTED) && !small;
    }

    /** "the containers": all of them are meant, and not the one that was named. */
    public boolean asksForAll(Reading part, Parameter parameter) {
        return part.words().stream().anyMatch(word -> isCalled(word, parameter) && isMany(word));
    }

    private boolean isCalled(Word word, Parameter parameter) {
        String noun = Forms.noun(parameter);
        Set<String> concepts = language.concepts(word.stem());
        boolean path = parameter.type() == ParameterType.PATH
                && List.of("directory", "file").stream().anyMatch(concepts::contains);
        return word.isWord() && (path || word.stem().equals(noun) || concepts.contains(noun));
    }

    private static boolean isMany(Word word) {
        return !Stems.plural(word.lower()).equals(word.lower());
    }
}
