package io.opsconductor.brain.language;

import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names written with a slash: "acme/storefront" for the owner and the repository, "platform/billing" for the project. */
final class SlashedNames {
    private static final String SLASH = "/";

    private final Reading reading;
    private final Language language;

    SlashedNames(Reading reading, Language language) {
        this.reading = reading;
        this.language = language;
    }

    /** The words by the names of the parameters, where just one name is written so. */
    Map<String, Word> of(List<Parameter> open) {
        Map<String, Word> values = new HashMap<>();
        for (Parameter parameter : open) {
            boolean whole = TellingForms.examples(parameter).stream().anyMatch(example -> example.contains(SLASH));
            Optional<Parameter> second = open.stream()
                    .filter(other -> other.name().equals(language.mapped("slash-pair", parameter.name())))
                    .findFirst();
            List<Word> names = whole || second.isPresent() ? names() : List.of();
            if (names.size() == 1 && second.isPresent()) {
                apart(names.getFirst(), parameter, second.get(), values);
            } else if (names.size() == 1 && LooseValues.hasForm(parameter, names.getFirst())) {
                values.put(parameter.name(), names.getFirst());
            }
        }
        return values;
    }

    private static void apart(Word name, Parameter first, Parameter second, Map<String, Word> values) {
        int slash = name.text().indexOf(SLASH);
        Word before = Word.of(name.text().substring(0, slash), name.start(), name.start() + slash, Word.Kind.WORD);
        Word behind = Word.of(name.text().substring(slash + 1), name.start() + slash + 1, name.end(), Word.Kind.WORD);
        if (LooseValues.hasForm(first, before) && LooseValues.hasForm(second, behind)) {
            values.put(first.name(), before);
            values.put(second.name(), behind);
        }
    }

    /** A slash between two words is read as a comma, for it may be one: "cpu/memory". */
    private List<Word> names() {
        List<Word> names = new ArrayList<>();
        List<Word> words = reading.words();
        for (int at = 0; at < words.size(); at++) {
            int end = at;
            while (end + 2 < words.size()
                    && isSlash(words.get(end + 1))
                    && words.get(end + 2).isWord()) {
                end += 2;
            }
            Word word = words.get(at);
            boolean written = word.isWord() && word.text().matches("[^/]+(/[^/]+)+");
            if (end > at || written) {
                int to = words.get(end).end();
                names.add(Word.of(reading.text().substring(word.start(), to), word.start(), to, Word.Kind.WORD));
            }
            at = end;
        }
        return names;
    }

    private boolean isSlash(Word word) {
        return word.isMark(",") && reading.text().startsWith(SLASH, word.start());
    }
}
