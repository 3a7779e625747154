package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Intent;
import java.util.List;

/** Stage B of the pipeline; one implementation needs no model. */
public interface SelectionStage {
    /** One choice per request, in order. */
    List<ToolChoice> select(Intent.RunTools intent, Knowledge knowledge);
}
