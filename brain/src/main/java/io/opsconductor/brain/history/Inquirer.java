package io.opsconductor.brain.history;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.approval.Review;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.intent.HistoryQuestion;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Period;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Tenant;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers what is asked about tools, targets and what was done, for whoever asks. Nothing it does can run anything. */
public final class Inquirer {
    private static final int A_PAGE = 10;
    /** What a question without a time looks back. */
    private static final Duration USUALLY = Duration.ofDays(7);

    private final RunnerClient runner;
    private final Review review;
    private final Indexes indexes;
    private final History history;
    private final Listings listings;
    private final CatalogueWords catalogue;
    private final People people;
    private final Tenancy tenancy;
    private final ZoneId zone;

    /**
     * For one installation.
     *
     * @param zone in which days begin and times are told
     */
    public Inquirer(
            RunnerClient runner,
            Review review,
            Indexes indexes,
            Database database,
            People people,
            Tenancy tenancy,
            ZoneId zone) {
        this.runner = runner;
        this.review = review;
        this.indexes = indexes;
        this.history = new History(database, people);
        this.listings = new Listings(database);
        this.catalogue = new CatalogueWords(indexes.language());
        this.people = people;
        this.tenancy = tenancy;
        this.zone = zone;
    }

    /** Whether "more" would tell this person more. */
    public boolean hasMore(String conversation, String sender) {
        return listings.of(conversation, sender).isPresent();
    }

    /** The answer for whoever wrote the message. */
    public Reply answer(ChatMessage message, Intent.Inquiry inquiry, Knowledge knowledge) {
        Speech speech = indexes.language().in(inquiry.language());
        return switch (inquiry) {
            case Intent.AskTargets asked -> say(catalogue.targets(knowledge.targets(), asked, speech));
            case Intent.AskTarget asked ->
                say(catalogue.target(knowledge, asked.name(), sight(message.sender()), speech));
            case Intent.AskUsableTools asked ->
                say(catalogue.usable(knowledge, asked, sight(message.sender()), speech));
            case Intent.AskWhichTool asked -> say(catalogue.which(knowledge, asked, speech));
            case Intent.AskHistory asked -> {
                Period period = asked.when()
                        .map(when -> when.in(zone, message.at()))
                        .orElseGet(() -> Period.before(message.at(), USUALLY));
                yield list(message, knowledge, new Listing(asked.question(), period, 0), speech);
            }
            case Intent.ShowPlan(String approval, String _) ->
                review.show(message, approval, sight(message.sender()).person(), speech);
            case Intent.AskMore _ ->
                listings.of(message.conversation(), message.sender())
                        .map(listing -> list(message, knowledge, listing, speech))
                        .orElseGet(() -> say(speech.say("history-no-more")));
        };
    }

    private static Reply say(String text) {
        return Reply.of(ChatEvent.Message.ours(text));
    }

    private Reply list(ChatMessage message, Knowledge knowledge, Listing listing, Speech speech) {
        HistoryQuestion question = listing.question();
        Sight sight = sight(message.sender());
        Optional<Tenant> tenant = tenancy.of(message.sender());
        if (tenant.isEmpty()) {
            return say(Tenancy.nobodys(message.sender()).message());
        }
        History.Found found = history.find(
                tenant.get(),
                question,
                listing.period(),
                message.conversation(),
                sight,
                indexes.of(knowledge).targets(),
                listing.told(),
                A_PAGE);
        String text =
                new HistoryWords(speech, people, zone).of(question, listing.period(), found, listing.told() > 0, sight);
        Optional<Listing> next = found.left() > 0
                ? Optional.of(new Listing(
                        question,
                        listing.period(),
                        listing.told() + found.entries().size()))
                : Optional.empty();
        List<Choice> choices = new ArrayList<>();
        if (question.about() == HistoryQuestion.About.WAITING) {
            choices.addAll(review.decidable(message.sender(), sight.person(), speech));
        }
        next.ifPresent(_ -> choices.add(new Choice(speech.say("more-label"), speech.say("more-word"))));
        return thread -> {
            next.ifPresentOrElse(
                    more -> listings.keep(thread.tx(), message.conversation(), message.sender(), more),
                    () -> listings.drop(thread.tx(), message.conversation(), message.sender()));
            thread.append(ChatEvent.Message.ours(text, choices));
        };
    }

    private Sight sight(String sender) {
        Optional<Tenant> tenant = tenancy.of(sender);
        if (tenant.isEmpty()) {
            return Sight.own(sender);
        }
        return switch (runner.rights(new Rights.Request(tenant.get().name(), sender))) {
            case RunnerAnswer.Ok<Rights.Answer>(Rights.Answer rights) -> new Sight(sender, rights);
            case RunnerAnswer.Refused<Rights.Answer> _ -> Sight.own(sender);
            case RunnerAnswer.Unreachable<Rights.Answer> _ -> Sight.own(sender);
        };
    }
}
