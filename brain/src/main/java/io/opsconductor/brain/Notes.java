package io.opsconductor.brain;

import io.opsconductor.brain.planning.Planning;

/** Adds to what is said how it was understood. */
final class Notes {
    private Notes() {}

    /** The same planning with a note for the person; unchanged when there is none. */
    static Planning on(Planning planning, String note) {
        if (note.isEmpty()) {
            return planning;
        }
        return switch (planning) {
            case Planning.Planned planned ->
                new Planning.Planned(planned.plan(), planned.summary(), note, planned.instead());
            case Planning.Question question ->
                new Planning.Question(after(question.text(), note), question.choices(), question.draft());
            case Planning.Refusal refusal ->
                new Planning.Refusal(refusal.code(), refusal.text(), after(refusal.hint(), note), refusal.choices());
        };
    }

    static String after(String text, String note) {
        if (note.isEmpty() || text.isEmpty()) {
            return text + note;
        }
        return text + "\n" + note;
    }
}
