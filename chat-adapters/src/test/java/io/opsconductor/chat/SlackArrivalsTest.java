package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.counterpart.slack.Answer;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored before acknowledged, worked on after it, once, across restarts. */
@ParameterizedClass
@EnumSource(TestStore.class)
class SlackArrivalsTest {
    private final TestStore store;

    SlackArrivalsTest(TestStore store) {
        this.store = store;
    }

    @TempDir
    Path home;

    private SlackHome slack;

    @BeforeEach
    void start() {
        slack = new SlackHome(home, store);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private Answer send(Chatbot chatbot, String id) {
        return slack.slack
                .post(slack.app, slack.events(chatbot))
                .json(slack.event(id, "message"))
                .send();
    }

    @Test
    void theAcknowledgementDoesNotWaitForTheWork() {
        slack.work.block();
        try (Chatbot chatbot = slack.start()) {
            for (int i = 0; i < 100; i++) {
                Answer answer = send(chatbot, "Ev" + i);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.took()).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(slack.work.handled()).isEmpty();
            assertThat(slack.metric(chatbot, "opsconductor_slack_arrivals_waiting"))
                    .isEqualTo(100);
            slack.work.unblock();
            slack.work.await("Ev99");
            assertThat(slack.work.handled().stream().map(Arrival::id))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "Ev" + i).toList());
        }
    }

    @Test
    void whatAStopLeftIsWorkedOnAfterTheStartAndOnce() {
        slack.work.block();
        try (Chatbot chatbot = slack.start()) {
            for (String id : List.of("Ev1", "Ev2", "Ev3")) {
                assertThat(send(chatbot, id).status()).isEqualTo(200);
            }
        }
        assertThat(slack.work.handled()).isEmpty();
        slack.work.unblock();
        try (Chatbot chatbot = slack.start()) {
            slack.work.await("Ev3");
            assertThat(send(chatbot, "Ev1").status()).isEqualTo(200);
            send(chatbot, "Ev4");
            slack.work.await("Ev4");
        }
        assertThat(slack.work.handled().stream().map(Arrival::id)).containsExactly("Ev1", "Ev2", "Ev3", "Ev4");
        try (Chatbot chatbot = slack.start()) {
            send(chatbot, "Ev5");
            slack.work.await("Ev5");
        }
        assertThat(slack.work.handled()).hasSize(5);
    }

    @Test
    void whatIsWorkedOffKeepsItsIdAndNothingElseForAWeek() {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-8));
        try (Database database = Database.open(slack.settings().store(), "db/chatbot")) {
            database.change(
                    "insert into slack_arrival values (1, 'EvOld', 'event', 'T', 'C', '', ?, 'handled')",
                    past.instant().toString());
            database.change(
                    "insert into slack_arrival values (2, 'EvLeft', 'event', ?, 'C', '{\"left\":true}', ?, 'received')",
                    slack.acme.id(),
                    past.instant().toString());
        }
        try (Chatbot chatbot = slack.start()) {
            assertThat(slack.work.await("EvLeft").body().path("left").asBoolean())
                    .isTrue();
            send(chatbot, "EvNew");
            slack.work.await("EvNew");
        }
        try (Database database = Database.open(slack.settings().store(), "db/chatbot")) {
            assertThat(database.query(
                            "select id, body, status from slack_arrival order by arrival",
                            row -> Rows.text(row, "id") + Rows.text(row, "body") + Rows.text(row, "status")))
                    .contains("EvNewhandled")
                    .doesNotContain("EvOldhandled");
        }
    }

    @Test
    void workThatFailsIsTriedAgainAndHoldsUpNoOtherLane() {
        slack.work.failOnceFor("Ev-fails");
        try (Chatbot chatbot = slack.start()) {
            send(chatbot, "Ev-fails");
            slack.work.await("Ev-fails");
            assertThat(slack.work.count("Ev-fails")).isEqualTo(1);
        }
    }

    @Test
    void withoutTheJournalNothingIsAcknowledged() throws Exception {
        try (Chatbot chatbot = slack.start()) {
            assertThat(send(chatbot, "Ev1").status()).isEqualTo(200);
            Files.delete(home.resolve("chatbot/journal/journal.jsonl"));
            Answer refused = send(chatbot, "Ev2");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.noRetry()).isFalse();
        }
        assertThat(slack.work.count("Ev2")).isZero();
    }

    @Test
    void whoseTheTokenIsMustBeKnownBeforeAnythingIsAcknowledged() {
        slack.setting("SLACK_API_URL", "http://127.0.0.1:1/api/");
        try (Chatbot chatbot = slack.start()) {
            assertThat(send(chatbot, "Ev1").status()).isEqualTo(503);
            assertThat(slack.health(chatbot).path("ok").asBoolean()).isFalse();
            assertThat(slack.health(chatbot).path("detail").asText())
                    .startsWith("Slack could not be asked whose the token is: ");
        }
    }
}
