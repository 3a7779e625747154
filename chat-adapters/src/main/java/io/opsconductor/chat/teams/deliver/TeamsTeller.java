package io.opsconductor.chat.teams.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.LiveProgress;
import io.opsconductor.chat.deliver.Mentions;
import io.opsconductor.chat.deliver.Outcome;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.deliver.Teller;
import io.opsconductor.chat.teams.card.Mention;
import io.opsconductor.chat.teams.card.PictureCards;
import io.opsconductor.chat.teams.card.PlanPost;
import io.opsconductor.chat.teams.card.ResultCards;
import io.opsconductor.chat.teams.card.ResultPost;
import io.opsconductor.chat.teams.card.TeamsMessage;
import io.opsconductor.chat.teams.card.Words;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.chat.teams.thread.TeamsThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one conversation in its place in Teams. Each post has a name that the event gives, so that telling an event again
 * adds only what was not posted yet.
 */
final class TeamsTeller implements Teller {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsTeller.class);

    /** What all tellers share. */
    record Parts(
            TeamsThreads threads,
            TeamsPosts posts,
            Views views,
            People names,
            Seen seen,
            PictureCards pictures,
            DeliveryMeasures measures) {}

    private final TeamsPlace place;
    private final Parts parts;

    TeamsTeller(TeamsPlace place, Parts parts) {
        this.place = place;
        this.parts = parts;
    }

    @Override
    public String conversation() {
        return place.conversation();
    }

    @Override
    public Mentions mentions() {
        return parts.names()::name;
    }

    @Override
    public Outcome message(long seq, ChatEvent.Message message) throws InterruptedException {
        if (message.sender() == null) {
            return posted("event:" + seq, Words.message(message));
        }
        return message.message() != null && parts.seen().isSeen(message.message())
                ? new Outcome.Done()
                : posted("event:" + seq, Words.said(message.from(), message.text()));
    }

    @Override
    public Outcome plan(ChatEvent.PlanCard card) throws InterruptedException {
        Optional<PlanPost> post = parts.views().of(place, card.approval());
        if (post.isEmpty()) {
            return new Outcome.Done();
        }
        String name = card(card.approval());
        Outcome outcome = post(name, post.get().card());
        return outcome instanceof Outcome.Done
                ? posted(name + ":page", post.get().pages())
                : outcome;
    }

    @Override
    public Outcome card(String approval, boolean anyway) throws InterruptedException {
        Optional<PlanPost> post = parts.views().of(place, approval);
        return post.isEmpty()
                ? new Outcome.Done()
                : TeamsOutcome.of(parts.posts()
                        .show(place, conversation(), card(approval), post.get().card(), anyway));
    }

    @Override
    public Outcome result(ChatEvent.Result result) throws InterruptedException {
        Optional<ChatEvent.PlanCard> plan =
                parts.views().standing(place, result.approval()).map(PlanStates.Standing::plan);
        List<Mention> requester = plan.flatMap(of -> parts.views().requester(place, of.requester())).stream()
                .toList();
        ResultPost post =
                ResultCards.result(plan.map(ChatEvent.PlanCard::summary).orElse(""), result, requester);
        String name = "result:" + (result.execution() == null ? result.approval() : result.execution());
        // A post of its own: Teams calls nobody when a message is changed.
        Outcome outcome = post(name, post.summary());
        if (outcome instanceof Outcome.Done && result.execution() != null) {
            outcome = ended(result.execution(), post.summary());
        }
        if (outcome instanceof Outcome.Done) {
            outcome = card(result.approval(), false);
        }
        if (outcome instanceof Outcome.Done) {
            outcome = pictures(name + ":picture", result);
        }
        return outcome instanceof Outcome.Done ? posted(name + ":output", post.outputs()) : outcome;
    }

    /** Pictures say nothing that the result does not say: one that Teams does not take is left out. */
    private Outcome pictures(String name, ChatEvent.Result result) throws InterruptedException {
        List<TeamsMessage> messages = parts.pictures().of(result);
        for (int index = 0; index < messages.size(); index++) {
            Answer<String> answer = parts.posts()
                    .once(place, conversation(), index == 0 ? name : name + ":" + index, messages.get(index));
            if (answer instanceof Answer.Refused<String>(String error, String detail) && isAboutTheMessage(error)) {
                LOG.warn("Teams does not take a picture of {}: {} {}", conversation(), error, detail);
            } else if (!(answer instanceof Answer.Ok<String>)) {
                return TeamsOutcome.of(answer);
            }
        }
        return new Outcome.Done();
    }

    /** A progress message that was posted says no more than how it ended. */
    private Outcome ended(String execution, TeamsMessage result) throws InterruptedException {
        String name = progress(execution);
        return parts.posts().isPosted(conversation(), name)
                ? TeamsOutcome.of(
                        parts.posts().show(place, conversation(), name, ResultCards.ended(result.summary()), false))
                : new Outcome.Done();
    }

    @Override
    public Outcome question(long seq, ChatEvent.Question question) throws InterruptedException {
        return posted("event:" + seq, Words.question(question));
    }

    @Override
    public Outcome failure(long seq, ChatEvent.Failure failure) throws InterruptedException {
        return posted("event:" + seq, Words.failure(failure));
    }

    @Override
    public Outcome progress(LiveProgress live, Instant now) throws InterruptedException {
        return TeamsOutcome.of(parts.posts()
                .show(
                        place,
                        conversation(),
                        progress(live.execution()),
                        ResultCards.progress(live.progress(now)),
                        false));
    }

    @Override
    public Outcome unshowable(Told told, String reference) throws InterruptedException {
        return post(
                "event:" + told.seq(),
                Words.note("Something here could not be shown in Teams. It is kept; give the reference " + reference
                        + " to whoever runs OpsConductor."));
    }

    /** Outputs are posted when they are asked for. */
    @Override
    public Outcome outputs() {
        return new Outcome.Done();
    }

    @Override
    public Duration beforeProgress() {
        return parts.posts().progress(place);
    }

    @Override
    public void gone(String error, long told) {
        parts.threads().unreachable(conversation());
        parts.measures().threadUnreachable();
    }

    /** Name of the message that is a plan's card. */
    private static String card(String approval) {
        return "plan:" + approval;
    }

    private static String progress(String execution) {
        return "progress:" + execution;
    }

    private Outcome posted(String name, List<TeamsMessage> messages) throws InterruptedException {
        for (int index = 0; index < messages.size(); index++) {
            Outcome outcome = post(index == 0 ? name : name + ":" + index, messages.get(index));
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }

    /** A message that Teams does not take is spoken of instead, so that it holds up nothing after it. */
    private Outcome post(String name, TeamsMessage message) throws InterruptedException {
        Answer<String> answer = parts.posts().once(place, conversation(), name, message);
        if (answer instanceof Answer.Refused<String>(String error, String detail) && isAboutTheMessage(error)) {
            LOG.warn("Teams does not take {} of {}: {} {}", name, conversation(), error, detail);
            answer = parts.posts()
                    .once(
                            place,
                            conversation(),
                            name + ":refused",
                            Words.note("Teams does not take what should stand here (it says: " + error
                                    + "). It is kept, and can be seen on OpsConductor's own page."));
        }
        return TeamsOutcome.of(answer);
    }

    private static boolean isAboutTheMessage(String error) {
        return error.equals("MessageSizeTooBig") || error.startsWith("Bad") || error.equals("HTTP status 400");
    }
}
