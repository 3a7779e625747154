package io.opsconductor.brain.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run over a set of requests.
 *
 * @param judged every request, in the order of the set
 * @param figures over all of them
 */
public record Evaluation(List<Judged> judged, Figures figures) {
    public Evaluation {
        judged = List.copyOf(judged);
    }

    /** Says every request in a thread of its own, one after another. */
    public static Evaluation of(List<Trial> trials, Stages stages) {
        List<Judged> judged = new ArrayList<>();
        long before = stages.tokens().getAsLong();
        for (Trial trial : trials) {
            Dialogue dialogue = new Dialogue(stages, trial.knowledge());
            trial.request().thread().forEach(dialogue::say);
            long started = System.nanoTime();
            Outcome outcome = dialogue.say(trial.request().say());
            judged.add(new Judged(trial, outcome, Duration.ofNanos(System.nanoTime() - started)));
        }
        return new Evaluation(judged, Figures.of(judged, stages.tokens().getAsLong() - before));
    }

    /** How many are right of each category and language that is not English, in the order of the set. */
    Map<String, Share> categories() {
        Map<String, Share> categories = new LinkedHashMap<>();
        for (Judged one : judged) {
            Request request = one.trial().request();
            String name = request.language().equals("en")
                    ? request.category()
                    : request.category() + " (" + request.language() + ")";
            categories.merge(name, new Share(one.isRight() ? 1 : 0, 1), Share::plus);
        }
        return categories;
    }
}
