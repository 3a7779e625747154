package io.opsconductor.chat.teams.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Own;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.revision.BreakGlass;
import io.opsconductor.brain.revision.BreakingGlass;
import io.opsconductor.brain.revision.Edited;
import io.opsconductor.brain.revision.FormAnswer;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Destroyed;
import io.opsconductor.chat.teams.card.Forms;
import io.opsconductor.chat.teams.card.PlanCards;
import io.opsconductor.chat.teams.card.Words;
import io.opsconductor.chat.teams.receive.Activity;
import io.opsconductor.chat.teams.receive.InvokeAnswer;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.PlanCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The forms: opened for whoever pressed, and what was filled into them. A form says which plan it is about and Teams hands
 * that back as we gave it; whether the person may, and whether the plan still stands so, is asked again.
 */
final class FormSubmissions {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String OUT_OF_DATE = "This card is out of date, so nothing was done.";

    private final Acts acts;
    private final Acting acting;
    private final Consumer<String> staleCards;

    FormSubmissions(Acts acts, Acting acting, Consumer<String> staleCards) {
        this.acts = acts;
        this.acting = acting;
        this.staleCards = staleCards;
    }

    InvokeAnswer open(Press press, Optional<Act> act) {
        if (act.orElse(null) instanceof Act.Deny(String approval, String digest) && acting.isHere(press, approval)) {
            return switch (acts.approvals().pending(approval, press.origin())) {
                case Own.Pending(ApprovalRequest request) ->
                    InvokeAnswer.form("Deny this plan", Forms.deny(approval, digest, request.summary()));
                case Own.Refused(Refusal refusal) -> InvokeAnswer.formWords(Words.refusal(refusal));
            };
        }
        if (act.orElse(null) instanceof Act.Approve(String approval, String digest) && acting.isHere(press, approval)) {
            return codeForm(press, approval, digest, "");
        }
        if (act.orElse(null) instanceof Act.BreakGlass(String approval) && acting.isHere(press, approval)) {
            return glassForm(press, approval, "");
        }
        if (act.orElse(null) instanceof Act.Edit(String approval, String digest) && acting.isHere(press, approval)) {
            return switch (acts.approvals().own(approval, press.identity(), "edit")) {
                case Own.Refused(Refusal refusal) -> InvokeAnswer.formWords(Words.refusal(refusal));
                case Own.Pending(ApprovalRequest request) ->
                    request.digest().equals(digest)
                            ? editForm(press, approval, Map.of(), Map.of())
                            : InvokeAnswer.formWords(OUT_OF_DATE);
            };
        }
        return InvokeAnswer.formWords(Acting.NOT_HERE);
    }

    private InvokeAnswer codeForm(Press press, String approval, String digest, String problem) {
        return switch (acts.approvals().pending(approval, press.origin())) {
            case Own.Refused(Refusal refusal) -> InvokeAnswer.formWords(Words.refusal(refusal));
            case Own.Pending(ApprovalRequest request) ->
                request.digest().equals(digest)
                        ? InvokeAnswer.form(
                                "Approve: destroys",
                                Forms.code(
                                        approval, digest, request.summary(), Destroyed.by(request.preview()), problem))
                        : InvokeAnswer.formWords(OUT_OF_DATE);
        };
    }

    private InvokeAnswer glassForm(Press press, String approval, String problem) {
        return switch (acts.approvals().own(approval, press.identity(), BreakGlass.DOING)) {
            case Own.Refused(Refusal refusal) -> InvokeAnswer.formWords(Words.refusal(refusal));
            case Own.Pending(ApprovalRequest request) ->
                InvokeAnswer.form("Break glass", Forms.glass(approval, request.digest(), request.summary(), problem));
        };
    }

    private InvokeAnswer editForm(
            Press press, String approval, Map<String, String> entered, Map<String, String> problems) {
        return switch (acts.editing().form(approval, press.identity())) {
            case FormAnswer.Shown(var form) -> InvokeAnswer.form("Other values", Forms.edit(form, entered, problems));
            case FormAnswer.Refused(Refusal refusal) -> InvokeAnswer.formWords(Words.refusal(refusal));
        };
    }

    InvokeAnswer submitted(Press press, Activity activity) {
        JsonNode data = activity.body().path("value").path("data");
        String approval = Activity.text(data, "approval");
        String digest = Activity.text(data, "digest");
        return switch (Activity.text(data, "form")) {
            case Forms.DENY ->
                answer(
                        acting.decide(
                                press,
                                Vote.of(approval, press.identity(), Decision.DENY, digest)
                                        .because(press.text(PlanCards.REASON_FIELD, Acting.REASON))),
                        digest);
            case Forms.GLASS -> broken(press, approval, digest);
            case Forms.CODE -> approved(press, approval, digest);
            case Forms.FRESH -> answer(acting.fresh(press, approval), digest);
            case Forms.EDIT ->
                acting.isHere(press, approval)
                        ? edited(press, approval, digest, Forms.values(data))
                        : answer(acting.notHere(press, approval), digest);
            default -> InvokeAnswer.formWords(Acting.NOT_HERE);
        };
    }

    private InvokeAnswer broken(Press press, String approval, String digest) {
        if (!acting.isHere(press, approval)) {
            return answer(acting.notHere(press, approval), digest);
        }
        String reason = press.text(PlanCards.REASON_FIELD, Acting.REASON);
        return reason.isEmpty()
                ? glassForm(press, approval, "Say why. Without a reason it waits for its approval.")
                : switch (acts.breakGlass().of(approval, press.identity(), reason, press.act())) {
                    case BreakingGlass.Shown _ -> InvokeAnswer.formDone();
                    case BreakingGlass.Refused(Refusal refusal) -> answer(acting.refused(approval, refusal), digest);
                };
    }

    /** What was mistyped is asked for again; whether it is the code decides the brain. */
    private InvokeAnswer approved(Press press, String approval, String digest) {
        String code = press.text(PlanCards.CODE, Acting.TYPED);
        boolean here = acting.isHere(press, approval);
        if (here && DIGEST.matcher(digest).matches() && !PlanCode.isTyped(code, digest)) {
            return codeForm(press, approval, digest, "This is not the code of this plan. Nothing was approved.");
        }
        return answer(
                acting.decide(
                        press,
                        Vote.of(approval, press.identity(), Decision.APPROVE, digest)
                                .typing(code)),
                digest);
    }

    private InvokeAnswer edited(Press press, String approval, String digest, Map<String, String> values) {
        return switch (acts.editing().edit(approval, press.identity(), digest, values, press.act())) {
            case Edited.Shown _ -> InvokeAnswer.formDone();
            case Edited.Refused(Refusal refusal) -> answer(acting.refused(approval, refusal), digest);
            case Edited.Invalid(Map<String, String> problems) -> editForm(press, approval, values, problems);
        };
    }

    private InvokeAnswer answer(Done done, String digest) {
        return switch (done) {
            case Done.Card _ -> InvokeAnswer.formDone();
            case Done.Shown(String words) -> InvokeAnswer.formWords(words);
            case Done.Changed(String words, String approval) ->
                InvokeAnswer.form("The plan changed", Forms.changed(words, approval, digest));
            case Done.Refused(String words, String stale) -> {
                if (!stale.isEmpty()) {
                    staleCards.accept(stale);
                }
                yield InvokeAnswer.formWords(words);
            }
        };
    }
}
