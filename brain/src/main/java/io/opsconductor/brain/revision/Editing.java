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
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.Wording;
import io.opsconductor.json.Digest;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Other values for a pending plan, by whoever asked for it. The edited plan is another plan: the runner previews it for the
 * same person, its card takes the place of the old one, and approvals of the old one do not count for it.
 */
public final class Editing {
    private static final Logger LOG = LoggerFactory.getLogger(Editing.class);
    /** The reason in the decision that ends the old card. */
    public static final String EDITED = "edited";

    private final Approvals approvals;
    private final Previews previews;
    private final KnowledgeSources knowledge;
    private final Wording wording;
    private final Measures measures;

    public Editing(
            Approvals approvals, Previews previews, KnowledgeSources knowledge, Wording wording, Measures measures) {
        this.approvals = approvals;
        this.previews = previews;
        this.knowledge = knowledge;
        this.wording = wording;
        this.measures = measures;
    }

    /** The key of a parameter's field: {@code 0.path} for {@code path} of the first step. */
    public static String field(int step, String parameter) {
        return step + "." + parameter;
    }

    /**
     * What there is to edit in a pending plan.
     *
     * @param from the person or the place that asks
     */
    public FormAnswer form(String approval, String from) {
        return switch (approvals.pending(approval, from)) {
            case Own.Refused(Refusal refusal) -> new FormAnswer.Refused(refusal);
            case Own.Pending(ApprovalRequest request) ->
                knowledge
                        .current(request.requester())
                        .<FormAnswer>map(known -> new FormAnswer.Shown(EditForms.of(request, known.tools())))
                        .orElseGet(() -> new FormAnswer.Refused(unknownTools()));
        };
    }

    /**
     * Somebody edits.
     *
     * @param editor platform-qualified identity
     * @param digest of the card that the editor saw
     * @param values new values as text, by {@link #field}; one that is left out stays as it is, and blank text leaves the
     *     parameter out
     * @param act names the act, the same each time that it is brought, so that it leads to one plan; empty when nothing
     *     brings it again
     */
    public Edited edit(String approval, String editor, String digest, Map<String, String> values, String act) {
        return approvals
                .shownFor(act, editor)
                .<Edited>map(before -> new Edited.Shown(before.id(), before.conversation()))
                .orElseGet(() -> edit(new Edit(approval, editor, digest, values, act)));
    }

    private record Edit(String approval, String editor, String digest, Map<String, String> values, String act) {}

    /**
     * What is wrong with values, by field, as far as the catalogue tells; empty also when the plan cannot be edited now,
     * which the edit itself tells. It asks nobody but the store.
     *
     * @param from the person or the place that asks
     */
    public Map<String, String> mistakes(String approval, String from, Map<String, String> values) {
        return switch (approvals.pending(approval, from)) {
            case Own.Refused _ -> Map.of();
            case Own.Pending(ApprovalRequest request) ->
                knowledge
                        .current(request.requester())
                        .map(known -> EditedValues.of(request.plan(), values, known.tools())
                                .problems())
                        .orElse(Map.of());
        };
    }

    private Edited edit(Edit edit) {
        return switch (approvals.own(edit.approval(), edit.editor(), "edit")) {
            case Own.Refused(Refusal refusal) -> new Edited.Refused(refusal);
            case Own.Pending(ApprovalRequest request) ->
                edit.digest().equals(request.digest())
                        ? knowledge
                                .current(request.requester())
                                .map(known -> edited(request, edit, known))
                                .orElseGet(() -> new Edited.Refused(unknownTools()))
                        : refused(
                                409,
                                "digest_mismatch",
                                "the plan that you edited is not this one: its digest differs",
                                "look at the plan again, and edit that one");
        };
    }

    private Edited edited(ApprovalRequest request, Edit edit, Knowledge known) {
        EditedValues.Checked checked = EditedValues.of(request.plan(), edit.values(), known.tools());
        if (!checked.problems().isEmpty()) {
            return new Edited.Invalid(checked.problems());
        }
        Plan plan = checked.plan();
        if (Digest.ofCanonical(plan).equals(Digest.ofCanonical(request.plan()))) {
            return refused(
                    400,
                    "nothing_changed",
                    "the plan has these values already",
                    "change a value, or leave the plan as it is");
        }
        // Other values change nothing about how the request was understood.
        Planning.Planned planned = new Planning.Planned(plan, wording.summary(plan.steps(), List.of()), request.note());
        Previewed previewed =
                measures.timed(Stage.PREVIEW, () -> previews.of(request.requester(), request.conversation(), planned));
        return switch (previewed) {
            case Previewed.Refused(Refusal refusal) -> {
                knowledge.of(new Tenant(request.tenant())).refreshSoon();
                yield new Edited.Refused(refusal);
            }
            case Previewed.Shown(ApprovalRequest newer) -> replaced(request, newer, edit.act());
        };
    }

    private Edited replaced(ApprovalRequest older, ApprovalRequest newer, String act) {
        try {
            Optional<Refusal> late = approvals.replace(older, newer, older.requester(), EDITED, act);
            if (late.isPresent()) {
                return new Edited.Refused(late.get());
            }
        } catch (JournalUnavailableException e) {
            LOG.error("{} was not edited, because it could not be recorded", older.id(), e);
            return new Edited.Refused(Audit.unavailable("nothing was edited"));
        }
        measures.planGenerated();
        return new Edited.Shown(newer.id(), newer.conversation());
    }

    private Refusal unknownTools() {
        return Refusal.of(
                503,
                "runner_unreachable",
                "the tools are not known yet"
                        + knowledge
                                .problem()
                                .map(problem -> ": " + problem.message())
                                .orElse(""),
                "nothing was changed; try again in a moment");
    }

    private static Edited refused(int status, String code, String message, String hint) {
        return new Edited.Refused(Refusal.of(status, code, message, hint));
    }
}
