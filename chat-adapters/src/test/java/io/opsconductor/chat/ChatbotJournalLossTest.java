package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.journal.JournalUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chatbot cannot record it does not take, decide or send. */
class ChatbotJournalLossTest extends WithChatbot {
    private static final String REQUEST = "check disk space on web-server-01";

    private Path journal() {
        return home.resolve("chatbot/journal/journal.jsonl");
    }

    @Test
    void withoutItsJournalNothingIsTakenDecidedOrSentAndHealthSaysWhyUntilItIsBack() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Path aside = home.resolve("aside.jsonl");
        Files.move(journal(), aside);

        Caller.Answer said = chat.post("/chat/messages", Map.of("user", "alice", "text", REQUEST));
        assertThat(said.status()).isEqualTo(503);
        assertThat(said.code()).isEqualTo("journal_unavailable");
        Caller.Answer decided = chat.decide(plan, "bob", "approve");
        assertThat(decided.status()).isEqualTo(503);
        assertThat(decided.code()).isEqualTo("journal_unavailable");
        assertThat(runner.executions()).isZero();
        Caller.Answer health = chat.get("/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body().at("/depends_on/journal/detail").asText())
                .isEqualTo("the journal " + journal()
                        + " was deleted: put the very file back, or restart this process, which then says what is missing."
                        + " Nothing is taken, decided or sent until then");

        Files.move(aside, journal());
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().digest())
                .isEqualTo(plan.get("digest").asText());
    }

    @Test
    void aDecisionThatWasRecordedAndNeverStoredIsTakenBackAtTheNextStart() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        chatbot.stop();
        String digest = plan.get("digest").asText();
        long line;
        try (Journal journal =
                Journal.open(home.resolve("chatbot/journal"), "chatbot", Clock.systemUTC(), entry -> {})) {
            // As a process leaves it that dies before the denial is committed.
            line = journal.append(new JournalRecord(
                            "decision",
                            conversation,
                            "",
                            digest,
                            Map.of(
                                    "approval",
                                    plan.get("approval").asText(),
                                    "approver",
                                    "web:carol",
                                    "decision",
                                    "deny",
                                    "tenant",
                                    "default")))
                    .seq();
        }
        startAgain();
        assertThat(journal("decision_void")).singleElement().satisfies(taken -> {
            assertThat(taken.at("/data/line").asLong()).isEqualTo(line);
            assertThat(taken.get("digest").asText()).isEqualTo(digest);
            assertThat(taken.at("/data/approver").asText()).isEqualTo("web:carol");
        });
        restart();
        assertThat(journal("decision_void")).hasSize(1);
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().digest()).isEqualTo(digest);
    }

    @Test
    void aChatbotWhoseJournalWasCutWhileItStoodDoesNotStart() throws IOException {
        chat.await(chat.say("alice", REQUEST), "plan");
        chatbot.stop();
        List<String> lines = Files.readAllLines(journal());
        Files.writeString(journal(), String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
        assertThatThrownBy(chatbot::startAgain)
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining(
                        "is broken: line " + lines.size() + ", which this process has signed, is not in it");
        Files.write(journal(), lines);
        chatbot.startAgain();
    }
}
