package io.opsconductor.brain.conversation;

import io.opsconductor.brain.Ids;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.kit.work.Lanes;
import io.opsconductor.plan.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from chat adapters: stores each once, acknowledges, and then has it answered. Messages of one
 * conversation are answered in order, those of different conversations side by side. What a crash left unanswered is
 * answered after the restart; what could not be stored is tried again, later and later, until it can be.
 */
public final class Inbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int ATTEMPTS = 3;
    /** Understanding and planning compute, and each asks the runner once. */
    private static final int AT_ONCE = 4;

    private static final int MAX_WAITING = 2_000;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    /** A message that has no answer makes room for others, for twice as long each time: 32 s at most. */
    private static final int MOST_DOUBLINGS = 5;

    private final ConversationTenants tenants;
    private final Conversations conversations;
    private final Messages messages;
    private final People people;
    private final Audit audit;
    private final Tracing tracing;
    private final Clock clock;
    private final Function<ChatMessage, Reply> answering;
    private final Lanes<Turn> lanes;
    private final AtomicInteger pausing = new AtomicInteger();
    private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();

    /** @param before how many times its turn came in vain */
    private record Turn(ChatMessage message, int before) {}

    /**
     * An inbox that works nothing off before {@link #resume()}.
     *
     * @param answering works out the reply to a message; it may be asked twice for the same one, after a crash
     */
    public Inbox(
            Database database,
            ConversationTenants tenants,
            Conversations conversations,
            People people,
            Audit audit,
            Tracing tracing,
            Clock clock,
            Function<ChatMessage, Reply> answering) {
        this.tenants = tenants;
        this.conversations = conversations;
        this.messages = new Messages(database);
        this.people = people;
        this.audit = audit;
        this.tracing = tracing;
        this.clock = clock;
        this.answering = answering;
        this.lanes = new Lanes<>(AT_ONCE, MAX_WAITING, this::handle);
    }

    /** Takes up the messages that the last process stored and did not answer. */
    public void resume() {
        List<ChatMessage> left = messages.unhandled();
        if (!left.isEmpty()) {
            LOG.info("{} messages were not answered before the last stop and are answered now", left.size());
        }
        left.forEach(message -> lanes.add(message.conversation(), new Turn(message, 0)));
    }

    /**
     * Stores a message, or refuses it while too many wait. It does not wait for the answer.
     *
     * @param platformEvent the platform's id of this delivery, the same for every repetition of it
     * @param conversation the thread; empty begins one
     * @param sender platform-qualified identity
     */
    public Receipt receive(String platformEvent, Optional<String> conversation, String sender, String rawText) {
        return lanes.isFull() ? tooBusy() : take(platformEvent, conversation, sender, rawText, Addressing.DIRECT);
    }

    /**
     * Stores a message that its adapter holds and has acknowledged, as {@link #receive} does, but waits while too many
     * wait instead of refusing it.
     */
    public Receipt receiveInTurn(String platformEvent, String conversation, String sender, String rawText)
            throws InterruptedException {
        lanes.awaitRoom();
        return take(platformEvent, Optional.of(conversation), sender, rawText, Addressing.DIRECT);
    }

    /**
     * Stores what was said in a thread where we take part, and not to us. It becomes part of the conversation, and is
     * answered, only when it turns out to be for us. It waits while too many wait.
     *
     * @param conversation the thread
     * @param sender platform-qualified identity
     */
    public Receipt overhear(String platformEvent, String conversation, String sender, String rawText)
            throws InterruptedException {
        lanes.awaitRoom();
        return take(platformEvent, Optional.of(conversation), sender, rawText, Addressing.OVERHEARD);
    }

    /** Why a text would not be taken; empty when it would. */
    public Optional<Refusal> problem(String rawText) {
        return MessageText.problem(MessageText.normalized(rawText));
    }

    /** Whether a message with this platform event is stored. */
    public boolean took(String platformEvent) {
        return messages.ofPlatformEvent(platformEvent).isPresent();
    }

    private Receipt take(
            String platformEvent, Optional<String> conversation, String sender, String rawText, Addressing addressing) {
        String text = MessageText.normalized(rawText);
        Optional<Refusal> problem = MessageText.problem(text);
        if (problem.isPresent()) {
            return new Receipt.Refused(problem.get());
        }
        Optional<Tenant> tenant = tenants.tenancy().of(sender);
        if (tenant.isEmpty()) {
            return new Receipt.Refused(Tenancy.nobodys(sender));
        }
        if (conversation
                .flatMap(tenants::of)
                .filter(whose -> !whose.equals(tenant.get()))
                .isPresent()) {
            return new Receipt.Refused(unknown(conversation.get()));
        }
        Optional<ChatMessage> before = messages.ofPlatformEvent(platformEvent);
        if (before.isPresent()) {
            return new Receipt.Stored(before.get().conversation(), before.get().id());
        }
        ChatMessage message = new ChatMessage(
                Ids.message(), conversation.orElseGet(Ids::conversation), sender, text, clock.instant(), addressing);
        try {
            audit.messageReceived(message);
        } catch (JournalUnavailableException e) {
            LOG.error("a message was not taken, because it could not be recorded", e);
            return new Receipt.Refused(Audit.unavailable("the message was not taken"));
        }
        boolean stored = conversations.write(message.conversation(), thread -> {
            if (!messages.store(thread.tx(), platformEvent, message)) {
                return false;
            }
            tenants.begin(thread.tx(), message.conversation(), tenant.get());
            if (!message.isOverheard()) {
                thread.append(said(message));
            }
            return true;
        });
        if (!stored) {
            ChatMessage first = messages.ofPlatformEvent(platformEvent).orElse(message);
            return new Receipt.Stored(first.conversation(), first.id());
        }
        lanes.add(message.conversation(), new Turn(message, 0));
        return new Receipt.Stored(message.conversation(), message.id());
    }

    /** How many messages wait to be answered or are being answered. */
    public int waiting() {
        return lanes.size() + pausing.get();
    }

    private ChatEvent said(ChatMessage message) {
        return new ChatEvent.Message(
                people.name(message.sender()), message.sender(), message.text(), message.id(), List.of(), null);
    }

    /** The refusal for a conversation that there is not, or that is another tenant's. */
    public static Refusal unknown(String conversation) {
        return Refusal.of(
                404, "unknown_conversation", "there is no conversation " + conversation, "post a message to begin one");
    }

    private static Receipt tooBusy() {
        return new Receipt.Refused(
                Refusal.of(503, "too_busy", "too many messages wait to be answered", "try again in a few seconds"));
    }

    private void handle(Turn turn) throws InterruptedException {
        ChatMessage message = turn.message();
        try (LogContext _ = LogContext.of(message.conversation(), "");
                Span span = begun(message)) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                if (answered(message, span)) {
                    return;
                }
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        }
        Duration pause = BETWEEN_ATTEMPTS.multipliedBy(1L << Math.min(turn.before(), MOST_DOUBLINGS));
        LOG.warn("message {} has no answer yet; it is tried again in {} s", message.id(), pause.toSeconds());
        pausing.incrementAndGet();
        var _ = later.submit(() -> {
            Thread.sleep(pause);
            pausing.decrementAndGet();
            lanes.add(message.conversation(), new Turn(message, turn.before() + 1));
            return message;
        });
    }

    /** What people say to one another is in no trace, before it is known to be for us. */
    private Span begun(ChatMessage message) {
        if (message.isOverheard()) {
            return Span.NONE;
        }
        Span span = tracing.root("message", message.id(), message.at())
                .with("opsconductor.message", message.id())
                .with("opsconductor.conversation", message.conversation());
        // From its arrival until its turn came.
        tracing.within("receive", message.at()).close();
        return span;
    }

    /** Whether nothing more is to be done about it here; false when nothing about it could be stored. */
    private boolean answered(ChatMessage message, Span span) {
        try {
            Reply reply = answering.apply(message);
            // What was worked out while being stopped may say no more than that: it is worked out again after the
            // start.
            if (!isStopping(message)) {
                Instant replying = clock.instant();
                record(message, reply);
                tracing.within("reply", replying).close();
                span.outcome("answered", true);
                LOG.info("message {} is answered", message.id());
            }
            return true;
        } catch (RuntimeException e) {
            if (isStopping(message)) {
                return true;
            }
            String reference = Edge.reference();
            LOG.error("message {} could not be answered, reference {}", message.id(), reference, e);
            span.outcome("internal_error", false);
            return message.isOverheard() ? unheard(message) : sorry(message, reference);
        }
    }

    private static boolean isStopping(ChatMessage message) {
        boolean stopping = Thread.currentThread().isInterrupted();
        if (stopping) {
            LOG.info("stopped while answering message {}; it is answered after the restart", message.id());
        }
        return stopping;
    }

    /** Whether it was for us cannot be told, and most of what is overheard is not. */
    private boolean unheard(ChatMessage message) {
        try {
            record(message, Reply.none());
            return true;
        } catch (RuntimeException e) {
            LOG.error("message {} stays unhandled until the store works again", message.id(), e);
            return false;
        }
    }

    private boolean sorry(ChatMessage message, String reference) {
        try {
            record(
                    message,
                    Reply.of(new ChatEvent.Failure(
                            "internal_error",
                            "Something went wrong here while working on \"" + shortened(message.text())
                                    + "\". Nothing was run.",
                            "Try again; if it stays, give the reference to whoever runs OpsConductor.",
                            List.of(),
                            reference)));
            return true;
        } catch (RuntimeException e) {
            LOG.error("message {} stays unanswered until the store works again", message.id(), e);
            return false;
        }
    }

    private void record(ChatMessage message, Reply reply) {
        boolean recorded = conversations.write(message.conversation(), thread -> {
            if (!messages.markHandled(thread.tx(), message)) {
                return false;
            }
            if (message.isOverheard() && reply.isForUs()) {
                thread.append(said(message));
            }
            reply.record(thread);
            return true;
        });
        if (recorded) {
            reply.committed();
        }
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.codePointCount(0, line.length()) <= 60
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 60)) + "…";
    }

    @Override
    public void close() {
        later.shutdownNow();
        lanes.close();
    }
}
