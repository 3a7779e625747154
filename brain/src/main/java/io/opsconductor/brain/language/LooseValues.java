package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that have no form of their own, "Billing" in "recycle the app pool Billing on win-01", for the text parameters of one tool: the
 * word right behind what a parameter is called, or the one that stands where an example of the tool has such a value. Any other is asked for. Which tool is meant must be known first; what is found is shown in the plan before anything runs.
 */
public final class LooseValues {
    private static final Pattern NAME = Pattern.compile("[\\p{L}0-9_][\\p{L}0-9_.@+:/\\\\-]{0,127}");
    private static final Pattern SQL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
    private static final Pattern PLAIN = Pattern.compile("\\p{Ll}+");

    private final Reading reading;
    private final Language language;
    private final Set<String> own;
    private final Map<String, Word> found = new LinkedHashMap<>();

    private LooseValues(CatalogueEntry tool, Reading reading, Language language) {
        this.reading = reading;
        this.language = language;
        this.own = stems(tool.name().replace('_', ' ') + " " + tool.description());
    }

    /** The words by the names of the parameters that they are for; a parameter that none is for is not among them. */
    public static Map<String, Word> of(CatalogueEntry tool, Reading reading, Index index) {
        List<Parameter> open = Forms.open(tool);
        if (open.isEmpty()) {
            return Map.of();
        }
        LooseValues values = new LooseValues(tool, reading, index.language());
        open.forEach(values::behindItsName);
        index.tools().forms().values(tool.name(), reading).forEach((parameter, word) -> {
            if (!values.found.containsValue(word)) {
                values.found.putIfAbsent(parameter, word);
            }
        });
        return values.found;
    }

    private void behindItsName(Parameter parameter) {
        Set<String> called = stems(parameter.name().replace('_', ' '));
        List<Word> words = reading.words();
        for (int at = 0; at + 1 < words.size(); at++) {
            Word word = words.get(at + 1);
            boolean named =
                    words.get(at).isWord() && called.contains(words.get(at).stem());
            boolean plain = PLAIN.matcher(word.text()).matches();
            if (named
                    && fits(parameter, at + 1)
                    && !called.contains(word.stem())
                    && !(plain && (isOrdinary(parameter, word, language) || own.contains(word.stem())))) {
                found.put(parameter.name(), word);
                return;
            }
        }
    }

    private boolean fits(Parameter parameter, int at) {
        Word word = reading.words().get(at);
        return word.isWord()
                && !language.isCommon(word.readAs(word.lower()))
                && !language.isFiller(word.lower())
                && hasForm(parameter, word)
                && reading.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                        .allMatch(LooseValues::mayBeName);
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

    private Set<String> stems(String text) {
        Set<String> stems = new HashSet<>();
        for (String word : text.split("[^\\p{L}]+", -1)) {
            if (word.length() > 1 && !language.isFiller(word.toLowerCase(Locale.ROOT))) {
                stems.add(Stems.stem(word.toLowerCase(Locale.ROOT)));
            }
        }
        return stems;
    }
}
