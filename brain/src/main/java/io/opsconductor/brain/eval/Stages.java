package io.opsconductor.brain.eval;

import io.opsconductor.brain.intent.BuiltinIntentStage;
import io.opsconductor.brain.intent.IntentStage;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.planning.BuiltinPlanningStage;
import io.opsconductor.brain.planning.PlanningStage;
import io.opsconductor.brain.selection.BuiltinSelectionStage;
import io.opsconductor.brain.selection.SelectionStage;
import java.util.function.LongSupplier;

/**
 * The stages that are measured, as the pipeline uses them.
 *
 * @param intents stage A
 * @param selection stage B
 * @param planning stage C
 * @param tokens how many tokens of a model they have used so far, prompts and answers; always 0 without a model
 */
public record Stages(IntentStage intents, SelectionStage selection, PlanningStage planning, LongSupplier tokens) {
    /** The understanding that needs no model. */
    public static Stages builtin() {
        return builtin(new Indexes(Language.english()));
    }

    /** The understanding that needs no model, on indexes that others use too. */
    public static Stages builtin(Indexes indexes) {
        return new Stages(
                new BuiltinIntentStage(indexes),
                new BuiltinSelectionStage(indexes),
                new BuiltinPlanningStage(indexes),
                () -> 0);
    }
}
