package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.intent.Intent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about what is stored and known, as closed questions with the brain's own names in them. */
class InquiriesTest {
    private final Understanding chat = new Understanding(Understanding.shipped());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    what ran on web-01 yesterday                          | history ran @ web-server-01
                    what ran today                                        | history ran
                    what ran in the last hour?                            | history ran
                    which commands were run on the web servers since Monday | history ran @ web-server-01,web-server-02
                    what did alice run last week                          | history ran by alice
                    what did I run on db-01 today                         | history ran @ db-server-01 by me
                    what have you done on web-01                          | history ran @ web-server-01
                    what ran on web-01 by bob                             | history ran @ web-server-01 by bob
                    show the last 5 runs on cache-01                      | history ran @ cache-01
                    who restarted nginx on web-02                         | history ran restart_service =nginx @ web-server-02
                    what ran on old-db-07                                 | history ran @ old-db-07
                    what did alice ask for on 24 November                 | history asked by alice
                    who approved the restart of nginx on web-02           | history approved restart_service =nginx @ web-server-02
                    who approved that                                     | history approved here
                    what did bob approve this week                        | history approved by bob
                    who denied the restart on web-01?                     | history denied restart_service @ web-server-01
                    who denied the reboot                                 | history denied reboot
                    what failed on db-01 this week                        | history failed @ db-server-01
                    did anything fail in production since yesterday       | history failed @ db-server-01,web-server-01,web-server-02
                    what is waiting for approval                          | history waiting
                    what do I have to approve                             | history waiting
                    which plans are running                               | history running
                    which tools can I use on windows                      | usable windows
                    which tools may i use                                 | usable
                    what can you do on network devices                    | usable network devices
                    what can I run on web-01                              | usable web-01
                    which hosts are in staging                            | targets staging
                    which servers are in group web                        | targets web-servers
                    where is web-01                                       | about web-server-01
                    tell me about db-01                                   | about db-server-01
                    which tool restarts a service                         | which restart_service
                    is there a tool for free disk space                   | which check_disk_space
                    was lief gestern auf web-01                           | history ran @ web-server-01
                    was hat alice letzte Woche ausgeführt                 | history ran by alice
                    wer hat den Neustart von nginx auf web-02 freigegeben | history approved restart_service =nginx @ web-server-02
                    was ist diese Woche auf db-01 fehlgeschlagen          | history failed @ db-server-01
                    was wartet auf eine Freigabe?                         | history waiting
                    welche Server sind in der Gruppe web                  | targets web-servers
                    wo ist web-01                                         | about web-server-01
                    qu'est-ce qui a tourné sur web-01 hier                | history ran @ web-server-01
                    qui a approuvé le redémarrage de nginx sur web-02 ?   | history approved restart_service =nginx @ web-server-02
                    qu'est-ce qui attend une approbation ?                | history waiting
                    ¿qué se ejecutó ayer en web-01?                       | history ran @ web-server-01
                    ¿quién aprobó el reinicio de nginx en web-02?         | history approved restart_service =nginx @ web-server-02
                    ¿qué falló esta semana en db-01?                      | history failed @ db-server-01
                    """)
    void aQuestionIsReadWithItsNames(String text, String brief) {
        assertThat(chat.say(text).brief()).isEqualTo(brief);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show what is running on web-01",
                "what is running on web-01",
                "which processes are running on web-01",
                "when was web-01 last rebooted",
                "who is logged in on web-01",
                "what ran out of memory on web-01",
                "what happened to the moon",
                "who ran the marathon yesterday",
                "what failed in your childhood",
                "restart nginx on web-01",
                "is nginx waiting on web-01",
                "show the last 20 lines of /var/log/syslog on web-01",
                "which tool uses the most memory on web-01",
                "what's the weather like today",
                "more"
            })
    void whatAsksForSomethingElseIsNotTakenForOne(String text) {
        assertThat(chat.say(text) instanceof Outcome.Said(Intent intent) && intent instanceof Intent.Inquiry)
                .as(text + ": " + chat.say(text).brief())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    who must approve if bob restarts nginx on db-01?             | bob | en
                    Who has to approve when @carol restarts nginx on web-01      | carol | en
                    who must approve restarting nginx on db-01                   |  | en
                    may I restart nginx on db-01?                                |  | en
                    am I allowed to restart nginx on db-01                       |  | en
                    do I need approval to restart nginx on db-01?                |  | en
                    is bob allowed to restart nginx on db-01                     | bob | en
                    wer muss freigeben, wenn bob nginx auf db-01 neu startet?    | bob | de
                    darf ich nginx auf db-01 neu starten?                        |  | de
                    qui doit approuver si bob redémarre nginx sur db-01 ?        | bob | fr
                    puis-je redémarrer nginx sur db-01 ?                         |  | fr
                    ¿quién debe aprobar si bob reinicia nginx en db-01?          | bob | es
                    ¿tengo permiso para reiniciar nginx en db-01?                |  | es
                    """)
    void whoMustApproveIsAskedWithTheRequestThatIsMeant(String text, String person, String language) {
        assertThat(chat.say(text))
                .as(text)
                .isInstanceOfSatisfying(
                        Outcome.Said.class,
                        said -> assertThat(said.intent()).isInstanceOfSatisfying(Intent.AskApproval.class, asked -> {
                            assertThat(asked.person().name()).isEqualTo(person == null ? "" : person);
                            assertThat(asked.person().self()).isEqualTo(person == null);
                            assertThat(asked.language()).isEqualTo(language);
                            assertThat(asked.run().requests()).hasSize(1);
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "may I have the disk space of web-01",
                "who approved the restart of nginx on web-02",
                "what do I have to approve",
                "may the force be with you",
                "who must approve my holidays"
            })
    void whatOnlySoundsLikeItIsNoQuestionAboutApproval(String text) {
        assertThat(chat.say(text) instanceof Outcome.Said(Intent intent) && intent instanceof Intent.AskApproval)
                .as(text + ": " + chat.say(text).brief())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    break glass: The shop is down: nobody answers  | The shop is down: nobody answers
                    Please break the glass now:   it burns         | it burns
                    I must break glass: Größe zählt                | Größe zählt
                    Scheibe einschlagen: der Laden steht           | der Laden steht
                    briser la glace: la boutique est arrêtée       | la boutique est arrêtée
                    romper el cristal: la tienda está caída        | la tienda está caída
                    break glass                                    | ''
                    """)
    void breakingTheGlassIsReadWithItsReasonAsWritten(String text, String reason) {
        assertThat(chat.say(text))
                .isInstanceOfSatisfying(
                        Outcome.Said.class,
                        said -> assertThat(said.intent())
                                .isInstanceOfSatisfying(
                                        Intent.BreakGlass.class,
                                        glass -> assertThat(glass.reason()).isEqualTo(reason)));
    }

    @Test
    void theLanguageOfTheQuestionIsThatOfTheAnswer() {
        assertThat(language("was lief gestern auf web-01")).isEqualTo("de");
        assertThat(language("¿qué se ejecutó ayer en web-01?")).isEqualTo("es");
        assertThat(language("what ran on web-01 yesterday")).isEqualTo("en");
    }

    private String language(String text) {
        return chat.say(text) instanceof Outcome.Said(Intent.Inquiry inquiry) ? inquiry.language() : "none";
    }

    @Test
    void whatIsOverheardIsNoQuestionForUs() {
        assertThat(chat.isForUs("what ran on web-01 yesterday")).isFalse();
        assertThat(chat.isForUs("who approved that")).isFalse();
    }
}
