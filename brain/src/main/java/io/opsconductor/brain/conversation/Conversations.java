package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of all conversations: appended in a transaction, numbered without repeats, read from any number on, and
 * waited for without asking the store. Raw output is kept in memory only, as far as it fits; everything else is stored.
 * Locks are taken in the order conversation, store writer.
 */
public final class Conversations {
    private static final int IN_MEMORY = 500;
    /** Numbers set aside at once for output, so that a restart cannot give out a number again. */
    private static final int RESERVED_AT_ONCE = 1_000;

    private static final int TITLE_LENGTH = 80;

    private final Database database;
    private final Clock clock;
    private final Listeners listeners = new Listeners();
    private final LinkedHashMap<String, LiveThread> live = new LinkedHashMap<>(64, 0.75f, true);

    public Conversations(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Runs work in one transaction and shows its events to readers once it is committed. */
    public <T> T write(String conversation, Function<ThreadWriting, T> work) {
        AtomicBoolean appended = new AtomicBoolean();
        T answer = with(
                conversation,
                thread -> thread.locked(() -> {
                    Appending appending = new Appending(conversation, thread.last(), thread.reserved());
                    T result = appending.committed(database, work);
                    thread.reserved(appending.reserved);
                    thread.publish(appending.posted, true);
                    appended.set(!appending.posted.isEmpty());
                    return result;
                }));
        if (appended.get()) {
            listeners.appended(conversation);
        }
        return answer;
    }

    /** Shows a piece of output to whoever reads now; it is not stored. */
    public void show(String conversation, ChatEvent.Progress output) {
        with(
                conversation,
                thread -> thread.locked(() -> {
                    long seq = thread.last() + 1;
                    if (seq > thread.reserved()) {
                        thread.reserved(database.transaction(tx -> reserve(tx, conversation, seq)));
                    }
                    thread.publish(List.of(StoredEvents.write(output, seq, clock.instant())), false);
                    return true;
                }));
        listeners.appended(conversation);
    }

    /**
     * Adds somebody to be told of a conversation's id after each commit that appended to it, and after output that is
     * not stored. It is called on the writer's thread, outside every lock, so it must return at once; what it throws is
     * logged and goes no further. Calls of two writers may come in either order.
     */
    public void onAppend(Consumer<String> listener) {
        listeners.add(listener);
    }

    private static long reserve(DbExecute tx, String conversation, long seq) {
        long upTo = seq + RESERVED_AT_ONCE;
        tx.dml("update conversation set reserved_seq = ? where id = ?", upTo, conversation);
        return upTo;
    }

    /** Whether anything was ever said in it. */
    public boolean exists(String conversation) {
        return isLive(conversation) || isStored(conversation);
    }

    private synchronized boolean isLive(String conversation) {
        LiveThread thread = live.get(conversation);
        return thread != null && thread.hasEvents();
    }

    private boolean isStored(String conversation) {
        return database.one("select id from conversation where id = ?", row -> Rows.text(row, "id"), conversation)
                .isPresent();
    }

    /**
     * The events after a number, in order.
     *
     * @param max at most so many; the rest follows with the next call
     */
    public List<PostedEvent> after(String conversation, long seq, int max) {
        return with(conversation, thread -> {
            LiveThread.View view = thread.view(seq);
            if (view.complete()) {
                return view.events().stream().limit(max).toList();
            }
            List<PostedEvent> stored = database.query(
                    "select seq, body from event where conversation = ? and seq > ? and seq <= ? order by seq limit "
                            + max,
                    row -> new PostedEvent(Rows.number(row, "seq"), Rows.text(row, "body")),
                    conversation,
                    seq,
                    view.last());
            long upTo = stored.size() < max ? view.last() : stored.getLast().seq();
            return Stream.concat(stored.stream(), view.output().stream().filter(event -> event.seq() <= upTo))
                    .sorted(Comparator.comparingLong(PostedEvent::seq))
                    .limit(max)
                    .toList();
        });
    }

    /**
     * As {@link #after}, read back. Output, the progress of state {@code output}, is there as far as it is in memory;
     * everything else is stored.
     */
    public List<Told> eventsAfter(String conversation, long seq, int max) {
        return after(conversation, seq, max).stream().map(StoredEvents::read).toList();
    }

    /** The result of an execution, once it is told. */
    public Optional<ChatEvent.Result> result(String conversation, String execution) {
        return database
                .query(
                        "select seq, body from event where conversation = ? and type = 'result' order by seq desc",
                        row -> new PostedEvent(Rows.number(row, "seq"), Rows.text(row, "body")),
                        conversation)
                .stream()
                .map(StoredEvents::read)
                .map(Told::event)
                .filter(ChatEvent.Result.class::isInstance)
                .map(ChatEvent.Result.class::cast)
                .filter(result -> execution.equals(result.execution()))
                .findFirst();
    }

    /**
     * What became of a plan after a number, in order: its decisions and its result.
     *
     * @param conversation in which it was asked for
     */
    public List<Told> outcomes(String conversation, String approval, long seq) {
        return database
                .query(
                        "select seq, body from event where conversation = ? and seq > ?"
                                + " and type in ('decision', 'result') order by seq",
                        row -> new PostedEvent(Rows.number(row, "seq"), Rows.text(row, "body")),
                        conversation,
                        seq)
                .stream()
                .map(StoredEvents::read)
                .filter(told -> switch (told.event()) {
                    case ChatEvent.Decision decision -> decision.approval().equals(approval);
                    case ChatEvent.Result result -> result.approval().equals(approval);
                    case ChatEvent.Message _,
                            ChatEvent.PlanCard _,
                            ChatEvent.Progress _,
                            ChatEvent.Question _,
                            ChatEvent.Failure _ -> false;
                })
                .toList();
    }

    /** The number of the last stored event; 0 when there is none. */
    public long lastStored(String conversation) {
        return database.one(
                        "select coalesce(max(seq), 0) as last from event where conversation = ?",
                        row -> Rows.number(row, "last"),
                        conversation)
                .orElse(0L);
    }

    /**
     * How far a conversation's stored events go.
     *
     * @param seq the last one's number; 0 when there is none
     */
    public record Head(String conversation, long seq) {}

    /**
     * How far every conversation goes, in the order of their ids.
     *
     * @param afterConversation only ids greater than this one; empty for the first page
     * @param max at most so many; the rest follows with the next call
     */
    public List<Head> heads(String afterConversation, int max) {
        return database.query(
                "select c.id, coalesce((select max(e.seq) from event e where e.conversation = c.id), 0) as last"
                        + " from conversation c where c.id > ? order by c.id limit " + max,
                row -> new Head(Rows.text(row, "id"), Rows.number(row, "last")),
                afterConversation);
    }

    /** Waits until there is an event after a number; false when there was none in time. */
    public boolean await(String conversation, long seq, Duration atMost) throws InterruptedException {
        LiveThread thread = open(conversation);
        try {
            return thread.awaitAfter(seq, atMost);
        } finally {
            close(thread);
        }
    }

    private <T> T with(String conversation, Function<LiveThread, T> work) {
        LiveThread thread = open(conversation);
        try {
            return work.apply(thread);
        } finally {
            close(thread);
        }
    }

    private synchronized LiveThread open(String conversation) {
        LiveThread thread = live.computeIfAbsent(conversation, id -> new LiveThread(lastSeq(id)));
        thread.users++;
        return thread;
    }

    private synchronized void close(LiveThread thread) {
        thread.users--;
        Iterator<Map.Entry<String, LiveThread>> oldest = live.entrySet().iterator();
        while (live.size() > IN_MEMORY && oldest.hasNext()) {
            if (oldest.next().getValue().users == 0) {
                oldest.remove();
            }
        }
    }

    private long lastSeq(String conversation) {
        return database.one(
                        "select coalesce(max(seq), 0) as last from (select seq from event where conversation = ?"
                                + " union all select reserved_seq from conversation where id = ?) as given",
                        row -> Rows.number(row, "last"),
                        conversation,
                        conversation)
                .orElse(0L);
    }

    private final class Appending implements ThreadWriting {
        private final String conversation;
        private final List<PostedEvent> posted = new ArrayList<>();
        private final List<Runnable> lost = new ArrayList<>();
        private long last;
        private long reserved;
        private @Nullable DbExecute tx;

        Appending(String conversation, long last, long reserved) {
            this.conversation = conversation;
            this.last = last;
            this.reserved = reserved;
        }

        <T> T committed(Database database, Function<ThreadWriting, T> work) {
            try {
                return database.transaction(transaction -> {
                    tx = transaction;
                    return work.apply(this);
                });
            } catch (RuntimeException | Error e) {
                lost.forEach(Runnable::run);
                throw e;
            }
        }

        @Override
        public void ifLost(Runnable then) {
            lost.add(then);
        }

        @Override
        public DbExecute tx() {
            if (tx == null) {
                throw new IllegalStateException("outside the transaction");
            }
            return tx;
        }

        @Override
        public void append(ChatEvent event) {
            Instant at = clock.instant();
            if (last == 0) {
                tx().dml(
                                "insert into conversation (id, title, created_at, reserved_seq) values (?, ?, ?, 0)"
                                        + " on conflict (id) do nothing",
                                conversation,
                                title(event),
                                at.toString());
            }
            PostedEvent next = StoredEvents.write(event, ++last, at);
            tx().dml(
                            "insert into event (conversation, seq, type, at, body) values (?, ?, ?, ?, ?)",
                            conversation,
                            next.seq(),
                            event.type(),
                            at.toString(),
                            next.json());
            posted.add(next);
        }

        @Override
        public void expectOutput() {
            if (reserved <= last) {
                reserved = reserve(tx(), conversation, last + 1);
            }
        }

        private static String title(ChatEvent first) {
            String text = first instanceof ChatEvent.Message message ? message.text() : "";
            String line = text.lines().findFirst().orElse("");
            return line.length() <= TITLE_LENGTH
                    ? line
                    : line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH / 2)) + "…";
        }
    }
}
