package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.brain.revision.Edited;
import io.opsconductor.brain.revision.FormAnswer;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.slack.card.AskForm;
import io.opsconductor.chat.slack.card.CodeForm;
import io.opsconductor.chat.slack.card.DenyForm;
import io.opsconductor.chat.slack.card.EditModal;
import io.opsconductor.chat.slack.card.FormOrigin;
import io.opsconductor.chat.slack.card.GlassForm;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.plan.Attestation.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Forms that were sent. A form says which plan it is about and Slack hands that back as we gave it; whether the person may,
 * and whether the plan still stands so, is asked again here.
 */
final class Submissions {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Acts acts;
    private final Door door;
    private final PlanActs plans;
    private final Spokesman spokesman;
    private final SpokenText spoken;
    private final Homes homes;
    private final PrivateWords words;

    Submissions(
            Acts acts,
            Door door,
            PlanActs plans,
            Spokesman spokesman,
            SpokenText spoken,
            Homes homes,
            PrivateWords words) {
        this.acts = acts;
        this.door = door;
        this.plans = plans;
        this.spokesman = spokesman;
        this.spoken = spoken;
        this.homes = homes;
        this.words = words;
    }

    void handle(Arrival arrival, Workspace workspace) throws InterruptedException {
        String user = SlackFields.id(arrival.body().path("user"), "id");
        Optional<Submission> submission = Dialogs.read(arrival.body());
        if (user.isEmpty() || submission.isEmpty()) {
            return;
        }
        Optional<Place> place = place(workspace, submission.get());
        PrivateWords.To to = place.<PrivateWords.To>map(known -> new PrivateWords.To.InPlace(known, user))
                .orElseGet(() -> new PrivateWords.To.InDirectTalk(workspace, user));
        Optional<String> identity = door.actor(place.orElseGet(() -> new Place(workspace, "", "")), user, to);
        if (identity.isEmpty()) {
            return;
        }
        if (place.isEmpty()) {
            words.tell(to, PlanActs.NOT_HERE);
            return;
        }
        try (Patience _ = Patience.of(PATIENCE, () -> words.tell(to, "Working on it…"))) {
            take(arrival, place.get(), user, identity.get(), submission.get(), to);
        }
        homes.refreshSeen(workspace, user, identity.get());
    }

    /**
     * What is wrong with a form, by block id, as far as it can be told without asking anybody.
     *
     * @param origin the workspace that sends it
     */
    Map<String, String> mistakes(String origin, JsonNode body) {
        JsonNode view = body.path("view");
        return switch (SlackFields.text(view, "callback_id")) {
            case DenyForm.CALLBACK -> DenyForm.mistakes(view);
            case CodeForm.CALLBACK -> CodeForm.mistakes(view);
            case GlassForm.CALLBACK -> GlassForm.mistakes(view);
            case AskForm.CALLBACK -> AskForm.mistakes(view);
            case EditModal.CALLBACK ->
                EditModal.read(view).map(edit -> mistakes(origin, view, edit)).orElse(Map.of());
            default -> Map.of();
        };
    }

    private Map<String, String> mistakes(String origin, JsonNode view, EditModal.Edit edit) {
        Map<String, String> wrong = acts.editing().mistakes(edit.about().approval(), origin, edit.values());
        return wrong.isEmpty() ? Map.of() : EditModal.problems(view, new Edited.Invalid(wrong));
    }

    private void take(
            Arrival arrival, Place place, String user, String identity, Submission submission, PrivateWords.To to)
            throws InterruptedException {
        switch (submission) {
            case Submission.Denied denied ->
                plans.settle(
                        denied.approval(),
                        acts.decisions()
                                .decide(Vote.of(denied.approval(), identity, Decision.DENY, denied.digest())
                                        .because(denied.reason())
                                        .in(place.conversation())),
                        to);
            case Submission.Typed typed ->
                plans.settle(
                        typed.approval(),
                        acts.decisions()
                                .decide(Vote.of(typed.approval(), identity, Decision.APPROVE, typed.digest())
                                        .typing(typed.code())
                                        .in(place.conversation())),
                        to);
            case Submission.GlassBroken broken ->
                plans.breakGlass(broken.approval(), identity, broken.reason(), "slack:" + arrival.id(), to);
            case Submission.Edited edited -> edit(identity, edited, "slack:" + arrival.id(), to);
            case Submission.Asked asked ->
                spokesman.ask(
                        new Spokesman.Request(
                                arrival.id(),
                                place.workspace(),
                                place.channel(),
                                place.threadTs(),
                                user,
                                identity,
                                spoken.of(place.workspace(), asked.text())),
                        to);
        }
    }

    private void edit(String identity, Submission.Edited edited, String act, PrivateWords.To to)
            throws InterruptedException {
        switch (acts.editing().edit(edited.approval(), identity, edited.digest(), edited.values(), act)) {
            case Edited.Shown _ -> {}
            case Edited.Refused(Refusal refusal) -> plans.refused(edited.approval(), refusal, to);
            case Edited.Invalid invalid -> {
                switch (acts.editing().form(edited.approval(), identity)) {
                    case FormAnswer.Shown(EditForm form) -> words.tell(to, EditModal.invalid(form, invalid));
                    case FormAnswer.Refused(Refusal refusal) -> plans.refused(edited.approval(), refusal, to);
                }
            }
        }
    }

    /** Where the plan of a form is told; empty when it is none of this workspace's. */
    private Optional<Place> place(Workspace workspace, Submission submission) {
        return switch (submission) {
            case Submission.Denied denied -> ofPlan(workspace, denied.approval(), denied.origin());
            case Submission.Typed typed -> ofPlan(workspace, typed.approval(), typed.origin());
            case Submission.GlassBroken broken -> ofPlan(workspace, broken.approval(), broken.origin());
            case Submission.Edited edited -> ofPlan(workspace, edited.approval(), edited.origin());
            case Submission.Asked asked -> Optional.of(new Place(workspace, asked.channel(), asked.threadTs()));
        };
    }

    /** The place of the card whose form it was; one that does not show this plan is none. */
    private Optional<Place> ofPlan(Workspace workspace, String approval, FormOrigin origin) {
        return Optional.of(new Place(workspace, origin.channel(), origin.threadTs()))
                .filter(place -> origin.team().equals(workspace.team()))
                .filter(place -> acts.approvals()
                        .find(approval, workspace.origin())
                        .filter(request -> acts.places().isShownIn(request, place.conversation()))
                        .isPresent());
    }
}
