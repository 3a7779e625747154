package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.chat.slack.card.PlanCards;
import io.opsconductor.chat.slack.card.PlanPost;
import io.opsconductor.chat.slack.card.ResultCards;
import io.opsconductor.chat.slack.card.ResultPost;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.card.Words;
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

    Telling(PlanStates plans, Recorded recorded) {
        this.plans = plans;
        this.recorded = recorded;
    }

    /** Name of the message that is a plan's card. */
    static String card(String approval) {
        return "plan:" + approval;
    }

    /** Name of the message that is an execution's progress and then its summary. */
    static String progress(String execution) {
        return "progress:" + execution;
    }

    Outcome message(Place place, long seq, ChatEvent.Message message) throws InterruptedException {
        if (message.sender() == null) {
            return posted(place, "event:" + seq, Words.message(message));
        }
        return message.message() != null && recorded.isSeen(place.thread(), message.message())
                ? new Outcome.Done()
                : place.post(
                        "event:" + seq,
                        new SlackMessage(
                                place.mentions().of(message.sender()) + ": " + PlaceMentions.escaped(message.text()),
                                List.of()));
    }

    Outcome question(Place place, long seq, ChatEvent.Question question) throws InterruptedException {
        return place.post("event:" + seq, Words.question(question));
    }

    Outcome failure(Place place, long seq, ChatEvent.Failure failure) throws InterruptedException {
        return place.post("event:" + seq, Words.failure(failure));
    }

    Outcome plan(Place place, ChatEvent.PlanCard card) throws InterruptedException {
        Optional<PlanStates.Standing> standing = standing(place, card.approval());
        if (standing.isEmpty()) {
            return new Outcome.Done();
        }
        PlanPost post = PlanCards.of(card, standing.get().state(), place.mentions());
        String name = card(card.approval());
        Outcome outcome = place.post(name, post.card());
        if (outcome instanceof Outcome.Done) {
            outcome = posted(place, name + ":page", post.pages());
        }
        return outcome instanceof Outcome.Done
                ? files(place, name + ":file", post.file().stream().toList())
                : outcome;
    }

    /** Brings a plan's card up to date. */
    Outcome card(Place place, String approval, boolean anyway) throws InterruptedException {
        Optional<PlanStates.Standing> standing = standing(place, approval);
        return standing.isEmpty()
                ? new Outcome.Done()
                : place.show(
                        card(approval),
                        PlanCards.of(standing.get().plan(), standing.get().state(), place.mentions())
                                .card(),
                        anyway);
    }

    /** The summary stands where the progress was; the card shows the end; the outputs follow. */
    Outcome result(Place place, ChatEvent.Result result) throws InterruptedException {
        String summary = standing(place, result.approval())
                .map(standing -> standing.plan().summary())
                .orElse("");
        ResultPost post = ResultCards.result(summary, result);
        String name = "result:" + (result.execution() == null ? result.approval() : result.execution());
        Outcome outcome = result.execution() == null
                ? place.post(name, post.summary())
                : place.show(progress(result.execution()), post.summary(), false);
        if (outcome instanceof Outcome.Done) {
            outcome = card(place, result.approval(), false);
        }
        if (outcome instanceof Outcome.Done) {
            outcome = posted(place, name + ":targets", post.targets());
        }
        return outcome instanceof Outcome.Done ? files(place, name + ":file", post.files()) : outcome;
    }

    Outcome progress(Place place, LiveProgress live, Instant now) throws InterruptedException {
        return place.show(progress(live.execution()), ResultCards.progress(live.progress(now)), false);
    }

    /** Something that cannot be shown is at least spoken of. */
    Outcome unshowable(Place place, Told told, String reference) throws InterruptedException {
        return place.post(
                "event:" + told.seq(),
                Words.note("Something here could not be shown in Slack. It is kept; give the reference " + reference
                        + " to whoever runs OpsConductor."));
    }

    private Optional<PlanStates.Standing> standing(Place place, String approval) {
        return plans.of(place.thread().conversation(), approval, place.mentions());
    }

    private static Outcome posted(Place place, String name, List<SlackMessage> messages) throws InterruptedException {
        for (int index = 0; index < messages.size(); index++) {
            Outcome outcome = place.post(index == 0 ? name : name + ":" + index, messages.get(index));
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }

    private static Outcome files(Place place, String name, List<SlackFile> files) throws InterruptedException {
        for (int index = 0; index < files.size(); index++) {
            Outcome outcome = place.file(index == 0 ? name : name + ":" + index, files.get(index));
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }
}
