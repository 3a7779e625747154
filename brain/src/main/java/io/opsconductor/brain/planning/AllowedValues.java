package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Stems;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Which of the values that a parameter may have a clause says: the longest, as it is written or in another form of the word. */
final class AllowedValues {
    private static final Pattern NOUN_OF_A_VERB = Pattern.compile("ure?|ful|fully|ion|ation");
    private static final int SHORTEST_ROOT = 4;

    private final CatalogueEntry tool;
    private final Reading reading;
    private final Index index;
    private final Language language;

    AllowedValues(CatalogueEntry tool, Reading reading, Index index) {
        this.tool = tool;
        this.reading = reading;
        this.index = index;
        this.language = index.language();
    }

    /** The value to the words that it came from; nothing where none is said. */
    Map<String, String> of(Parameter parameter) {
        Map<String, String> found = ofSeveralWords(parameter);
        if (found.isEmpty()) {
            found = numbered(parameter);
        }
        if (found.isEmpty()) {
            found = byOption(parameter);
        }
        for (Sameness sameness :
                List.<Sameness>of(this::isWritten, this::isForm, (at, value) -> isMeant(parameter, at, value))) {
            if (found.isEmpty()) {
                found = first(parameter, sameness);
            }
        }
        return found;
    }

    private interface Sameness {
        boolean holds(int at, String value);
    }

    /** "sessions that sit idle in transaction": more than "idle". */
    private Map<String, String> ofSeveralWords(Parameter parameter) {
        List<String> longest = parameter.allowed().stream()
                .filter(value -> value.matches(".*[ _].*"))
                .sorted(Comparator.comparingInt(value -> -value.length()))
                .toList();
        for (String value : longest) {
            List<String> parts = List.of(value.toLowerCase(Locale.ROOT).split("[ _]", -1));
            for (int at = 0; at + parts.size() <= reading.words().size(); at++) {
                List<String> said = reading.words().subList(at, at + parts.size()).stream()
                        .map(Word::lower)
                        .toList();
                if (said.equals(parts)) {
                    return Map.of(value, reading.written(at, at + parts.size()));
                }
            }
        }
        return Map.of();
    }

    /** "kill -9 4711", "with signal 9": a number that one of the values is known by. */
    private Map<String, String> numbered(Parameter parameter) {
        for (Entity entity : reading.entities()) {
            for (String value : parameter.allowed()) {
                if (entity instanceof Entity.Value number && isNumberOf(number, parameter, value, language)) {
                    return Map.of(value, number.text());
                }
            }
        }
        return Map.of();
    }

    /** "curl -I https://example.com": the command with an option that one of the values is known by. */
    private Map<String, String> byOption(Parameter parameter) {
        for (Word word : reading.words()) {
            for (String value : parameter.allowed()) {
                String command = language.mapped("command-of", value.toLowerCase(Locale.ROOT));
                if (!command.isEmpty() && word.text().equals(command)) {
                    return Map.of(value, word.text());
                }
            }
        }
        return Map.of();
    }

    private static boolean isNumberOf(Entity.Value number, Parameter parameter, String value, Language language) {
        String known = language.mapped("number-of", value.toLowerCase(Locale.ROOT));
        boolean named = number.value().equals(known)
                && number.text().toLowerCase(Locale.ROOT).startsWith(parameter.name() + " ");
        return number.type() == ParameterType.INTEGER
                && !known.isEmpty()
                && (named || number.value().equals("-" + known));
    }

    /** Whether a number stands for one of the values that a parameter of the tool may have. */
    static boolean isNumberOf(Entity.Value number, CatalogueEntry tool, Language language) {
        return tool.parameters().stream()
                .anyMatch(parameter ->
                        parameter.allowed().stream().anyMatch(value -> isNumberOf(number, parameter, value, language)));
    }

    private Map<String, String> first(Parameter parameter, Sameness sameness) {
        int verb = verb(parameter);
        for (int at = 0; at < reading.words().size(); at++) {
            for (String value : parameter.allowed()) {
                if (at != verb && sameness.holds(at, value)) {
                    return Map.of(value, reading.words().get(at).text());
                }
            }
        }
        return Map.of();
    }

    private boolean isWritten(int at, String value) {
        Word word = reading.words().get(at);
        boolean letter = value.length() == 1;
        boolean noun = at + 1 < reading.words().size()
                && language.is("single-letter-noun", reading.words().get(at + 1).lower());
        boolean same = letter ? word.text().equals(value) && noun : word.text().equalsIgnoreCase(value);
        boolean form = !letter
                && value.length() > 2
                && word.isWord()
                && Stems.stem(value.toLowerCase(Locale.ROOT)).equals(word.stem());
        return same || form;
    }

    /** "failed runs" for "failure", "only errors" for "err". */
    private boolean isForm(int at, String value) {
        Word word = reading.words().get(at);
        String lower = value.toLowerCase(Locale.ROOT);
        String stem = Stems.stem(lower);
        String full = language.mapped("short-for", lower);
        boolean abbreviated = !full.isEmpty() && Stems.stem(full).equals(word.stem());
        return word.isWord() && (abbreviated || isDerived(stem, word.stem()) || isDerived(word.stem(), stem));
    }

    /** "failure" and "failed", "success" and "successful". */
    private static boolean isDerived(String longer, String root) {
        return root.length() >= SHORTEST_ROOT
                && longer.startsWith(root)
                && NOUN_OF_A_VERB.matcher(longer.substring(root.length())).matches();
    }

    private boolean isMeant(Parameter parameter, int at, String value) {
        Word word = reading.words().get(at);
        return word.isWord()
                && value.length() > 1
                && !language.isFiller(word.term())
                && isAlike(word, value)
                // "services that are down": where "failed" and "running" are of one kind, it says neither.
                && parameter.allowed().stream()
                                .filter(other -> isAlike(word, other))
                                .count()
                        == 1;
    }

    private boolean isAlike(Word word, String value) {
        return !Collections.disjoint(
                language.concepts(word.stem()), language.concepts(Stems.stem(value.toLowerCase(Locale.ROOT))));
    }

    /** "kill process 99": the verb that the tool is called by says nothing of its signal; -1 where none stands there. */
    private int verb(Parameter parameter) {
        List<String> called = index.tools().verbs(tool.name()).name();
        for (int at = 0; at < reading.words().size(); at++) {
            boolean name = tool.effect() != Effect.READ
                    && !parameter.required()
                    && isVerb(reading.words().get(at).stem(), called);
            if (name) {
                return at;
            }
        }
        return -1;
    }

    private boolean isVerb(String stem, List<String> called) {
        String kind = language.action(stem);
        return called.contains(stem)
                || (!kind.isEmpty() && called.stream().map(language::action).anyMatch(kind::equals));
    }
}
