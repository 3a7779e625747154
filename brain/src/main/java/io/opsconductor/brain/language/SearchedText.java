package io.opsconductor.brain.language;

import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What lines are searched for: "lines with ERROR", "grep for timeout in /var/log/syslog". */
final class SearchedText {
    private static final Pattern SEARCHED = Pattern.compile("(?i)text to search for|lines with this text");
    private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}{3,}");

    private final Reading reading;
    private final Language language;

    SearchedText(Reading reading, Language language) {
        this.reading = reading;
        this.language = language;
    }

    Optional<Word> of(Parameter parameter) {
        if (!SEARCHED.matcher(parameter.description()).find()) {
            return Optional.empty();
        }
        List<Word> found = IntStream.range(1, reading.words().size())
                .filter(this::isSearched)
                .mapToObj(reading.words()::get)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private boolean isSearched(int at) {
        Word word = reading.words().get(at);
        Word before = reading.words().get(at - 1);
        boolean target = reading.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                .anyMatch(entity -> !LooseValues.mayBeName(entity));
        if (!word.isWord() || target || language.isFiller(word.lower())) {
            return false;
        }
        boolean capitals = CAPITALS.matcher(word.text()).matches() && language.is("before-text", before.lower());
        boolean searched = at > 1
                && before.lower().equals("for")
                && language.is("searches", reading.words().get(at - 2).lower());
        return capitals || searched;
    }
}
