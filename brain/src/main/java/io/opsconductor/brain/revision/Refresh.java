package io.opsconductor.brain.revision;

import io.opsconductor.brain.Measures;
import io.opsconductor.brain.Measures.Stage;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.Own;
import io.opsconductor.brain.approval.Previewed;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.kit.journal.JournalUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pending plan as it would run now. When a tool, a target or the policy changed since the preview, the runner refuses
 * approvals of it; the same plan, previewed anew for the same requester, takes its place. Whoever sees the card may ask for that,
 * for it decides nothing: approvals of the old card do not count for the new one.
 */
public final class Refresh {
    private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);
    /** The runner's word for a plan that is not what was shown any more. */
    public static final String CHANGED = "changed_since_preview";

    private final Approvals approvals;
    private final Previews previews;
    private final ThreadLanguage languages;
    private final Measures measures;

    public Refresh(Approvals approvals, Previews previews, ThreadLanguage languages, Measures measures) {
        this.approvals = approvals;
        this.previews = previews;
        this.languages = languages;
        this.measures = measures;
    }

    /**
     * Somebody presses the button.
     *
     * @param asker platform-qualified identity
     * @param act names the act, the same each time that it is brought, so that it leads to one plan; empty when nothing
     *     brings it again
     */
    public Refreshing of(String approval, String asker, String act) {
        return approvals
                .shownFor(act, asker)
                .<Refreshing>map(before -> new Refreshing.Shown(before.id(), before.conversation()))
                .orElseGet(() -> switch (approvals.pending(approval, asker)) {
                    case Own.Refused(Refusal refusal) -> new Refreshing.Refused(refusal);
                    case Own.Pending(ApprovalRequest request) -> of(request, asker, act);
                });
    }

    private Refreshing of(ApprovalRequest request, String asker, String act) {
        Planning.Planned planned =
                new Planning.Planned(request.plan(), request.summary(), request.note(), request.instead());
        Previewed previewed =
                measures.timed(Stage.PREVIEW, () -> previews.of(request.requester(), request.conversation(), planned));
        return switch (previewed) {
            case Previewed.Refused(Refusal refusal) -> new Refreshing.Refused(refusal);
            case Previewed.Shown(ApprovalRequest newer) -> replaced(request, newer, asker, act);
        };
    }

    private Refreshing replaced(ApprovalRequest older, ApprovalRequest newer, String asker, String act) {
        try {
            String reason = languages.speech(older.conversation()).say("changed");
            Optional<Refusal> late = approvals.replace(older, newer, asker, reason, act);
            if (late.isPresent()) {
                return new Refreshing.Refused(late.get());
            }
        } catch (JournalUnavailableException e) {
            LOG.error("{} was not made anew, because it could not be recorded", older.id(), e);
            return new Refreshing.Refused(Audit.unavailable("nothing was planned"));
        }
        measures.planGenerated();
        return new Refreshing.Shown(newer.id(), newer.conversation());
    }
}
