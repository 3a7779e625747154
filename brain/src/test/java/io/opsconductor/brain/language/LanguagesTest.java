package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.ToolListing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** German, French and Spanish: asked in it, answered in it. */
class LanguagesTest {
    private final Understanding chat = new Understanding(Understanding.shipped());

    private Planning.Question question(String text) {
        return (Planning.Question) chat.planning(text);
    }

    @Test
    void whatIsMissingIsAskedForInTheLanguageOfTheRequestAndAnsweredInIt() {
        Planning.Question german = question("Starte nginx neu");
        assertThat(german.text()).isEqualTo("Restart service: auf welchem Ziel?");
        assertThat(chat.say("auf web-01 bitte").brief()).isEqualTo("restart_service service=nginx @ web-server-01");
        Planning.Question french = question("redémarre nginx");
        assertThat(french.text()).isEqualTo("Restart service : sur quelle cible ?");
        assertThat(chat.say("tous les serveurs web").brief())
                .isEqualTo("restart_service service=nginx @ web-server-01,web-server-02");
        Planning.Question spanish = question("reinicia nginx");
        assertThat(spanish.text()).isEqualTo("Restart service: ¿en qué objetivo?");
        assertThat(chat.say("web-02").brief()).isEqualTo("restart_service service=nginx @ web-server-02");
    }

    @Test
    void theQuestionKeepsItsLanguageWhenTheAnswerHasNone() {
        question("Starte nginx neu");
        assertThat(question("web-99").text())
                .isEqualTo("Kein Ziel heißt „web-99“ (ähnlich: web-01, web-02). Restart service: auf welchem Ziel?");
    }

    @Test
    void aRefusalSaysWhyInTheLanguageOfTheRequest() {
        Planning.Refusal refusal = (Planning.Refusal) chat.planning("Wie voll ist die Platte auf web-sever-01?");
        assertThat(refusal.code()).isEqualTo("unknown_target");
        assertThat(refusal.text()).isEqualTo("Kein Ziel im Inventar heißt „web-sever-01“.");
        assertThat(refusal.hint()).isEqualTo("Meintest du web-server-01 oder web-server-02?");
    }

    @Test
    void timesAreRefusedInEveryLanguage() {
        for (String text : List.of(
                "starte nginx auf web-01 jede Nacht neu",
                "redémarre nginx sur web-01 demain",
                "reinicia nginx en web-01 cada noche",
                "restart nginx on web-01 every night")) {
            assertThat(chat.say(text).brief()).as(text).isEqualTo("refuse unsupported");
        }
    }

    @Test
    void greetingsAndThanksAreAnsweredInTheirLanguage() {
        for (Map.Entry<String, String> said : Map.of(
                        "Vielen Dank!",
                        "Gern geschehen.",
                        "merci",
                        "Avec plaisir.",
                        "¡Gracias!",
                        "De nada.",
                        "thanks",
                        "You're welcome.")
                .entrySet()) {
            Outcome.Said answer = (Outcome.Said) chat.say(said.getKey());
            assertThat(answer.intent()).isEqualTo(new Intent.SmallTalk(said.getValue()));
        }
        Outcome.Said help = (Outcome.Said) chat.say("Was kannst du?");
        assertThat(help.intent()).isEqualTo(new Intent.AskTools("de"));
        assertThat(new ToolListing(Language.english()).text(Understanding.shippedTools(), "de"))
                .startsWith("Diese Werkzeuge kann ich ausführen.");
    }

    @Test
    void accentsMayBeLeftOut() {
        assertThat(chat.say("redemarre nginx sur web-01").brief())
                .isEqualTo("restart_service service=nginx @ web-server-01");
        assertThat(chat.say("¿Esta funcionando nginx en web-01?").brief())
                .isEqualTo("service_status service=nginx @ web-server-01");
    }

    @Test
    void everyLanguageSaysWhatEnglishSays() {
        Language language = Language.english();
        for (String code : language.spoken()) {
            for (String key : List.of(
                    "ask-target",
                    "ask-value",
                    "ask-which",
                    "ask-tool",
                    "wrong-target",
                    "no-tool",
                    "unknown-target",
                    "unsafe",
                    "schedule",
                    "condition",
                    "unused",
                    "tools",
                    "greeting",
                    "negated",
                    "nothing-before",
                    "platform",
                    "cancel-question",
                    "cancel-nothing",
                    "cancel-asked",
                    "withdrawn",
                    "denied",
                    "denied-because",
                    "needs-no-approval",
                    "nobody-decided",
                    "cancelled-early",
                    "lost",
                    "runner-refused-it",
                    "refused",
                    "outage-unknown",
                    "no-knowledge",
                    "targets",
                    "usable-tools",
                    "which-tools",
                    "history-ran",
                    "history-left",
                    "none-waiting",
                    "scope-targets",
                    "time-between",
                    "asked-by",
                    "waits-for",
                    "status-failed")) {
                assertThat(language.in(code)
                                .reply(key, 0)
                                .equals(language.in("en").reply(key, 0)))
                        .as(code + " " + key)
                        .isEqualTo(code.equals("en"));
            }
        }
    }

    @Test
    void anEnglishRequestStaysEnglish() {
        assertThat(question("restart nginx").text()).isEqualTo("Restart service: on which target?");
    }
}
