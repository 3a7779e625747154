package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.chat.web.Browser;
import io.opsconductor.plan.ExecutionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The cards of the page before a chatbot: how each plan stands, who decided and when, whoever decided and wherever. */
class CardOnThePageTest extends WithChatbot {
    private static final String REQUEST = "check disk space on web-server-01";

    /** A card in a state, with what it says of it but for the time, which is that of an event. */
    private record Stands(String state, String words, JsonNode decision) {}

    private final List<Stands> cards = new ArrayList<>();

    @Test
    void theCardSaysHowThePlanStandsWhoDecidedAndWhenAlsoAfterAReloadAndARestart() throws Exception {
        try (Browser browser = new Browser()) {
            String conversation = chat.say("alice", REQUEST);
            JsonNode denied = chat.await(conversation, "plan");
            browser.open(chat.uri("/#" + conversation), 1200, 900);
            assertThat(browser.see("plan-state").getText()).isEqualTo("waiting for approval");
            chat.post(
                    "/chat/approvals/" + denied.get("approval").asText(),
                    Map.of(
                            "user",
                            "carol",
                            "decision",
                            "deny",
                            "digest",
                            denied.get("digest").asText(),
                            "reason",
                            "not during the sale"));
            stands(browser, conversation, denied, "denied", "Denied by carol: not during the sale");

            JsonNode withdrawn = asked(conversation, REQUEST);
            chat.post("/chat/approvals/" + withdrawn.get("approval").asText() + "/withdraw", Map.of("user", "alice"));
            stands(browser, conversation, withdrawn, "cancelled", "Cancelled by alice. Nothing ran.");

            JsonNode superseded = asked(conversation, REQUEST);
            JsonNode ran = asked(conversation, REQUEST);
            stands(
                    browser,
                    conversation,
                    superseded,
                    "superseded",
                    "Superseded by a newer plan: the same was asked for again: decide about the newer plan."
                            + " Asked for by alice. Nothing of this one ran.");
            chat.decide(ran, "bob", "approve");
            stands(browser, conversation, ran, "approved", "Approved by bob");
            ScriptedExecution execution = runner.arrived();
            execution.started("web-server-01");
            cards.removeLast();
            stands(browser, conversation, ran, "running", "Approved by bob");
            execution.finished("web-server-01", "half full\n");
            execution.ended(ExecutionStatus.SUCCEEDED, "done");
            cards.removeLast();
            stands(browser, conversation, ran, "succeeded", "Approved by bob");

            runner.rules(Rules.two());
            JsonNode half = asked(conversation, REQUEST);
            chat.decide(half, "carol", "approve");
            stands(browser, conversation, half, "pending", "Approved by carol; one more is needed: bob");

            runner.rules(Rules.someoneElse().expiringAfter(Duration.ofMillis(500)));
            JsonNode expired = asked(conversation, "restart nginx on web-server-01");
            stands(
                    browser,
                    conversation,
                    expired,
                    "expired",
                    "Expired before it was approved. Nothing ran; ask again to get a fresh plan.");

            browser.driver().navigate().refresh();
            allStand(browser);
            restart();
            browser.open(chat.uri("/#" + conversation), 1200, 900);
            allStand(browser);
        }
    }

    private JsonNode asked(String conversation, String request) {
        int before = chat.events(conversation, "plan").size();
        chat.say(conversation, "alice", request);
        return chat.await(
                conversation, "plan", plan -> chat.events(conversation, "plan").indexOf(plan) >= before);
    }

    private void stands(Browser browser, String conversation, JsonNode plan, String state, String words) {
        JsonNode decision = chat.await(
                conversation, "decision", event -> event.get("approval").equals(plan.get("approval")));
        cards.add(new Stands(state, words, decision));
        stands(browser, cards.getLast());
    }

    private void allStand(Browser browser) {
        cards.forEach(card -> stands(browser, card));
        assertThat(browser.all("plan-card")).hasSize(cards.size());
    }

    private static void stands(Browser browser, Stands card) {
        WebElement shown = browser.until(d -> d
                .findElements(By.cssSelector("[data-approval='"
                        + card.decision().get("approval").asText() + "'][data-state='" + card.state() + "']"))
                .stream()
                .findFirst()
                .orElse(null));
        String time = String.valueOf(
                browser.value("new Date('" + card.decision().get("at").asText()
                        + "').toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })"));
        assertThat(shown.findElement(By.cssSelector(".plan-outcome")).getText()).isEqualTo(card.words() + " · " + time);
        assertThat(shown.findElements(By.cssSelector("[data-testid='approve']")))
                .as("what can still be decided about")
                .hasSize(card.state().equals("pending") ? 1 : 0);
    }
}
