package io.opsconductor.brain;

import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.CardPlaces;
import io.opsconductor.brain.approval.Decisions;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.revision.BreakGlass;
import io.opsconductor.brain.revision.DryRun;
import io.opsconductor.brain.revision.Editing;
import io.opsconductor.brain.revision.Refresh;
import io.opsconductor.brain.revision.Rerun;
import io.opsconductor.brain.routing.ExecutionRouter;

/**
 * Everything that a person can have done through a chat adapter, whichever it is. An adapter says who acts; whether they
 * may is decided here and by the runner.
 *
 * @param inbox takes what they write
 * @param decisions approve and deny
 * @param approvals withdraw one's own
 * @param editing other values for one's own plan
 * @param rerun a plan that ran, again
 * @param dryRun the checks of a plan that waits
 * @param refresh a plan that changed since it was shown, as it would run now
 * @param breakGlass one's own plan that waits, without the approval of others
 * @param places where else than in its own conversation a plan's card is shown
 * @param router cancel what runs
 */
public record Acts(
        Inbox inbox,
        Decisions decisions,
        Approvals approvals,
        Editing editing,
        Rerun rerun,
        DryRun dryRun,
        Refresh refresh,
        BreakGlass breakGlass,
        CardPlaces places,
        ExecutionRouter router) {}
