package io.opsconductor.brain.eval;

import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.stream.Collectors;

/** What came of a message. */
public sealed interface Outcome {
    /** An intent that runs nothing. */
    record Said(Intent intent) implements Outcome {}

    /**
     * Stage C's answer.
     *
     * @param choices stage B's, one per request; empty when a draft went on
     */
    record Worked(List<ToolChoice> choices, Planning planning) implements Outcome {
        public Worked {
            choices = List.copyOf(choices);
        }
    }

    /** In a few words, such as {@code memory @ web-server-01}, {@code ask target} or {@code refuse no_tool}. */
    default String brief() {
        return switch (this) {
            case Said said -> brief(said.intent);
            case Worked worked -> brief(worked.planning);
        };
    }

    private static String brief(Planning planning) {
        return switch (planning) {
            case Planning.Planned planned ->
                planned.plan().steps().stream().map(Outcome::brief).collect(Collectors.joining(" ; "));
            case Planning.Question question -> "ask " + question.draft().missing();
            case Planning.Refusal refusal -> "refuse " + refusal.code();
        };
    }

    private static String brief(Intent intent) {
        return switch (intent) {
            case Intent.AskTools _ -> "help";
            case Intent.AskTargets targets -> ("targets " + targets.group()).strip();
            case Intent.SmallTalk _ -> "talk";
            case Intent.Cancel _ -> "cancel";
            case Intent.NotForUs _ -> "none";
            case Intent.RunTools _ -> "run";
            case Intent.Answered _ -> "answered";
            case Intent.Again _ -> "again";
        };
    }

    private static String brief(Step step) {
        String values = step.parameters().entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
        String targets = step.targets().isEmpty() ? "" : " @ " + String.join(",", step.targets());
        return step.tool() + (values.isEmpty() ? "" : " " + values) + targets;
    }
}
