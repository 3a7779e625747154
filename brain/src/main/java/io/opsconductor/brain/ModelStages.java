package io.opsconductor.brain;

import io.opsconductor.brain.intent.ModelIntentStage;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.model.GuardedModel;
import io.opsconductor.brain.model.ModelSettings.Ask;
import io.opsconductor.brain.model.Talk;
import io.opsconductor.brain.planning.ModelPlanningStage;
import io.opsconductor.brain.selection.ModelSelectionStage;

/** The stages that ask a model what is not clear without one. */
public final class ModelStages {
    private final Stages builtin;
    private final Indexes indexes;
    private final GuardedModel model;

    public ModelStages(Stages builtin, Indexes indexes, GuardedModel model) {
        this.builtin = builtin;
        this.indexes = indexes;
        this.model = model;
    }

    /** For one message: they share the message's budget. */
    public Stages forOneMessage() {
        Ask ask = model.settings().ask();
        Talk talk = new Talk(model);
        return new Stages(
                new ModelIntentStage(builtin.intents(), builtin.selection(), indexes, ask, talk),
                new ModelSelectionStage(builtin.selection(), indexes, ask, talk),
                new ModelPlanningStage(builtin.planning(), builtin.selection(), indexes, ask, talk));
    }
}
