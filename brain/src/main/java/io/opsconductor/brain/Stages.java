package io.opsconductor.brain;

import io.opsconductor.brain.intent.BuiltinIntentStage;
import io.opsconductor.brain.intent.IntentStage;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.planning.BuiltinPlanningStage;
import io.opsconductor.brain.planning.PlanningStage;
import io.opsconductor.brain.selection.BuiltinSelectionStage;
import io.opsconductor.brain.selection.SelectionStage;

/** The stages A to C that understand a message together. */
public record Stages(IntentStage intents, SelectionStage selection, PlanningStage planning) {
    /** Those that need no model. */
    public static Stages builtin(Indexes indexes) {
        return new Stages(
                new BuiltinIntentStage(indexes), new BuiltinSelectionStage(indexes), new BuiltinPlanningStage(indexes));
    }
}
