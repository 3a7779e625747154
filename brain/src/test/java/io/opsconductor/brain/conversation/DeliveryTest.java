package io.opsconductor.brain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.outputs.Level;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.brain.outputs.ReadTable;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a chat adapter that delivers conversations elsewhere builds on. */
@ParameterizedClass
@EnumSource(TestStore.class)
class DeliveryTest {
    private final TestStore store;

    DeliveryTest(TestStore store) {
        this.store = store;
    }

    private static final Instant AT = Instant.parse("2026-11-25T09:30:00.123456Z");
    private static final TargetResult RESULT = new TargetResult(
            0,
            "ping",
            "web-server-01",
            TargetStatus.UNREACHABLE,
            null,
            "out \u001b[1m",
            "",
            true,
            false,
            12,
            "no route");

    /** Each variant with everything it may have, and with nothing that it may lack. */
    private static final List<ChatEvent> EVERY_KIND = List.of(
            new ChatEvent.Message("Alice Smith", "slack:T1/U1", "ping it", "m1", List.of(), null),
            ChatEvent.Message.ours("Which one?", List.of(new Choice("the first", "1"))),
            ChatEvent.Message.naming("web:alice", "alice asked to cancel what is running."),
            new ChatEvent.PlanCard(
                    "a1",
                    "sha256:1",
                    Effect.DESTROY,
                    "Ping web-server-01",
                    "web:alice",
                    "alice",
                    List.of(new ChatEvent.CardStep(
                            "ping",
                            Effect.READ,
                            List.of("web-server-01"),
                            "ping -c 4",
                            List.of(new ChatEvent.CardCommand("web-server-01", "ping -c 4", "ops", "production")),
                            "one target at a time")),
                    new Preview.BlastRadius(1, Map.of("production", 1)),
                    new Preview.ApprovalRule(
                            Preview.ApprovalKind.SOMEONE_ELSE, 2, List.of("bob"), Map.of(), "the rule"),
                    AT,
                    List.of("approve", "deny", "withdraw"),
                    "Understood with the model m.",
                    "the whole plan within 10 min"),
            new ChatEvent.Decision("a1", "approve", "bob", "web:bob", "looks fine", "pending", 1),
            new ChatEvent.Decision("a1", "expired", null, null, null, "expired", null),
            ChatEvent.Progress.started("x1", "a1", 0, "ping", "web-server-01"),
            ChatEvent.Progress.output("x1", "a1", 0, "ping", "web-server-01", "stdout", "64 bytes\n"),
            ChatEvent.Progress.finished("x1", "a1", RESULT),
            new ChatEvent.Result("x1", "a1", "partial", "1 of 2 succeeded.", List.of(RESULT), null),
            new ChatEvent.Result(null, "a1", "denied", "bob denied it.", List.of(), "web:bob"),
            new ChatEvent.Result(
                    "x1",
                    "a1",
                    "succeeded",
                    "1 succeeded.",
                    List.of(RESULT),
                    null,
                    List.of(
                            new OutputReading(
                                    "df",
                                    "/ on web-server-01: 91% used, 4.1G free.",
                                    new ReadTable(
                                            List.of("file system", "in use"),
                                            1,
                                            List.of(
                                                    new ReadTable.Row(List.of("/", "91%"), 91, Level.BAD),
                                                    new ReadTable.Row(List.of("/a", "?"), null, Level.OK)),
                                            3)),
                            new OutputReading("uptime", "web-server-01: load 0.1.", null)),
                    List.of(new Choice("restart it", "restart nginx on web-server-01"))),
            new ChatEvent.Question("q1", "Which target?", List.of(new Choice("web-server-01", "web-server-01"))),
            new ChatEvent.Failure("no_tool", "There is none.", "Ask for help.", List.of(), "r-1"),
            ChatEvent.Failure.of("no_tool", "There is none.", ""));

    @TempDir
    Path home;

    private Database database;
    private Conversations conversations;

