package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import org.junit.jupiter.api.Test;

/** What is said around cards is said in the language of the thread. */
class ThreadLanguageTest extends WithChatbot {
    private static boolean isOurs(JsonNode event) {
        return event.get("from").asText().equals("opsconductor");
    }

    private JsonNode plan(String conversation) {
        return chat.await(conversation, "plan");
    }

    @Test
    void aDenialIsToldInTheLanguageOfTheRequestAlsoAfterARestart() {
        String conversation = chat.say("alice", "starte nginx auf web-server-01 neu");
        JsonNode plan = plan(conversation);
        restart();
        chat.decide(plan, "bob", "deny");
        assertThat(chat.await(conversation, "result").get("summary").asText())
                .isEqualTo("bob hat es abgelehnt. Es wurde nichts ausgeführt.");
    }

    @Test
    void cancellingIsAnsweredInTheLanguageOfTheThread() {
        String conversation = chat.say("alice", "redémarre nginx sur web-server-01");
        plan(conversation);
        chat.say(conversation, "alice", "stop");
        assertThat(chat.await(conversation, "message", ThreadLanguageTest::isOurs)
                        .get("text")
                        .asText())
                .startsWith("Retiré : Restart service nginx on web-server-01. Rien");
        String nothing = chat.say("alice", "abbrechen");
        assertThat(chat.await(nothing, "message", ThreadLanguageTest::isOurs)
                        .get("text")
                        .asText())
                .startsWith("Hier gibt es nichts von dir abzubrechen");
    }

    @Test
    void whoCancelsWhatIsUnderWayIsToldInIt() throws Exception {
        runner.letExecutesStick();
        String conversation = chat.say("alice", "reinicia nginx en web-server-01");
        chat.decide(plan(conversation), "bob", "approve");
        runner.stuck();
        chat.say(conversation, "alice", "cancela");
        assertThat(chat.await(conversation, "message", ThreadLanguageTest::isOurs)
                        .get("text")
                        .asText())
                .isEqualTo("alice pide cancelar lo que está en marcha.");
    }

    @Test
    void theRunnersRefusalToRunIsToldInIt() {
        runner.refuseNext(409, "changed_since_preview", "the tool changed", "");
        String refused = chat.say("alice", "starte nginx auf web-server-01 neu");
        chat.decide(plan(refused), "bob", "approve");
        assertThat(chat.await(refused, "result").get("summary").asText())
                .isEqualTo("Der Runner hat es abgelehnt: the tool changed. Es wurde nichts ausgeführt.");
    }

    @Test
    void thePolicysRefusalSaysWhatItMeansAndKeepsTheRunnersWords() {
        runner.refuseNextPreview(403, "no_rule", "No rule of the policy allows it.", "");
        String conversation = chat.say("alice", "starte nginx auf web-server-01 neu");
        assertThat(chat.await(conversation, "error").get("message").asText())
                .isEqualTo("Keine Regel der Policy erlaubt dir das. Im Wortlaut des Runners:"
                        + " No rule of the policy allows it.");
    }

    @Test
    void whatNeedsNoApprovalAndTheHistoryAreToldInIt() throws Exception {
        runner.rules(Rules.nobody());
        String conversation = chat.say("alice", "zeig den Speicherplatz auf web-server-01");
        assertThat(chat.await(conversation, "decision").get("reason").asText()).startsWith("keine Freigabe nötig: ");
        runner.arrived();
        chat.say(conversation, "alice", "was lief heute auf web-server-01?");
        assertThat(chat.await(conversation, "message", ThreadLanguageTest::isOurs)
                        .get("text")
                        .asText())
                .startsWith("Gelaufen auf web-server-01 am ")
                .contains("check_disk_space auf web-server-01: ")
                .contains("Verlangt von alice, keine Freigabe nötig.");
    }

    @Test
    void anEnglishThreadStaysEnglish() {
        String conversation = chat.say("alice", "restart nginx on web-server-01");
        plan(conversation);
        chat.say(conversation, "alice", "cancel");
        assertThat(chat.await(conversation, "message", ThreadLanguageTest::isOurs)
                        .get("text")
                        .asText())
                .isEqualTo("Withdrawn: Restart service nginx on web-server-01. Nothing was run.");
    }
}
