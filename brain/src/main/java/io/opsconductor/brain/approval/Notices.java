package io.opsconductor.brain.approval;

import io.opsconductor.brain.approval.NoticeStore.Due;
import io.opsconductor.brain.approval.NoticeStore.Kind;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what waits for them: each who may approve, once, where their platform reaches them and the card itself does not
 * call them; and once more, with the conversation, before the plan expires. Whom to tell is stored when a request is first seen,
 * and that somebody was told with what they were told, so that a restart tells nobody twice and leaves nobody out. After a
 * decision nobody is told any more.
 */
public final class Notices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    /** So many are told by themselves at most; the card names all of them. */
    static final int MOST_PEOPLE = 10;

    private static final int AT_ONCE = 50;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private final Database database;
    private final NoticeStore notices;
    private final ApprovalStore store;
    private final CardPlaces places;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private final ConversationTenants tenants;
    private final Duration reminder;
    private final Clock clock;
    private final List<Reach> reaches = new CopyOnWriteArrayList<>();
    private final Semaphore woken = new Semaphore(0);
    private final Thread telling = Thread.ofVirtual().name("notices").unstarted(this::telling);

    /**
     * Of the requests of one store. It tells nobody before {@link #start()}.
     *
     * @param reminder how long before the end of a request; zero for no reminders
     */
    public Notices(
            Database database,
            CardPlaces places,
            Conversations conversations,
            ThreadLanguage languages,
            ConversationTenants tenants,
            Duration reminder,
            Clock clock) {
        this.database = database;
        this.notices = new NoticeStore(database);
        this.store = new ApprovalStore(database);
        this.places = places;
        this.conversations = conversations;
        this.languages = languages;
        this.tenants = tenants;
        this.reminder = reminder;
        this.clock = clock;
    }

    /** Adds a platform; to be done before the start. */
    public void reach(Reach reach) {
        reaches.add(reach);
    }

    /** Begins with what the last process left untold. */
    public void start() {
        conversations.onAppend(_ -> woken.release());
        telling.start();
    }

    private void telling() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    look();
                    sleep();
                } catch (RuntimeException e) {
                    if (!Thread.currentThread().isInterrupted()) {
                        LOG.warn("who is to be told of what waits could not be looked at; it is tried again", e);
                        Thread.sleep(FIRST_RETRY);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleep() throws InterruptedException {
        Instant now = clock.instant();
        Duration left = notices.next()
                .map(next -> Duration.between(now, next))
                .filter(until -> until.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
        if (woken.tryAcquire(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)) {
            // Output comes in many pieces, and none of them is about what waits.
            Thread.sleep(PAUSE);
            woken.drainPermits();
        }
    }

    /** One look: who is to be told is entered, and who is due is told. */
    void look() throws InterruptedException {
        notices.unseen().forEach(id -> store.ofAnyTenant(id).ifPresent(stored -> enter(stored.request())));
        for (Due notice : notices.due(clock.instant(), AT_ONCE)) {
            tell(notice);
        }
    }

    private void enter(ApprovalRequest request) {
        Preview preview = request.preview();
        List<String> people = preview.approval().approvers().stream()
                .filter(name -> !name.equals(preview.requesterName()))
                .filter(name -> preview.approval().identities().containsKey(name))
                .limit(MOST_PEOPLE)
                .toList();
        Instant remind = preview.expiresAt().minus(reminder);
        boolean reminds = !reminder.isZero() && remind.isAfter(request.createdAt());
        database.transaction(tx -> {
            for (String person : people) {
                notices.enter(tx, request.id(), person, Kind.REQUEST, request.createdAt());
                if (reminds) {
                    notices.enter(tx, request.id(), person, Kind.REMINDER, remind);
                }
            }
            // There is always one for the conversation, so that the request counts as seen.
            notices.enter(tx, request.id(), "", Kind.REMINDER, reminds ? remind : preview.expiresAt());
            return request;
        });
    }

    private void tell(Due notice) throws InterruptedException {
        StoredApproval stored = store.ofAnyTenant(notice.approval()).orElseThrow();
        ApprovalRequest request = stored.request();
        boolean open = stored.state() == ApprovalState.PENDING
                && clock.instant().isBefore(request.preview().expiresAt())
                && (notice.person().isEmpty() || !stored.people().contains(notice.person()));
        if (!open) {
            database.transaction(tx -> notices.settle(tx, notice, false));
        } else if (notice.person().isEmpty()) {
            remindConversation(notice, stored);
        } else {
            tellPerson(notice, request);
        }
    }

    private void remindConversation(Due notice, StoredApproval stored) {
        ApprovalRequest request = stored.request();
        Speech speech = languages.speech(request.conversation());
        List<String> people = request.preview().approval().approvers().stream()
                .filter(name -> !stored.people().contains(name))
                .toList();
        int missing = request.preview().approval().approvals() - stored.people().size();
        String who = speech.say(
                missing > 1 ? "reminder-more" : "reminder-one",
                "count",
                Integer.toString(missing),
                "people",
                String.join(", ", people));
        String text = speech.say("reminder", "summary", request.summary(), "left", left(request), "who", who);
        conversations.write(request.conversation(), thread -> {
            if (store.isPending(thread.tx(), request.id()) && notices.settle(thread.tx(), notice, true)) {
                thread.append(ChatEvent.Message.ours(text));
            }
            return request;
        });
    }

    private void tellPerson(Due notice, ApprovalRequest request) throws InterruptedException {
        List<String> identities =
                request.preview().approval().identities().getOrDefault(notice.person(), List.of()).stream()
                        .filter(identity -> tenants.tenancy().areTogether(identity, request.requester()))
                        .toList();
        if (notice.kind() == Kind.REQUEST && isCalled(request, identities)) {
            database.transaction(tx -> notices.settle(tx, notice, true));
            return;
        }
        boolean reachable = false;
        for (String identity : identities) {
            for (Reach reach : reaches) {
                if (reach.knows(identity)) {
                    reachable = true;
                    Optional<String> talk = reach.directTalk(identity);
                    if (talk.isPresent()) {
                        told(notice, request, talk.get());
                        return;
                    }
                }
            }
        }
        if (reachable) {
            Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(notice.tries(), 10));
            notices.later(notice, clock.instant().plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY));
        } else {
            database.transaction(tx -> notices.settle(tx, notice, false));
        }
    }

    private boolean isCalled(ApprovalRequest request, List<String> identities) {
        return identities.stream()
                .anyMatch(identity ->
                        reaches.stream().anyMatch(reach -> reach.calls(request.conversation(), request, identity)));
    }

    private void told(Due notice, ApprovalRequest request, String conversation) {
        Speech speech = languages.speech(conversation);
        conversations.write(conversation, thread -> {
            if (store.isPending(thread.tx(), request.id()) && notices.settle(thread.tx(), notice, true)) {
                if (notice.kind() == Kind.REMINDER) {
                    thread.append(ChatEvent.Message.ours(
                            speech.say("reminder-person", "summary", request.summary(), "left", left(request))));
                }
                // It may be the first thing ever said there.
                tenants.begin(thread.tx(), conversation, new Tenant(request.tenant()));
                places.show(thread, request, conversation);
            }
            return request;
        });
        places.shown(request);
    }

    /** Whole minutes, and at least one. */
    private String left(ApprovalRequest request) {
        long minutes = Math.max(
                1,
                Duration.between(clock.instant(), request.preview().expiresAt())
                        .plusSeconds(30)
                        .toMinutes());
        return minutes + " min";
    }

    @Override
    public void close() {
        CardPlaces.ended(telling);
    }
}
