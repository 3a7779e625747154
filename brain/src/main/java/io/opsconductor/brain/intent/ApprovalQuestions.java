package io.opsconductor.brain.intent;

import io.opsconductor.brain.intent.HistoryQuestion.Person;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises questions about who must approve a request, and finds the request in them. */
final class ApprovalQuestions {
    private static final int LONGEST = 240;

    private final Language language;

    ApprovalQuestions(Language language) {
        this.language = language;
    }

    /**
     * A question.
     *
     * @param person who would ask
     * @param request what would be asked for, in the words of the message
     * @param language of the question, as ISO 639-1
     */
    record Found(Person person, String request, String language) {}

    Optional<Found> read(String message, String spoken) {
        String normal = WholeMessages.normal(message).replaceAll("[ ?!.]+$", "");
        if (normal.isEmpty() || normal.length() > LONGEST) {
            return Optional.empty();
        }
        for (String code : language.spoken(spoken)) {
            Speech speech = language.in(code);
            for (Pattern pattern : speech.patterns("ask-approval")) {
                Matcher matcher = pattern.matcher(speech.plain(normal));
                if (matcher.matches()) {
                    return Optional.of(new Found(person(speech, matcher), matcher.group("act"), code));
                }
            }
        }
        return Optional.empty();
    }

    private static Person person(Speech speech, Matcher matcher) {
        String written = matcher.namedGroups().containsKey("person") ? matcher.group("person") : null;
        String name = written == null ? "" : written.startsWith("@") ? written.substring(1) : written;
        return name.isEmpty() || speech.matches("self", name) || speech.matches("anybody", name)
                ? Person.SELF
                : new Person(false, name);
    }
}
