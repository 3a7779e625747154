package io.opsconductor.brain.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run over a set of requests.
 *
 * @param judged every request that was said, in the order of the set
 * @param figures over all of them
 */
public record Evaluation(List<Judged> judged, Figures figures) {
    public Evaluation {
        judged = List.copyOf(judged);
    }

    /** Says every request in a thread of its own, one after another. */
    public static Evaluation of(List<Trial> trials, Examinee examinee) {
        return of(trials, examinee, Limits.NONE);
    }

    /** Says the requests, each in a thread of its own, one after another, as long as the limits allow. */
    public static Evaluation of(List<Trial> trials, Examinee examinee, Limits limits) {
        List<Judged> judged = new ArrayList<>();
        long begun = System.nanoTime();
        long before = examinee.tokens();
        for (Trial trial : trials) {
            if (!limits.allow(since(begun), examinee.tokens() - before)) {
                break;
            }
            judged.add(judged(trial, examinee));
        }
        int left = trials.size() - judged.size();
        return new Evaluation(judged, Figures.of(judged, left, examinee.tokens() - before));
    }

    private static Judged judged(Trial trial, Examinee examinee) {
        int fallbacks = examinee.fallbacks();
        Dialogue dialogue = new Dialogue(examinee, trial.knowledge());
        trial.request().thread().forEach(dialogue::say);
        long started = System.nanoTime();
        Outcome outcome = dialogue.say(trial.request().say());
        return new Judged(trial, outcome, since(started), examinee.fallbacks() > fallbacks);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
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
