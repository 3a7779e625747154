package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import org.junit.jupiter.api.Test;

/** A plan that its requester runs without the approval of others, and questions about who must approve. */
class BreakGlassTest extends WithChatbot {
    private static final String REQUEST = "check disk space on web-server-01";
    private static final String REASON = "The shop is down, and nobody answers!";

    private JsonNode broken(String conversation) throws Exception {
        JsonNode waiting = chat.await(conversation, "plan");
        chat.say(conversation, "alice", "Break glass: " + REASON);
        return chat.await(conversation, "plan", event -> !event.get("approval").equals(waiting.get("approval")));
    }

    @Test
    void theRequesterSaysWhyApprovesItAloneAndItIsToldToThoseWhoShouldKnow() throws Exception {
        runner.rules(Rules.someoneElse().withGlass());
        String conversation = chat.say("alice", REQUEST);
        assertThat(chat.await(conversation, "plan").get("actions").toString()).contains("break_glass");

        JsonNode plan = broken(conversation);
        assertThat(plan.get("break_glass").asText()).isEqualTo(REASON);
        assertThat(plan.get("needs").toString())
                .isEqualTo("[\"May be approved by alice.\",\"May be stopped by bob or carol.\"]");
        assertThat(chat.await(conversation, "decision").get("reason").asText())
                .isEqualTo("break glass: decide about the newer plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(403);
        assertThat(chat.get("/chat/conversations/break-glass/events").status()).isEqualTo(404);

        assertThat(chat.decide(plan, "alice", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().digest())
                .isEqualTo(plan.get("digest").asText());
        assertThat(chat.await("break-glass", "message").get("text").asText())
                .isEqualTo("BREAK GLASS: alice (web:alice) runs this without the approval that the policy asks for.\n"
                        + "- check_disk_space on web-server-01 (production)\n"
                        + "The reason: " + REASON + "\n"
                        + "Asked for in the conversation " + conversation + ", plan "
                        + plan.get("digest").asText() + ".");
        assertThat(journal("break_glass")).singleElement().satisfies(mark -> {
            assertThat(mark.at("/data/requester").asText()).isEqualTo("web:alice");
            assertThat(mark.at("/data/reason").asText()).isEqualTo(REASON);
            assertThat(mark.get("execution").asText()).isNotEmpty();
        });
    }

    @Test
    void withoutAReasonOrAPlanOfOnesOwnNothingHappens() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        chat.await(conversation, "plan");
        chat.say(conversation, "bob", "break glass: I want to");
        chat.say(conversation, "alice", "break the glass");
        chat.await(conversation, "message", event -> event.path("text").asText().startsWith("Say why"));

        assertThat(chat.events(conversation).stream()
                        .filter(event -> event.get("type").asText().equals("message"))
                        .map(event -> event.get("text").asText())
                        .toList())
                .contains("No plan of yours waits here for its decision. Ask for one first; then say why you must do"
                        + " without the approval of others.");
        assertThat(chat.events(conversation).stream()
                        .filter(event -> event.get("type").asText().equals("plan")))
                .hasSize(1);
    }

    @Test
    void whoMustApproveIsAskedOfTheRunnerAndNothingIsPlanned() throws Exception {
        runner.rules(Rules.two().withGlass());
        String conversation = chat.say("alice", "who must approve if bob checks the disk space on web-server-01?");
        JsonNode answer = chat.await(
                conversation, "message", event -> event.path("from").asText().equals("opsconductor"));

        assertThat(answer.get("text").asText()).isEqualTo("""
                Check disk space on web-server-01, asked for by bob:
                - 2 of bob, carol must approve.
                Because of the test says so.
                An approval may take 15 minutes.
                In an emergency bob may break the glass.""");
        assertThat(runner.explained()).singleElement().satisfies(question -> {
            assertThat(question.actorId()).isEqualTo("web:alice");
            assertThat(question.person()).isEqualTo("bob");
            assertThat(question.plan().steps().getFirst().tool()).isEqualTo("check_disk_space");
        });
        assertThat(chat.events(conversation).stream()
                        .map(event -> event.get("type").asText()))
                .containsExactly("message", "message");
    }
}
