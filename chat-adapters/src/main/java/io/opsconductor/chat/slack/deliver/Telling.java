package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.chat.deliver.LiveProgress;
import io.opsconductor.chat.deliver.Outcome;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.slack.card.PictureFiles;
import io.opsconductor.chat.slack.card.PlanCards;
import io.opsconductor.chat.slack.card.PlanPost;
import io.opsconductor.chat.slack.card.ResultCards;
import io.opsconductor.chat.slack.card.ResultPost;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.plan.TargetResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells one event in its thread. Each post has a name that the event gives, so that telling an event again adds only what
 * was not posted yet.
 */
final class Telling {
    private final PlanStates plans;
    private final Recorded recorded;
    private final PictureFiles pictures;

    Telling(PlanStates plans, Recorded recorded, PictureFiles pictures) {
        this.plans = plans;
        this.recorded = recorded;
        this.pictures = pictures;
    }

    /** Name of the message that is a plan's card. */
    static String card(String approval) {
        return "plan:" + approval;
    }

    /** Name of the message that is an execution's progress and then its summary. */
    static String progress(String execution) {
        return "progress:" + execution;
    }

    Outcome message(OpenThread open, long seq, ChatEvent.Message message) throws InterruptedException {
        if (message.sender() == null) {
            return posted(
                    open,
                    "event:" + seq,
                    message.named() == null
                            ? Words.message(message)
                            : Words.about(message, open.mentions().subject(message.named())));
        }
        return message.message() != null && recorded.isSeen(open.thread(), message.message())
                ? new Outcome.Done()
                : open.post(
                        "event:" + seq,
                        new SlackMessage(
                                open.mentions().of(message.sender()) + ": " + WorkspaceMentions.escaped(message.text()),
                                List.of()));
    }

    Outcome question(OpenThread open, long seq, ChatEvent.Question question) throws InterruptedException {
        return open.post("event:" + seq, Words.question(question));
    }

    Outcome failure(OpenThread open, long seq, ChatEvent.Failure failure) throws InterruptedException {
        return open.post("event:" + seq, Words.failure(failure));
    }

    Outcome plan(OpenThread open, ChatEvent.PlanCard card) throws InterruptedException {
        Optional<PlanStates.Standing> standing = standing(open, card.approval());
        if (standing.isEmpty()) {
            return new Outcome.Done();
        }
        PlanPost post = PlanCards.of(card, standing.get().state(), open.mentions());
        String name = card(card.approval());
        Outcome outcome = open.post(name, post.card());
        if (outcome instanceof Outcome.Done) {
            outcome = posted(open, name + ":page", post.pages());
        }
        return outcome instanceof Outcome.Done
                ? files(open, name + ":file", post.file().stream().toList())
                : outcome;
    }

    /** Brings a plan's card up to date. */
    Outcome card(OpenThread open, String approval, boolean anyway) throws InterruptedException {
        Optional<PlanStates.Standing> standing = standing(open, approval);
        return standing.isEmpty()
                ? new Outcome.Done()
                : open.show(
                        card(approval),
                        PlanCards.of(standing.get().plan(), standing.get().state(), open.mentions())
                                .card(),
                        anyway);
    }

    /** The summary stands where the progress was; the card shows the end; the outputs follow. */
    Outcome result(OpenThread open, ChatEvent.Result result) throws InterruptedException {
        String summary = standing(open, result.approval())
                .map(standing -> standing.plan().summary())
                .orElse("");
        ResultPost post = ResultCards.result(
                summary, result, Optional.ofNullable(result.identity()).map(open.mentions()::subject));
        String name = "result:" + (result.execution() == null ? result.approval() : result.execution());
        Outcome outcome = result.execution() == null
                ? open.post(name, post.summary())
                : open.show(progress(result.execution()), post.summary(), false);
        if (outcome instanceof Outcome.Done) {
            outcome = card(open, result.approval(), false);
        }
        if (outcome instanceof Outcome.Done) {
            outcome = files(open, name + ":picture", pictures.of(result));
        }
        if (outcome instanceof Outcome.Done) {
            outcome = posted(open, name + ":targets", post.targets());
        }
        return outcome instanceof Outcome.Done ? files(open, name + ":file", post.files()) : outcome;
    }

    Outcome progress(OpenThread open, LiveProgress live, Instant now) throws InterruptedException {
        return open.show(progress(live.execution()), ResultCards.progress(live.progress(now)), false);
    }

    /** The whole output of a target, for somebody who asked for it. */
    Outcome output(OpenThread open, String arrival, TargetResult result) throws InterruptedException {
        return open.file("output:" + arrival, ResultCards.fullOutput(result));
    }

    /** Something that cannot be shown is at least spoken of. */
    Outcome unshowable(OpenThread open, Told told, String reference) throws InterruptedException {
        return open.post(
                "event:" + told.seq(),
                Words.note("Something here could not be shown in Slack. It is kept; give the reference " + reference
                        + " to whoever runs OpsConductor."));
    }

    private Optional<PlanStates.Standing> standing(OpenThread open, String approval) {
        return plans.of(open.thread().conversation(), approval, open.mentions());
    }

    private static Outcome posted(OpenThread open, String name, List<SlackMessage> messages)
            throws InterruptedException {
        for (int index = 0; index < messages.size(); index++) {
            Outcome outcome = open.post(index == 0 ? name : name + ":" + index, messages.get(index));
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }

    private static Outcome files(OpenThread open, String name, List<SlackFile> files) throws InterruptedException {
        for (int index = 0; index < files.size(); index++) {
            Outcome outcome = open.file(index == 0 ? name : name + ":" + index, files.get(index));
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }
}
