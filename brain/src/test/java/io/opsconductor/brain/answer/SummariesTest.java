package io.opsconductor.brain.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A summary comes once after its result, whatever is stopped in between. */
@ParameterizedClass
@EnumSource(TestStore.class)
class SummariesTest {
    private final TestStore store;

    SummariesTest(TestStore store) {
        this.store = store;
    }

    private static final ChatEvent.Result RESULT = new ChatEvent.Result(
            "e1",
            "a1",
            "succeeded",
            "It ran.",
            List.of(new TargetResult(
                    0, "uptime_load", "web-01", TargetStatus.SUCCEEDED, 0, "up 3 days", "", false, false, 5, "")),
            null);

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

    private Summaries with(Summariser summariser) {
        return with(summariser, Clock.systemUTC());
    }

    private Summaries with(Summariser summariser, Clock clock) {
        return new Summaries(summariser, conversations, new SummariesDue(database, conversations), clock);
    }

    /** As routing does it. */
    private void tell(Summaries summaries) {
        conversations.write("c1", thread -> {
            thread.append(RESULT);
            summaries.telling(thread, "c1", RESULT);
            return thread;
        });
        summaries.told("c1", RESULT);
    }

    private List<String> messages() {
        return conversations.eventsAfter("c1", 0, 100).stream()
                .map(told -> told.event())
                .filter(ChatEvent.Message.class::isInstance)
                .map(event -> ((ChatEvent.Message) event).text())
                .toList();
    }

    private void awaitEvents(int count) throws InterruptedException {
        long last = 0;
        while (conversations.eventsAfter("c1", 0, 100).size() < count) {
            assertThat(conversations.await("c1", last, Duration.ofSeconds(10)))
                    .as("event " + count)
                    .isTrue();
            last = conversations.lastStored("c1");
        }
    }

    @Test
    void aSummaryIsToldOnce() throws InterruptedException {
        try (Summaries summaries = with(results -> Optional.of("All is well."))) {
            tell(summaries);
            awaitEvents(2);
            assertThat(messages()).containsExactly("All is well.");
        }
        AtomicInteger asked = new AtomicInteger();
        try (Summaries next = with(results -> Optional.of("Again, number " + asked.incrementAndGet()))) {
            next.resume();
        }
        assertThat(asked).hasValue(0);
        assertThat(messages()).containsExactly("All is well.");
    }

    @Test
    void oneThatAStopInterruptsIsMadeAfterTheNextStart() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Summaries stopped = with(results -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended.countDown();
            return Optional.empty();
        });
        tell(stopped);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        stopped.close();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(messages()).isEmpty();
        try (Summaries next =
                with(results -> Optional.of("Summed up: " + results.getFirst().stdout()))) {
            next.resume();
            awaitEvents(2);
        }
        assertThat(messages()).containsExactly("Summed up: up 3 days");
    }

    @Test
    void oneThatIsDueForLongerThanADayIsNotMadeUpFor() {
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofHours(-25));
        Summaries killed = with(results -> Optional.empty(), yesterday);
        conversations.write("c1", thread -> {
            thread.append(RESULT);
            killed.telling(thread, "c1", RESULT);
            return thread;
        });
        AtomicInteger asked = new AtomicInteger();
        try (Summaries next = with(results -> Optional.of("Late, number " + asked.incrementAndGet()))) {
            next.resume();
        }
        assertThat(asked).hasValue(0);
        assertThat(new SummariesDue(database, conversations).since(Instant.EPOCH))
                .isEmpty();
    }
}
