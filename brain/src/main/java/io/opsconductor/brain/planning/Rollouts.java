package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Retry;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.tool.CatalogueEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts how a request was asked to run into what was planned for it. The pace is that of the steps that change something, or
 * of all when none does.
 */
public final class Rollouts {
    /** A service that was restarted may need a moment until it answers. */
    private static final Retry VERIFICATION = new Retry(2, 3);

    private static final int BACKOFF_SECONDS = 5;

    private final Wording wording;

    public Rollouts(Wording wording) {
        this.wording = wording;
    }

    /** The planning with the rollout in it; a question keeps it for the answer. */
    public Planning onto(Planning planning, Rollout rollout, Knowledge knowledge) {
        if (rollout.equals(Rollout.USUAL)) {
            return planning;
        }
        return switch (planning) {
            case Planning.Refusal refusal -> refusal;
            case Planning.Question question ->
                new Planning.Question(
                        question.text(), question.choices(), question.draft().with(rollout));
            case Planning.Planned planned -> new Rolled(rollout, knowledge).planned(planned);
        };
    }

    private final class Rolled {
        private final Rollout rollout;
        private final Map<String, CatalogueEntry> tools;
        private final Set<String> notes = new LinkedHashSet<>();

        Rolled(Rollout rollout, Knowledge knowledge) {
            this.rollout = rollout;
            this.tools = knowledge.tools().tools().stream()
                    .collect(Collectors.toMap(CatalogueEntry::name, Function.identity()));
        }

        Planning planned(Planning.Planned planned) {
            List<Step> before = planned.plan().steps();
            boolean changes = before.stream().anyMatch(this::changes);
            List<Step> steps = new ArrayList<>();
            for (Step step : before) {
                boolean paced = changes ? changes(step) : !step.targets().isEmpty();
                Step rolled = ordered(paced ? step.with(paced(step)) : step, steps.isEmpty());
                steps.add(rolled);
                verification(step, before).ifPresent(steps::add);
            }
            if (steps.size() > Plan.MAX_STEPS) {
                notes.add("Nothing verifies it: the plan would have more than " + Plan.MAX_STEPS + " steps.");
                steps.removeIf(step -> step.options().verify() && !before.contains(step));
            }
            int deadline = rollout.deadlineSeconds() > 0
                    ? rollout.deadlineSeconds()
                    : planned.plan().deadlineSeconds();
            List<String> said = new ArrayList<>(notes);
            if (!planned.note().isEmpty()) {
                said.addFirst(planned.note());
            }
            return new Planning.Planned(
                    new Plan(steps, deadline), summary(planned, before, steps), String.join("\n", said));
        }

        /** With what was noted about the request, which stands behind the sentence. */
        private String summary(Planning.Planned planned, List<Step> before, List<Step> steps) {
            String sentence = wording.summary(before, List.of());
            String noted =
                    planned.summary().startsWith(sentence) ? planned.summary().substring(sentence.length()) : "";
            return wording.summary(steps, List.of()) + noted;
        }

        private boolean changes(Step step) {
            CatalogueEntry tool = tools.get(step.tool());
            return tool != null
                    && tool.effect() != Effect.READ
                    && !step.options().check();
        }

        private StepOptions paced(Step step) {
            Batch batch = rollout.batch() == null
                            && rollout.pauseSeconds() > 0
                            && step.options().pace().batch() == null
                    ? Batch.ofTargets(1)
                    : rollout.batch();
            Pace own = step.options().pace();
            Pace pace = new Pace(
                    rollout.concurrency() > 0 ? rollout.concurrency() : own.concurrency(),
                    batch == null ? own.batch() : batch,
                    rollout.pauseSeconds() > 0 ? rollout.pauseSeconds() : own.pauseSeconds());
            StepOptions options =
                    step.options().with(step.targets().size() > 1 ? pace : own).with(failures(step));
            return rollout.retries() > 0 ? retried(step, options) : options;
        }

        private Failures failures(Step step) {
            Failures own = step.options().failures();
            return new Failures(
                    rollout.allowed() == null ? own.allowed() : rollout.allowed(),
                    rollout.goesOn() ? Failures.Then.CONTINUE : own.then());
        }

        private StepOptions retried(Step step, StepOptions options) {
            CatalogueEntry tool = tools.get(step.tool());
            if (tool == null || !(tool.idempotent() || tool.effect() == Effect.READ)) {
                notes.add("Nothing is tried again by itself: running " + step.tool()
                        + " twice is not the same as running it once.");
                return options;
            }
            return options.with(new Retry(rollout.retries(), BACKOFF_SECONDS));
        }

        private Step ordered(Step step, boolean first) {
            return rollout.parallel() && !first && !step.options().verify()
                    ? step.with(step.options().after(List.of()))
                    : step;
        }

        private Optional<Step> verification(Step step, List<Step> before) {
            int next = before.indexOf(step) + 1;
            boolean verified =
                    next < before.size() && before.get(next).options().verify();
            if (!rollout.verify() || !changes(step) || verified) {
                return Optional.empty();
            }
            CatalogueEntry tool = tools.get(step.tool());
            if (tool == null || !tool.checkable()) {
                notes.add("Nothing verifies it: " + step.tool() + " has no check.");
                return Optional.empty();
            }
            return Optional.of(
                    step.with(StepOptions.USUAL.checking().verifying().with(VERIFICATION)));
        }
    }
}
