package io.opsconductor.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says how a plan runs, in the words of its card. Everything that is not as usual is said, and nothing else. */
public final class PlanWords {
    private PlanWords() {}

    /** Of the whole plan, such as "the whole plan within 10 min"; empty when there is nothing to say. */
    public static String of(Preview preview) {
        return preview.deadlineSeconds() == 0
                ? ""
                : "the whole plan within " + time(preview.deadlineSeconds()) + ", then it is ended";
    }

    /**
     * Of one step, such as "one target at a time, 10 s between, stops when more than 1 fails"; empty for a step that runs as
     * usual.
     */
    public static String of(Preview preview, int step) {
        List<StepOptions> all =
                preview.steps().stream().map(Preview.RenderedStep::options).toList();
        return switch (StepGraph.read(all)) {
            case StepGraph.Read.Broken(List<String> problems) -> String.join(" ", problems);
            case StepGraph.Read.Sound(StepGraph graph) ->
                words(
                        all.get(step),
                        graph.nodes().get(step),
                        step,
                        preview.steps().get(step).targets().size());
        };
    }

    private static String words(StepOptions options, StepGraph.Node node, int step, int targets) {
        List<String> words = new ArrayList<>();
        if (options.check()) {
            words.add("the tool's check alone, which changes nothing");
        }
        order(options, node, step, words);
        pace(options, targets, words);
        failures(options, words);
        Retry retry = options.retry();
        if (retry.times() > 0) {
            words.add("tried again up to " + times(retry.times())
                    + (retry.backoffSeconds() == 0 ? "" : ", first after " + time(retry.backoffSeconds())));
        }
        if (options.deadlineSeconds() > 0) {
            words.add("the whole step within " + time(options.deadlineSeconds()) + ", then it is ended");
        }
        return String.join(", ", words);
    }

    private static void order(StepOptions options, StepGraph.Node node, int step, List<String> words) {
        Integer verified = node.verified();
        When when = options.when();
        Integer condition = node.condition();
        if (verified != null) {
            words.add("verifies step " + (verified + 1)
                    + " after each batch of it; where it fails, that step has failed");
        } else if (when != null && condition != null) {
            words.add("only when step " + (condition + 1)
                    + switch (when.is()) {
                        case SUCCEEDED -> " succeeded everywhere";
                        case FAILED -> " failed somewhere";
                        case ENDED -> " has ended, however it ended";
                    });
        }
        List<Integer> others = node.after().stream()
                .filter(other -> !other.equals(condition) && !other.equals(verified))
                .toList();
        if (options.dependsOn() != null && node.after().isEmpty() && step > 0) {
            words.add("starts with the plan, without waiting for the steps before it");
        } else if (options.dependsOn() != null && !others.isEmpty() && !others.equals(List.of(step - 1))) {
            words.add("starts after step"
                    + (others.size() == 1 ? " " : "s ")
                    + others.stream().map(other -> String.valueOf(other + 1)).collect(Collectors.joining(" and ")));
        }
    }

    private static void pace(StepOptions options, int targets, List<String> words) {
        Pace pace = options.pace();
        Batch batch = pace.batch();
        if (batch != null) {
            int size = batch.of(targets);
            words.add(
                    batch.isPercent()
                            ? batch.word() + " at a time (" + size + " of " + targets + ")"
                            : batch.amount() == 1 ? "one target at a time" : batch.amount() + " targets at a time");
        }
        if (pace.pauseSeconds() > 0) {
            words.add(time(pace.pauseSeconds()) + " between");
        }
        if (pace.concurrency() > 0) {
            words.add(
                    pace.concurrency() == 1
                            ? "never two at once"
                            : "never more than " + pace.concurrency() + " at once");
        }
    }

    private static void failures(StepOptions options, List<String> words) {
        Integer allowed = options.failures().allowed();
        boolean goesOn = options.failures().then() == Failures.Then.CONTINUE;
        boolean stepwise = options.pace().batch() != null || options.pace().concurrency() > 0;
        if (allowed != null && allowed > 0) {
            words.add("stops when more than " + allowed + (allowed == 1 ? " fails" : " fail"));
        } else if (allowed != null || (stepwise && !goesOn)) {
            words.add("stops when one fails");
        } else if (goesOn) {
            words.add("goes on where one fails");
        }
        if (goesOn) {
            words.add("what comes after it starts even if it failed");
        }
    }

    private static String times(int times) {
        return times == 1 ? "once" : times + " times";
    }

    private static String time(int seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        if (seconds % 3600 == 0) {
            return duration.toHours() + " h";
        }
        return seconds % 60 == 0 ? duration.toMinutes() + " min" : seconds + " s";
    }
}
