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
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.PreviewRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pending plan once more, for its requester alone to approve, who says why it cannot wait for others. The runner says
 * whether the policy lets them; its card takes the place of the one that waits. Whoever says it in words comes by the
 * pipeline to the same preview.
 */
public final class BreakGlass {
    /** What is tried, for the words of a refusal. */
    public static final String DOING = "break the glass for";

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);

    private final Approvals approvals;
    private final Previews previews;
    private final ThreadLanguage languages;
    private final Measures measures;

    public BreakGlass(Approvals approvals, Previews previews, ThreadLanguage languages, Measures measures) {
        this.approvals = approvals;
        this.previews = previews;
        this.languages = languages;
        this.measures = measures;
    }

    /**
     * The requester breaks the glass.
     *
     * @param person platform-qualified identity
     * @param reason why it cannot wait, 1 to {@value PreviewRequest#MAX_REASON_CHARS} characters
     * @param act names the act, the same each time that it is brought, so that it leads to one plan; empty when nothing
     *     brings it again
     */
    public BreakingGlass of(String approval, String person, String reason, String act) {
        return approvals
                .shownFor(act, person)
                .<BreakingGlass>map(before -> new BreakingGlass.Shown(before.id(), before.conversation()))
                .orElseGet(() -> switch (approvals.own(approval, person, DOING)) {
                    case Own.Refused(Refusal refusal) -> new BreakingGlass.Refused(refusal);
                    case Own.Pending(ApprovalRequest request) -> broken(request, reason.strip(), act);
                });
    }

    private BreakingGlass broken(ApprovalRequest request, String reason, String act) {
        if (reason.isEmpty() || reason.length() > PreviewRequest.MAX_REASON_CHARS) {
            return new BreakingGlass.Refused(Refusal.of(
                    400,
                    "no_reason",
                    "a plan runs without the approval of others only for a reason, of at most "
                            + PreviewRequest.MAX_REASON_CHARS + " characters",
                    "say why it cannot wait"));
        }
        Previewed previewed = measures.timed(Stage.PREVIEW, () -> previews.breakingGlass(request, reason));
        return switch (previewed) {
            case Previewed.Refused(Refusal refusal) -> new BreakingGlass.Refused(refusal);
            case Previewed.Shown(ApprovalRequest newer) -> replaced(request, newer, act);
        };
    }

    private BreakingGlass replaced(ApprovalRequest older, ApprovalRequest newer, String act) {
        try {
            String reason = languages.speech(older.conversation()).say("asked-glass");
            Optional<Refusal> late = approvals.replace(older, newer, older.requester(), reason, act);
            if (late.isPresent()) {
                return new BreakingGlass.Refused(late.get());
            }
        } catch (JournalUnavailableException e) {
            LOG.error("the glass was not broken for {}, because it could not be recorded", older.id(), e);
            return new BreakingGlass.Refused(Audit.unavailable("nothing was planned"));
        }
        measures.planGenerated();
        return new BreakingGlass.Shown(newer.id(), newer.conversation());
    }
}
