package io.opsconductor.brain.thinking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.model.ModelUnavailableException;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.thinking.Scene.Outcome;
import io.opsconductor.brain.thinking.Scene.Stage;
import io.opsconductor.counterpart.model.Act;
import io.opsconductor.counterpart.model.Asked;
import io.opsconductor.counterpart.model.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelStagesTest {
    /** Nothing in it fits a tool by its words. */
    private static final String STRANGE = "is there still elbow room for my holiday photos on web-server-01";

    private final Knowledge knowledge = Scene.shipped();
    private final Script script = new Script();

    private static String plan(String steps) {
        return "{\"steps\": [" + steps + "]}";
    }

    private Outcome say(String text, String... settings) {
        try (Scene scene = new Scene(script, knowledge, settings)) {
            return scene.say(text);
        }
    }

    private String brief(String text, String... settings) {
        return Scene.brief(say(text, settings));
    }

    @Test
    void whatTheWordsAloneMakeClearIsNotAsked() {
        assertThat(brief("check disk space on web-server-01")).isEqualTo("check_disk_space @ web-server-01");
        assertThat(brief("hello")).isEqualTo("SmallTalk");
        assertThat(brief("help")).isEqualTo("AskTools");
        assertThat(brief("cancel")).isEqualTo("Cancel");
        assertThat(script.asked()).isEmpty();
    }

    @Test
    void whatOnlyTheModelUnderstandsIsPlannedFromThePersonsOwnWords() {
        assertThat(Scene.brief(Scene.without(STRANGE, knowledge))).doesNotContain("check_disk_space");
        script.then(Scene.intent(STRANGE, "show free disk space"))
                .then("{\"request_1\": \"check_disk_space\"}")
                .then(plan("{\"request\": 1, \"tool\": \"check_disk_space\", \"targets\": [\"web-server-01\"],"
                        + " \"parameters\": {\"path\": null}}"));
        Outcome outcome = say(STRANGE, "ask", "always");
        assertThat(Scene.brief(outcome)).isEqualTo("check_disk_space @ web-server-01");
        assertThat(((Planning.Planned) ((Outcome.Plans) outcome).planning()).note())
                .isEqualTo("Understood with the model scripted (ollama): from your words web-server-01.");
        assertThat(script.asked()).extracting(Stage::of).containsExactly(Stage.INTENT, Stage.SELECTION, Stage.PLANNING);
    }

    @Test
    void whatIsOneRequestIsShownWholeToTheModel() {
        String message = "is nginx running on web-server-01 and is it healthy?";
        String notSaid = Scene.intent("restart everything on db-server-01", "restart");
        script.then(notSaid)
                .then(notSaid)
                .then("{\"request_1\": \"service_status\"}")
                .then(plan("{\"request\": 1, \"tool\": \"service_status\", \"targets\": [\"web-server-01\"],"
                        + " \"parameters\": {\"service\": \"nginx\"}}"));
        assertThat(brief(message, "ask", "always")).isEqualTo("service_status service=nginx @ web-server-01");
        Asked asked = script.asked().stream()
                .filter(one -> Stage.of(one) == Stage.SELECTION)
                .findFirst()
                .orElseThrow();
        var requests = Scene.words(asked).path("requests");
        assertThat(requests.size()).isEqualTo(1);
        assertThat(requests.get(0).path("text").asText()).isEqualTo(message);
    }

    @Test
    void atMostEightToolsAreShownAndOnlyThoseMayBeChosen() {
        script.then(Scene.intent(STRANGE, "show free disk space memory processes logs services ping dns ports load"))
                .then("{\"request_1\": \"none\"}");
        say(STRANGE);
        Asked asked = script.asked().get(1);
        assertThat(Scene.words(asked).path("requests").get(0).path("tools").size())
                .isBetween(2, 8);
        assertThat(Scene.offered(asked, "request_1"))
                .hasSizeLessThanOrEqualTo(9)
                .contains("none");
    }

    @Test
    void aToolThatWasNotOfferedIsNoAnswer() {
        script.then(Scene.intent(STRANGE, "show free disk space"))
                .then("{\"request_1\": \"format_everything\"}")
                .then("{\"request_1\": \"format_everything\"}");
        assertThatThrownBy(() -> say(STRANGE))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessage("Understood without the model scripted (ollama), which gives no answer that can be used.");
    }

    @Test
    void aValueThatNobodySaidGoesBackOnceAndThenBecomesAQuestion() {
        String message = "please restart the thing that serves our pages on web-server-01";
        String made = "{\"request\": 1, \"tool\": \"restart_service\", \"targets\": [\"web-server-01\"],"
                + " \"parameters\": {\"service\": \"nginx\"}}";
        script.then(Scene.intent(message, "restart a service"))
                .then("{\"request_1\": \"restart_service\"}")
                .then(plan(made))
                .then(plan(made));
        assertThat(brief(message, "ask", "always")).isEqualTo("ask service");
        Asked repair = script.asked().getLast();
        assertThat(repair.last())
                .contains(
                        "The parameter service is \"nginx\", which the message does not say: give what it says, or null.");
        assertThat(script.asked()).hasSize(4);
    }

    @Test
    void whatIsMendedInTheSecondAnswerCounts() {
        String message = "restart nginx on web-server-01";
        String step = "{\"request\": 1, \"tool\": \"restart_service\", \"targets\": [\"%s\"],"
                + " \"parameters\": {\"service\": \"nginx\"}}";
        script.then(Scene.intent(message, "restart a service"))
                .then("{\"request_1\": \"restart_service\"}")
                .then(plan(step.formatted("web-server-02")))
                .then(plan(step.formatted("web-server-01")));
        assertThat(brief(message, "ask", "always")).isEqualTo("restart_service service=nginx @ web-server-01");
        assertThat(script.asked().getLast().last())
                .contains("The target \"web-server-02\" is not one that the message names for this");
    }

    @Test
    void aTargetThatNobodyNamedIsAskedFor() {
        String message = "restart nginx where the pages are slow";
        script.then(Scene.intent(message, "restart a service"))
                .then("{\"request_1\": \"restart_service\"}")
                .always(any -> new Act.Says(
                        plan("{\"request\": 1, \"tool\": \"restart_service\", \"targets\": [\"web-server-01\"],"
                                + " \"parameters\": {\"service\": \"nginx\"}}")));
        assertThat(brief(message, "ask", "always")).isEqualTo("ask target");
    }

    @Test
    void aChangeThatTheWordsDoNotAskForIsRefusedWithTheWordsThatWould() {
        String message = "nginx on web-server-01 deserves a fresh life";
        script.then(Scene.intent(message, "restart a service")).then("{\"request_1\": \"restart_service\"}");
        Outcome outcome = say(message, "ask", "always");
        assertThat(Scene.brief(outcome)).isEqualTo("refuse change_not_said");
        Planning.Refusal refusal = (Planning.Refusal) ((Outcome.Plans) outcome).planning();
        assertThat(refusal.hint()).contains("say it: \"restart_service on web-server-01\"");
        assertThat(Scene.brief(Scene.without(refusal.choices().getFirst().reply(), knowledge)))
                .isEqualTo("ask service");
    }

    @Test
    void aHostThatNobodyKnowsIsRefusedWhateverTheModelSays() {
        String message = "how full is the disk of web-99";
        script.always(asked -> switch (Stage.of(asked)) {
            case INTENT -> new Act.Says(Scene.intent(message, "show free disk space"));
            case SELECTION -> new Act.Says("{\"request_1\": \"check_disk_space\"}");
            default ->
                new Act.Says(plan("{\"request\": 1, \"tool\": \"check_disk_space\", \"targets\": [\"web-server-01\"],"
                        + " \"parameters\": {\"path\": null}}"));
        });
        assertThat(brief(message, "ask", "always")).isEqualTo("refuse unknown_target");
    }

    @Test
    void whatLooksLikeShellNeverReachesTheModel() {
        assertThat(brief("check disk space on web-server-01; rm -rf / && reboot", "ask", "always"))
                .isEqualTo("refuse unsafe_input");
        assertThat(script.asked()).isEmpty();
    }

    @Test
    void whatIsTypedAsACommandNeedsNoModel() {
        assertThat(brief("tail -n 20 /var/log/syslog on web-server-01", "ask", "always"))
                .isEqualTo("tail_log path=/var/log/syslog lines=20 @ web-server-01");
        assertThat(script.asked()).isEmpty();
    }

    @Test
    void aClauseThatIsNotInTheMessageIsMendedOrLeftOut() {
        script.then(Scene.intent("restart everything on db-server-01", "restart"))
                .then(Scene.intent(STRANGE, "disk"));
        script.then("{\"request_1\": \"none\"}");
        say(STRANGE);
        assertThat(script.asked().get(1).last()).contains("is not in the message: copy words of the message exactly");
        assertThat(Scene.words(script.asked().get(2))
                        .path("requests")
                        .get(0)
                        .path("text")
                        .asText())
                .isEqualTo(STRANGE);
    }

    @Test
    void aModelThatIsNotThereSaysSoInOneSentence() {
        script.always(any -> new Act.Fails(503, "overloaded"));
        assertThatThrownBy(() -> say(STRANGE, "attempts", "1"))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessage("Understood without the model scripted (ollama), which does not answer: its server failed"
                        + " (status 503).");
    }

    @Test
    void theTimeOfAMessageIsSharedByItsStages() {
        script.then(Scene.intent(STRANGE, "show free disk space"))
                .always(any -> new Act.SaysLate("{\"request_1\": \"none\"}", Duration.ofSeconds(20)));
        long start = System.nanoTime();
        assertThatThrownBy(() -> say(STRANGE, "deadline", "2s")).hasMessageContaining("did not answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void theModelSeesNoTemplateNoExampleAndNoTargetBeyondNames() {
        script.then(Scene.intent(STRANGE, "show free disk space"))
                .then("{\"request_1\": \"check_disk_space\"}")
                .then(
                        plan(
                                "{\"request\": 1, \"tool\": \"check_disk_space\", \"targets\": [], \"parameters\": {\"path\": null}}"));
        say(STRANGE, "ask", "always");
        assertThat(script.asked()).hasSize(3);
        for (Asked asked : script.asked()) {
            assertThat(asked.everything())
                    .doesNotContain("df -h")
                    .doesNotContain("systemctl")
                    .doesNotContain("command_template")
                    .doesNotContain("staging")
                    .doesNotContain("web:alice")
                    .doesNotContain("sha256");
        }
        assertThat(script.asked().get(1).everything()).doesNotContain("db-server-01");
    }
}
