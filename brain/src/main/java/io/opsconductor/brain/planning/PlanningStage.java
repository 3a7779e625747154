package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.selection.ToolChoice;
import java.util.List;

/** Stage C of the pipeline; one implementation needs no model. */
public interface PlanningStage {
    /** Plans from the choices of stage B. */
    Planning plan(List<ToolChoice> choices, Knowledge knowledge);

    /** Goes on with a draft whose question was answered. */
    Planning resume(Draft draft, Knowledge knowledge);
}
