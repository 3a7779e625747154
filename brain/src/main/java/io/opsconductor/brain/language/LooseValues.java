package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names that have no form of their own, "Billing" in "recycle the app pool Billing on win-01", for the text parameters of one tool: the
 * word beside what a parameter is called, the one that stands where an example of the tool has such a value, the one that is written as
 * only its values are, or the only one that is left. Any other is asked for. Which tool is meant must be known first; what is found is
 * shown in the plan before anything runs.
 */
public final class LooseValues {
    private static final Pattern NAME = Pattern.compile("[\\p{L}0-9_][\\p{L}0-9_.@+:/\\\\-]{0,127}");
    private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}{2,5}");
    private static final Pattern SQL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

    private LooseValues() {}

    /**
     * The words by the names of the parameters that they are for; a parameter that none is for is not among them. What could be any word
     * says nothing of which tool is meant, so only {@link #ofChosen} takes it.
     */
    public static Map<String, Word> of(CatalogueEntry tool, Reading reading, Index index) {
        return of(tool, reading, index, false);
    }

    /** Those that the tool takes when it is the one that is meant. */
    public static Map<String, Word> ofChosen(CatalogueEntry tool, Reading reading, Index index) {
        return of(tool, reading, index, true);
    }

    private static Map<String, Word> of(CatalogueEntry tool, Reading reading, Index index, boolean chosen) {
        List<Parameter> open = Forms.open(tool);
        if (open.isEmpty()) {
            return Map.of();
        }
        Map<String, Word> found = new LinkedHashMap<>();
        new SlashedNames(reading, index.language())
                .of(open)
                .forEach((parameter, word) -> put(found, parameter, Optional.of(word)));
        NamedBeside beside = new NamedBeside(tool, reading, index);
        SearchedText searched = new SearchedText(reading, index.language());
        open.forEach(parameter -> put(found, parameter.name(), searched.of(parameter)));
        open.forEach(parameter -> put(found, parameter.name(), beside.behind(parameter)));
        index.tools()
                .forms()
                .values(tool.name(), reading)
                .forEach((parameter, word) ->
                        put(found, parameter, Optional.of(word).filter(one -> !isPlaced(one, reading, index))));
        TellingForms forms = new TellingForms(tool, reading, index.language());
        for (Parameter parameter : open) {
            if (!found.containsKey(parameter.name())) {
                put(found, parameter.name(), forms.of(parameter, found.values()));
            }
        }
        for (Parameter parameter : open) {
            if (!found.containsKey(parameter.name())) {
                put(
                        found,
                        parameter.name(),
                        beside.before(parameter)
                                .or(() -> beside.within(parameter))
                                .or(() -> beside.version(parameter)));
            }
        }
        List<Parameter> left = open.stream()
                .filter(parameter -> parameter.required() && !found.containsKey(parameter.name()))
                .toList();
        if (left.size() == 1) {
            new OnlyLeft(tool, reading, index)
                    .of(left.getFirst(), found.values())
                    .filter(word -> chosen || OnlyLeft.isUnlikeWords(word))
                    .ifPresent(word -> put(found, left.getFirst().name(), Optional.of(word)));
        }
        found.values().removeIf(word -> isFor(tool, word));
        return found;
    }

    /** "unlock an AD account": says what the tool is for, in the letters that it is called by. */
    private static boolean isFor(CatalogueEntry tool, Word word) {
        return CAPITALS.matcher(word.text()).matches()
                && List.of(tool.name().split("_", -1)).contains(word.lower());
    }

    /** Whether a word is one of these or a part of one: "billing" of "platform/billing". */
    public static boolean hold(Collection<Word> named, Word word) {
        return named.stream().anyMatch(name -> name.start() <= word.start() && word.end() <= name.end());
    }

    /** "stop the container on web-99": a machine that nobody knows, and no container. */
    private static boolean isPlaced(Word word, Reading reading, Index index) {
        int at = reading.words().indexOf(word);
        return at > 0
                && index.language()
                        .is("host-preposition", reading.words().get(at - 1).lower())
                && reading.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                        .anyMatch(Entity.UnknownTarget.class::isInstance);
    }

    private static void put(Map<String, Word> found, String parameter, Optional<Word> word) {
        if (word.isPresent() && !hold(found.values(), word.get())) {
            found.putIfAbsent(parameter, word.get());
        }
    }

    /** Whether a word says something by itself; "billing" and the table "invoices" are names more often than what somebody does. */
    static boolean isOrdinary(Parameter parameter, Word word, Language language) {
        // As it is written: a name need not be like any word.
        Word written = word.readAs(word.lower());
        boolean name = (written.lower().endsWith("ing")
                        || (written.lower().endsWith("s") && parameter.type() == ParameterType.SQL_IDENTIFIER))
                && language.concepts(written.stem()).isEmpty()
                && !language.isCommon(written)
                && !language.isFiller(written.lower());
        return !name && language.isOrdinary(written);
    }

    /** Whether a word is written as the parameter's values are. */
    static boolean hasForm(Parameter parameter, Word word) {
        Pattern form = parameter.type() == ParameterType.SQL_IDENTIFIER ? SQL_NAME : NAME;
        return form.matcher(word.text()).matches()
                && (parameter.pattern() == null || Pattern.matches(parameter.pattern(), word.text()));
    }

    /** A word that was taken for a service, a host or an unknown machine by its place may be another name here. */
    static boolean mayBeName(Entity entity) {
        return switch (entity) {
            case Entity.UnknownTarget _ -> true;
            case Entity.Value value ->
                value.type() == ParameterType.SERVICE
                        || value.type() == ParameterType.HOST
                        || value.type() == ParameterType.IP;
            case Entity.Targets _, Entity.AmbiguousTarget _, Entity.Unsafe _ -> false;
        };
    }
}
