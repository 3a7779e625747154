package io.opsconductor.brain.eval;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The figures of a run. Shares are from 0 to 1; a share of nothing is 1.
 *
 * @param requests how many there were
 * @param right share of all requests where just what was expected came
 * @param top1 of the requests that mean one tool: it was chosen, or offered first
 * @param top3 of those: it was chosen, or among the at most three that were offered
 * @param planned of the requests where a plan is the only right answer: a plan was made without asking
 * @param plannedRight of the plans that were made: right in every step, target and value
 * @param parameters of the targets and values of requests whose tools were found: found, and no other
 * @param sequences of the requests that mean several steps: the plan was right
 * @param outOfScopePlanned of the requests where nothing may be planned or asked: a plan was made
 * @param outOfScopeChanges how many of those plans hold a tool that changes something
 * @param p50Ms half of the requests took at most so many milliseconds
 * @param p99Ms 99 of 100 took at most so many milliseconds
 * @param tokens a model's tokens, prompts and answers, over all requests
 * @param withoutModel how many were understood without the model, because it gave no answer; they count like the others
 * @param left how many were not said, because the run had used up its time or tokens; no other figure knows of them
 */
public record Figures(
        int requests,
        double right,
        double top1,
        double top3,
        double planned,
        double plannedRight,
        double parameters,
        double sequences,
        double outOfScopePlanned,
        int outOfScopeChanges,
        double p50Ms,
        double p99Ms,
        long tokens,
        int withoutModel,
        int left) {
    static Figures of(List<Judged> judged, int left, long tokens) {
        List<Judged> means =
                judged.stream().filter(one -> one.wantedTool().isPresent()).toList();
        List<Judged> outOfScope = where(judged, one -> one.trial().request().isOutOfScope());
        List<Double> millis =
                judged.stream().map(Judged::took).map(Figures::millis).sorted().toList();
        return new Figures(
                judged.size(),
                share(judged, Judged::isRight).value(),
                share(means, one -> at(one) == 0).value(),
                share(means, one -> at(one) >= 0 && at(one) < 3).value(),
                share(where(judged, one -> one.trial().request().isClear()), Figures::isPlanned)
                        .value(),
                share(where(judged, Figures::isPlanned), Judged::isRight).value(),
                judged.stream()
                        .flatMap(one -> one.filled().stream())
                        .reduce(Share.NONE, Share::plus)
                        .value(),
                share(where(judged, one -> one.trial().request().isSequence()), Judged::isRight)
                        .value(),
                outOfScope.isEmpty() ? 0 : share(outOfScope, Figures::isPlanned).value(),
                where(outOfScope, Judged::changes).size(),
                quantile(millis, 0.5),
                quantile(millis, 0.99),
                tokens,
                where(judged, Judged::withoutModel).size(),
                left);
    }

    static Share share(List<Judged> of, Predicate<Judged> right) {
        return new Share(where(of, right).size(), of.size());
    }

    private static List<Judged> where(List<Judged> judged, Predicate<Judged> condition) {
        return judged.stream().filter(condition).toList();
    }

    private static boolean isPlanned(Judged judged) {
        return judged.plan().isPresent();
    }

    private static int at(Judged judged) {
        return judged.offered().indexOf(judged.wantedTool().orElseThrow());
    }

    private static double millis(Duration took) {
        return took.toNanos() / 1e6;
    }

    private static double quantile(List<Double> sorted, double quantile) {
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * quantile)));
    }
}
