package io.opsconductor.brain.eval;

import io.opsconductor.brain.intent.HistoryQuestion;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Locale;
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
            case Intent.AskTargets targets -> ("targets " + targets.scope()).strip();
            case Intent.AskTarget target -> "about " + target.name();
            case Intent.AskUsableTools tools -> ("usable " + tools.scope()).strip();
            case Intent.AskWhichTool tools -> ("which " + String.join(",", tools.tools())).strip();
            case Intent.AskHistory history -> brief(history);
            case Intent.AskMore _ -> "more";
            case Intent.ShowPlan _ -> "show plan";
            case Intent.SmallTalk _ -> "talk";
            case Intent.Cancel _ -> "cancel";
            case Intent.DryRun _ -> "dry run";
            case Intent.AskApproval _ -> "approval";
            case Intent.BreakGlass _ -> "break glass";
            case Intent.NotForUs _ -> "none";
            case Intent.RunTools _ -> "run";
            case Intent.Answered _ -> "answered";
            case Intent.Again _ -> "again";
        };
    }

    private static String brief(Intent.AskHistory asked) {
        HistoryQuestion question = asked.question();
        StringBuilder brief =
                new StringBuilder("history ").append(question.about().name().toLowerCase(Locale.ROOT));
        question.tools().forEach(tool -> brief.append(' ').append(tool));
        question.values().forEach(value -> brief.append(" =").append(value));
        if (!question.targets().isEmpty()) {
            brief.append(" @ ").append(String.join(",", question.targets()));
        }
        if (!question.person().anybody()) {
            brief.append(" by ")
                    .append(question.person().self() ? "me" : question.person().name());
        }
        return brief.append(question.here() ? " here" : "").toString();
    }

    private static String brief(Step step) {
        String values = step.parameters().entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
        String targets = step.targets().isEmpty() ? "" : " @ " + String.join(",", step.targets());
        return step.tool() + (values.isEmpty() ? "" : " " + values) + targets;
    }
}
