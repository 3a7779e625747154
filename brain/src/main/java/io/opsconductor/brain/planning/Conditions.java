package io.opsconductor.brain.planning;

import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Word;
import java.util.List;
import java.util.Optional;

/** Finds "if it is down" in "restart nginx if it is down", which is not the "if" of "check if it is down". */
final class Conditions {
    private Conditions() {}

    static Optional<String> in(Reading reading, Language language) {
        List<Word> words = reading.words();
        boolean question = false;
        if (!words.isEmpty() && language.is("turned-round", words.getFirst().lower())) {
            return Optional.of(reading.written(0, words.size()));
        }
        for (int at = 0; at < words.size(); at++) {
            int length = language.match("condition", words, at);
            boolean polite = length > 0
                    && at + 1 < words.size()
                    && (language.is("article", words.get(at + 1).lower())
                            || List.of("possible", "you")
                                    .contains(words.get(at + 1).lower()));
            question = question && !words.get(at).isMark(",");
            if (length > 0 && !question && !polite) {
                return Optional.of(reading.written(at, words.size()));
            }
            question = question || language.is("condition-free", words.get(at).term());
        }
        return Optional.empty();
    }
}