    @BeforeEach
    void open() {
        database = Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot");
        conversations = new Conversations(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void append(String conversation, ChatEvent... events) {
        conversations.write(conversation, thread -> {
            Arrays.stream(events).forEach(thread::append);
            return true;
        });
    }

    @Test
    void everyKindOfEventIsReadBackAsItWasWritten() {
        Set<Class<?>> kinds = new HashSet<>();
        for (ChatEvent event : EVERY_KIND) {
            kinds.add(event.getClass());
            assertThat(StoredEvents.read(StoredEvents.write(event, 7, AT))).isEqualTo(new Told(7, AT, event));
        }
        assertThat(kinds).containsExactlyInAnyOrder(ChatEvent.class.getPermittedSubclasses());
    }

    @Test
    void aResultThatAnEarlierVersionStoredHasNoReading() {
        Told told = StoredEvents.read(new PostedEvent(
                7,
                "{\"seq\":7,\"type\":\"result\",\"at\":\"" + AT + "\",\"execution\":\"x1\",\"approval\":\"a1\","
                        + "\"status\":\"succeeded\",\"summary\":\"All.\",\"step_results\":[]}"));
        assertThat(told.event()).isEqualTo(new ChatEvent.Result("x1", "a1", "succeeded", "All.", List.of(), null));
    }

    @Test
    void storedEventsAreReadBackAfterARestartAndOutputIsNotAmongThem() {
        append(
                "c1",
                EVERY_KIND.stream()
                        .filter(event -> !event.equals(EVERY_KIND.get(7)))
                        .toArray(ChatEvent[]::new));
        conversations.show("c1", (ChatEvent.Progress) EVERY_KIND.get(7));
        assertThat(conversations.eventsAfter("c1", 0, 100)).hasSize(EVERY_KIND.size());
        Conversations restarted = new Conversations(database, Clock.systemUTC());
        List<Told> told = restarted.eventsAfter("c1", 0, 100);
        assertThat(told).hasSize(EVERY_KIND.size() - 1);
        assertThat(told.getFirst().seq()).isEqualTo(1);
        assertThat(told.getLast().event()).isEqualTo(EVERY_KIND.getLast());
        assertThat(restarted.eventsAfter("c1", told.get(2).seq(), 2)).isEqualTo(told.subList(3, 5));
    }

    @Test
    void whatOlderVersionsStoredAndWhatNewerOnesStoreIsRead() {
        String older = "{\"seq\":3,\"type\":\"message\",\"at\":\"2026-11-24T09:30:00Z\",\"from\":\"alice\","
                + "\"text\":\"hello\",\"message\":\"m1\",\"choices\":[]}";
        assertThat(StoredEvents.read(new PostedEvent(3, older)).event())
                .isEqualTo(new ChatEvent.Message("alice", null, "hello", "m1", List.of(), null));
        String newer = older.replace("\"seq\":3", "\"seq\":3,\"mood\":{\"good\":true}");
        assertThat(StoredEvents.read(new PostedEvent(3, newer)).seq()).isEqualTo(3);
    }

    @Test
    void listenersHearOfWhatIsCommittedAndOfOutput() {
        List<String> heard = new CopyOnWriteArrayList<>();
        conversations.onAppend(conversation -> heard.add(conversation + " "
                + conversations.eventsAfter(conversation, 0, 100).size()));
        append("c1", ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
        conversations.show("c1", (ChatEvent.Progress) EVERY_KIND.get(7));
        append("c2", ChatEvent.Message.ours("three"));
        assertThat(heard).containsExactly("c1 2", "c1 3", "c2 1");
    }

    @Test
    void whatAppendsNothingOrIsRolledBackIsNotHeardOf() {
        List<String> heard = new CopyOnWriteArrayList<>();
        conversations.onAppend(heard::add);
        append("c1");
        assertThatThrownBy(() -> conversations.write("c1", thread -> {
                    thread.append(ChatEvent.Message.ours("never said"));
                    throw new IllegalStateException("the store is full");
                }))
                .hasMessage("the store is full");
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatFailsHarmsNeitherTheWriterNorOtherListeners() {
        List<String> heard = new CopyOnWriteArrayList<>();
        conversations.onAppend(_ -> {
            throw new IllegalStateException("broken");
        });
        conversations.onAppend(heard::add);
        append("c1", ChatEvent.Message.ours("one"));
        assertThat(heard).containsExactly("c1");
        assertThat(conversations.lastStored("c1")).isEqualTo(1);
    }

    @Test
    void howFarEachConversationGoesIsReadInPages() {
        append("c1", ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
        append("c2", ChatEvent.Message.ours("one"));
        append("c3", ChatEvent.Message.ours("one"));
        conversations.show("c3", (ChatEvent.Progress) EVERY_KIND.get(7));
        assertThat(conversations.heads("", 2))
                .containsExactly(new Conversations.Head("c1", 2), new Conversations.Head("c2", 1));
        assertThat(conversations.heads("c2", 2)).containsExactly(new Conversations.Head("c3", 1));
        assertThat(conversations.lastStored("c1")).isEqualTo(2);
        assertThat(conversations.lastStored("nothing")).isZero();
    }

    @Test
    void aMessageIsSaidByTheNameOfItsSenderAndCarriesTheIdentity() {
        Tenancy tenancy = Tenancy.single(Tenant.DEFAULT);
        ConversationTenants tenants = new ConversationTenants(database, tenancy);
        People people = new People(database, tenancy, Clock.systemUTC());
        people.learned("slack:T1/U1", "Alice Smith");
        try (JournalMirror mirror = new JournalMirror(database);
                Journal journal = Journal.open(home.resolve("journal"), "chatbot", Clock.systemUTC(), mirror);
                Inbox inbox = new Inbox(
                        database,
                        tenants,
                        conversations,
                        people,
                        new Audit(journal, tenants),
                        Tracing.off(),
                        Clock.systemUTC(),
                        message -> Reply.of(ChatEvent.Message.ours("hello")))) {
            inbox.receive("slack:Ev1", Optional.of("c1"), "slack:T1/U1", "hi");
            ChatEvent.Message said = (ChatEvent.Message)
                    conversations.eventsAfter("c1", 0, 1).getFirst().event();
            assertThat(said.from()).isEqualTo("Alice Smith");
            assertThat(said.sender()).isEqualTo("slack:T1/U1");
        }
    }
}
