package io.opsconductor.chat.teams.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Receipt;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalWork;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Seldom;
import io.opsconductor.chat.teams.call.Uploads;
import io.opsconductor.chat.teams.card.PlanCards;
import io.opsconductor.chat.teams.card.PlanPost;
import io.opsconductor.chat.teams.card.TeamsMessage;
import io.opsconductor.chat.teams.card.Words;
import io.opsconductor.chat.teams.deliver.Seen;
import io.opsconductor.chat.teams.deliver.TeamsPosts;
import io.opsconductor.chat.teams.deliver.Views;
import io.opsconductor.chat.teams.people.Admitted;
import io.opsconductor.chat.teams.people.TeamsPeople;
import io.opsconductor.chat.teams.receive.Activity;
import io.opsconductor.chat.teams.receive.Answers;
import io.opsconductor.chat.teams.receive.InvokeAnswer;
import io.opsconductor.chat.teams.receive.Questions;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.chat.teams.thread.TeamsThreads;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with each kind of activity. Everything may come twice: messages are taken once per message, acts change a plan
 * that is still as it was seen, and posts are made once.
 */
public final class TeamsHandling implements ArrivalWork, Questions {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsHandling.class);

    private final Acts acts;
    private final TeamsThreads threads;
    private final TeamsPeople people;
    private final TeamsPosts posts;
    private final Views views;
    private final Answers answers;
    private final Consumer<String> staleCards;
    private final Runnable untold;
    private final Greeting greeting;
    private final Acting acting;
    private final FormSubmissions forms;
    private final FileConsents files;
    private final Seldom seldom;

    /**
     * What Teams' side gives.
     *
     * @param staleCards brings the card of a plan up to date
     * @param untold tells what waited for a place that can be written to again
     */
    public record TeamsSide(
            TeamsThreads threads,
            TeamsPeople people,
            TeamsPosts posts,
            Views views,
            Answers answers,
            Uploads uploads,
            Consumer<String> staleCards,
            Runnable untold) {}

    public TeamsHandling(
            TeamsSide teams, Acts acts, Conversations conversations, KnowledgeSources knowledge, Clock clock) {
        this.acts = acts;
        this.threads = teams.threads();
        this.people = teams.people();
        this.posts = teams.posts();
        this.views = teams.views();
        this.answers = teams.answers();
        this.staleCards = teams.staleCards();
        this.untold = teams.untold();
        this.greeting = new Greeting(knowledge);
        this.acting = new Acting(acts, conversations, posts);
        this.forms = new FormSubmissions(acts, acting, staleCards);
        this.files = new FileConsents(acting, posts, teams.uploads());
        this.seldom = new Seldom(clock);
    }

    @Override
    public void handle(Arrival arrival) throws InterruptedException {
        Optional<Activity> read = Activity.stored(arrival.body(), arrival.team());
        if (read.isEmpty()) {
            return;
        }
        Activity activity = read.get();
        if (activity.type().equals("message") && activity.isOfProgram()) {
            LOG.info(
                    "what the program {} said in {} is passed over",
                    activity.sender(),
                    activity.place().conversation());
            return;
        }
        switch (arrival.kind()) {
            case EVENT -> event(arrival, activity);
            case ACTION -> pressed(arrival, activity);
            case SUBMISSION -> submitted(arrival, activity);
            // Teams has neither.
            case COMMAND, SHORTCUT -> {}
        }
    }

    @Override
    public Map<String, String> mistakes(Arrival submission) {
        return Map.of();
    }

    private void event(Arrival arrival, Activity activity) throws InterruptedException {
        switch (activity.type()) {
            case "message" -> said(arrival, activity);
            case "messageUpdate" -> edited(arrival, activity);
            case "messageDelete" -> deleted(arrival, activity);
            case "conversationUpdate" -> changed(arrival, activity);
            case "installationUpdate" -> installed(arrival, activity);
            default -> LOG.debug("activity {} is passed over", arrival.id());
        }
    }

    private void said(Arrival arrival, Activity activity) throws InterruptedException {
        TeamsPlace place = activity.place().threadOf(activity.id());
        boolean direct = place.kind() == TeamsPlace.Kind.PERSONAL || TeamsText.isForUs(activity);
        if (!direct && threads.of(place.conversation()).isEmpty()) {
            return;
        }
        Admitted admitted = people.admitted(activity);
        if (!(admitted instanceof Admitted.Welcome welcome)) {
            if (direct) {
                unwelcome(arrival, place, activity, admitted);
            }
            return;
        }
        String text = TeamsText.plain(activity);
        String event = platformEvent(place, activity.id());
        if (!direct) {
            acts.inbox().overhear(event, place.conversation(), welcome.identity(), text);
            return;
        }
        threads.open(place);
        boolean file = text.isEmpty() && hasFile(activity);
        if (file) {
            tell(arrival, place, "I read what you write, not files. Write what should be done, or \"help\".");
            return;
        }
        // A bare mention is somebody who does not know what to say.
        String request = text.isEmpty() ? "help" : text;
        switch (acts.inbox().receiveInTurn(event, place.conversation(), welcome.identity(), request)) {
            case Receipt.Stored _ -> {}
            case Receipt.Refused(Refusal refusal) -> tell(arrival, place, Words.refusal(refusal));
        }
    }

    private static boolean hasFile(Activity activity) {
        for (JsonNode attachment : activity.body().path("attachments")) {
            if (!Activity.text(attachment, "contentType").equals("text/html")) {
                return true;
            }
        }
        return false;
    }

    /** Whoever pressed deliberately is told each time; whoever only wrote, once an hour in a place. */
    private void unwelcome(Arrival arrival, TeamsPlace place, Activity activity, Admitted admitted)
            throws InterruptedException {
        String why = why(admitted);
        LOG.info("{} in {} may not talk to us: {}", activity.sender(), place.conversation(), why);
        if (admitted instanceof Admitted.NotNow
                || seldom.mayBeSaid(place.tenant() + " " + place.outer() + " " + activity.sender())) {
            tell(arrival, place, why);
        }
    }

    private static String why(Admitted admitted) {
        return switch (admitted) {
            case Admitted.Welcome _ -> "";
            case Admitted.Refused(String why) -> why;
            case Admitted.NotNow(String why) -> why;
        };
    }

    /** A request that is edited afterwards is not taken again, and the writer is told so once. */
    private void edited(Arrival arrival, Activity activity) throws InterruptedException {
        if (!Activity.text(activity.body().path("channelData"), "eventType").equals("editMessage")) {
            // What was deleted and is back is what it was.
            return;
        }
        TeamsPlace place = activity.place().threadOf(activity.id());
        String event = platformEvent(place, activity.id());
        if (acts.inbox().took(event) && seldom.mayBeSaid(event)) {
            tell(
                    arrival,
                    place,
                    "I took your message as you first wrote it; the edited one is not taken. To ask for something else,"
                            + " write a new message. A plan that waits can be edited or withdrawn on its card.");
        }
    }

    /** Deleting a request undoes nothing, and the writer is told so once. */
    private void deleted(Arrival arrival, Activity activity) throws InterruptedException {
        TeamsPlace place = activity.place().threadOf(activity.id());
        String event = platformEvent(place, activity.id());
        if (acts.inbox().took(event) && seldom.mayBeSaid("deleted " + event)) {
            tell(
                    arrival,
                    place,
                    "I took your message before you deleted it. A plan that waits can be withdrawn on its card; what"
                            + " runs can be cancelled there.");
        }
    }

    private void changed(Arrival arrival, Activity activity) throws InterruptedException {
        TeamsPlace place = activity.place();
        JsonNode data = activity.body().path("channelData");
        switch (Activity.text(data, "eventType")) {
            // Its id stays, and nobody is shown its name.
            case "channelRenamed" -> {}
            case "channelDeleted" -> threads.removed(place.tenant(), channel(place, data));
            case "channelRestored" -> restored(place.tenant(), channel(place, data));
            default -> {
                if (names(activity, "membersAdded")) {
                    welcomed(arrival, activity);
                }
                if (names(activity, "membersRemoved")) {
                    gone(place);
                }
            }
        }
    }

    private void restored(String tenant, String outer) {
        threads.restored(tenant, outer);
        untold.run();
    }

    private static String channel(TeamsPlace place, JsonNode data) {
        String id = Activity.text(data.path("channel"), "id");
        return id.isEmpty() ? place.outer() : id;
    }

    /** Whether we are among those who came or went. */
    private static boolean names(Activity activity, String field) {
        for (JsonNode member : activity.body().path(field)) {
            if (!activity.bot().isEmpty() && Activity.text(member, "id").equals(activity.bot())) {
                return true;
            }
        }
        return false;
    }

    private void installed(Arrival arrival, Activity activity) throws InterruptedException {
        String action = Activity.text(activity.body(), "action");
        if (action.startsWith("remove")) {
            gone(activity.place());
        } else if (action.startsWith("add")) {
            welcomed(arrival, activity);
        }
    }

    private void welcomed(Arrival arrival, Activity activity) throws InterruptedException {
        TeamsPlace place = activity.place();
        restored(place.tenant(), place.outer());
        if (place.kind() == TeamsPlace.Kind.PERSONAL) {
            threads.open(place);
            if (!activity.sender().isEmpty() && !activity.sender().equals(activity.bot())) {
                // From now on that person can be told what waits.
                people.admitted(activity);
            }
        }
        // Teams tells of one coming in two activities, and again after an update: one hello a place.
        Answer<String> hello = posts.once(place, "hello-" + place.conversation(), "hello", greeting.of(place));
        if (!(hello instanceof Answer.Ok<String>)) {
            LOG.warn("no hello in {} ({}): {}", place.conversation(), arrival.id(), hello);
        }
    }

    private void gone(TeamsPlace place) {
        LOG.info("Teams: the app was removed from {}", place.conversation());
        threads.removed(place.tenant(), place.outer());
    }

    private void pressed(Arrival arrival, Activity activity) throws InterruptedException {
        Optional<Act> act = Press.act(activity);
        boolean waits = activity.type().equals("invoke");
        Admitted admitted = people.admitted(activity);
        if (!(admitted instanceof Admitted.Welcome welcome)) {
            answered(arrival, activity, waits, why(admitted));
            return;
        }
        Press press = press(arrival.id(), activity, welcome.identity());
        if (act.isEmpty()) {
            LOG.warn("{} pressed a button of ours that cannot be read", welcome.identity());
            answered(
                    arrival,
                    activity,
                    waits,
                    "I do not know this button any more, so nothing was done. Ask again in" + " words.");
            return;
        }
        Done done = acting.perform(press, act.get());
        switch (done) {
            case Done.Card(String approval) -> {
                if (waits) {
                    // Where nobody waits any more, the card that changes for everybody shows it.
                    answers.give(arrival.id(), card(press, approval));
                }
            }
            case Done.Shown(String words) -> {
                if (waits) {
                    answers.give(arrival.id(), InvokeAnswer.message(words));
                }
            }
            case Done.Changed(String words, String approval) -> {
                if (!waits || !answers.give(arrival.id(), changed(press, words, approval))) {
                    tell(arrival, activity.place(), Words.changed(words, approval));
                }
            }
            case Done.Refused(String words, String stale) -> {
                answered(arrival, activity, waits, words);
                if (!stale.isEmpty()) {
                    staleCards.accept(stale);
                }
            }
        }
    }

    private static Press press(String arrival, Activity activity, String identity) {
        JsonNode value = activity.body().path("value");
        JsonNode executed = value.path("action").path("data");
        JsonNode sent = executed.isMissingNode() ? value.path("data") : executed;
        return new Press(arrival, activity.place(), identity, sent.isMissingNode() ? value : sent);
    }

    private void answered(Arrival arrival, Activity activity, boolean waits, String words) throws InterruptedException {
        if (!waits || !answers.give(arrival.id(), InvokeAnswer.message(words))) {
            tell(arrival, activity.place(), to(activity, words));
        }
    }

    /** Words for one of several who read them. */
    private static String to(Activity activity, String words) {
        return activity.place().kind() == TeamsPlace.Kind.PERSONAL
                        || activity.senderName().isBlank()
                ? words
                : activity.senderName() + ": " + words;
    }

    private InvokeAnswer card(Press press, String approval) {
        return views.of(press.place(), approval, press.identity())
                .map(PlanPost::card)
                .map(TeamsMessage::card)
                .map(InvokeAnswer::card)
                .orElseGet(() -> InvokeAnswer.message(Acting.NOT_HERE));
    }

    /** The card as it was, with a word above it and the button that brings a fresh one. */
    private InvokeAnswer changed(Press press, String words, String approval) {
        return views.of(press.place(), approval, press.identity())
                .map(PlanPost::card)
                .map(card -> InvokeAnswer.card(PlanCards.changed(card, words, approval)))
                .orElseGet(() -> InvokeAnswer.message(words));
    }

    private void submitted(Arrival arrival, Activity activity) throws InterruptedException {
        Admitted admitted = people.admitted(activity);
        if (activity.name().startsWith("fileConsent/")) {
            // Teams waits for no words here, and an upload may take longer than it waits.
            answers.give(arrival.id(), InvokeAnswer.formDone());
            if (admitted instanceof Admitted.Welcome welcome) {
                files.answered(press(arrival.id(), activity, welcome.identity()), activity);
            }
            return;
        }
        InvokeAnswer answer = admitted instanceof Admitted.Welcome welcome
                ? forms.submitted(press(arrival.id(), activity, welcome.identity()), activity)
                : InvokeAnswer.formWords(why(admitted));
        if (!answers.give(arrival.id(), answer)) {
            Optional<String> words = answer.withoutForm();
            if (words.isPresent()) {
                tell(arrival, activity.place(), to(activity, words.get()));
            }
        }
    }

    @Override
    public InvokeAnswer refresh(Activity activity) throws InterruptedException {
        JsonNode action = activity.body().path("value").path("action");
        String approval = Activity.text(action.path("data"), "approval");
        if (!Activity.text(action, "verb").equals(PlanCards.REFRESH) || approval.isEmpty()) {
            return InvokeAnswer.error(400, "BadRequest", "There is no such card here.");
        }
        return people.admitted(activity) instanceof Admitted.Welcome welcome
                ? card(press("", activity, welcome.identity()), approval)
                : InvokeAnswer.error(403, "Forbidden", "This card has no view of your own for you.");
    }

    @Override
    public InvokeAnswer form(Activity activity) throws InterruptedException {
        Admitted admitted = people.admitted(activity);
        return admitted instanceof Admitted.Welcome welcome
                ? forms.open(press("", activity, welcome.identity()), Press.act(activity))
                : InvokeAnswer.formWords(why(admitted));
    }

    @Override
    public InvokeAnswer again(Activity activity) throws InterruptedException {
        return activity.name().startsWith("task/") || activity.name().startsWith("fileConsent/")
                ? InvokeAnswer.formDone()
                : InvokeAnswer.message("That was pressed before; what came of it is shown here.");
    }

    private void tell(Arrival arrival, TeamsPlace place, String words) throws InterruptedException {
        tell(arrival, place, Words.note(words));
    }

    private void tell(Arrival arrival, TeamsPlace place, TeamsMessage message) throws InterruptedException {
        Answer<String> answer = posts.once(place, arrival.id(), "words", message);
        if (!(answer instanceof Answer.Ok<String>)) {
            LOG.warn("an answer did not get through to {}: {}", place.conversation(), answer);
        }
    }

    /** One message, however many activities tell of it. */
    private static String platformEvent(TeamsPlace place, String message) {
        return Seen.TYPED + place.conversation() + ":" + message;
    }
}
