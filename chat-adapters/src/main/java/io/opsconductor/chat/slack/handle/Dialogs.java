package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.view.View;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.AskForm;
import io.opsconductor.chat.slack.card.CodeForm;
import io.opsconductor.chat.slack.card.DenyForm;
import io.opsconductor.chat.slack.card.EditModal;
import io.opsconductor.chat.slack.card.FormOrigin;
import io.opsconductor.chat.slack.card.GlassForm;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forms that open above a conversation, and what was filled into them. */
final class Dialogs {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogs.class);

    private final SlackCalls calls;
    private final PrivateWords words;

    Dialogs(SlackCalls calls, PrivateWords words) {
        this.calls = calls;
        this.words = words;
    }

    void askForReason(Press press, ApprovalRequest request, String digest) throws InterruptedException {
        DenyForm.About about = new DenyForm.About(request.id(), digest, carried(press.admittedAt(), ""));
        open(press.workspace(), press.trigger(), DenyForm.of(about, request.summary()), press.to());
    }

    void askForCode(Press press, ApprovalRequest request, String digest) throws InterruptedException {
        CodeForm.About about = new CodeForm.About(request.id(), digest, carried(press.admittedAt(), ""));
        open(press.workspace(), press.trigger(), CodeForm.of(about, request.summary(), request.preview()), press.to());
    }

    void askForEmergency(Press press, ApprovalRequest request) throws InterruptedException {
        GlassForm.About about = new GlassForm.About(request.id(), carried(press.admittedAt(), ""));
        open(press.workspace(), press.trigger(), GlassForm.of(about, request.summary()), press.to());
    }

    void askForValues(Press press, EditForm form) throws InterruptedException {
        open(press.workspace(), press.trigger(), EditModal.of(form, carried(press.admittedAt(), "")), press.to());
    }

    /** @param ts of the message that is asked about */
    void askAbout(Place place, String ts, String message, String trigger, PrivateWords.To to)
            throws InterruptedException {
        open(place.workspace(), trigger, AskForm.of(carried(place, ts), message), to);
    }

    private void open(Workspace workspace, String trigger, View view, PrivateWords.To to) throws InterruptedException {
        Answer<Boolean> answer = calls.open(workspace, trigger, view);
        if (!(answer instanceof Answer.Ok<Boolean>)) {
            LOG.warn("a form did not open in {}: {}", workspace, answer);
            words.tell(to, "Slack did not open the form in time, so nothing was done. Please press again.");
        }
    }

    private static FormOrigin carried(Place place, String messageTs) {
        return new FormOrigin(place.workspace().team(), place.channel(), place.threadTs(), messageTs);
    }

    /** What a form says; empty when it is none of ours. */
    static Optional<Submission> read(JsonNode body) {
        JsonNode view = body.path("view");
        return switch (SlackFields.text(view, "callback_id")) {
            case DenyForm.CALLBACK ->
                DenyForm.read(view)
                        .map(denial -> new Submission.Denied(
                                denial.about().approval(),
                                denial.about().digest(),
                                denial.reason(),
                                denial.about().origin()));
            case CodeForm.CALLBACK ->
                CodeForm.read(view)
                        .map(typed -> new Submission.Typed(
                                typed.about().approval(),
                                typed.about().digest(),
                                typed.code(),
                                typed.about().origin()));
            case GlassForm.CALLBACK ->
                GlassForm.read(view)
                        .map(broken -> new Submission.GlassBroken(
                                broken.about().approval(),
                                broken.reason(),
                                broken.about().origin()));
            case EditModal.CALLBACK ->
                EditModal.read(view)
                        .map(edit -> new Submission.Edited(
                                edit.about().approval(),
                                edit.about().digest(),
                                edit.values(),
                                edit.about().origin()));
            case AskForm.CALLBACK ->
                AskForm.read(view)
                        .map(request -> new Submission.Asked(
                                request.origin().channel(), request.origin().threadTs(), request.text()));
            default -> Optional.empty();
        };
    }
}
