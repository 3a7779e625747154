package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.Stages;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.eval.Dialogue;
import io.opsconductor.brain.eval.Examinee;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Understanding;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that name targets by what came of the last execution, through the stages. */
class NarrowingTest {
    private static final String FULL = "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 37G 3.0G 93% /\n";
    private static final String EMPTY = "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 4G 36G 11% /\n";
    private static final String ACTIVE = "* nginx.service\n     Active: active (running)\n";
    private static final String DEAD = "* nginx.service\n     Active: inactive (dead)\n";
    private static final List<String> WEB = List.of(Outputs.WEB_1, Outputs.WEB_2);

    private final Language language = Language.english();
    private final Knowledge knowledge = Understanding.shipped();
    private final Stages stages = Stages.builtin(new Indexes(language));
    private final Dialogue dialogue = new Dialogue(Examinee.of(stages), knowledge);
    private final Narrowing narrowing = new Narrowing(language);
    private LastResult last = new LastResult(List.of());

    /** The person says something, it is planned and runs, and each of its steps writes this. */
    private void ran(String said, String... outputs) {
        Outcome.Worked worked = (Outcome.Worked) dialogue.say(said);
        List<Step> steps = plan(worked).steps();
        List<TargetResult> results = new ArrayList<>();
        int at = 0;
        for (int step = 0; step < steps.size(); step++) {
            List<String> targets = steps.get(step).targets().isEmpty()
                    ? List.of("runner")
                    : steps.get(step).targets();
            for (String target : targets) {
                String output = outputs[at++];
                int exit = output.startsWith("!") || output.equals(DEAD) ? 3 : 0;
                results.add(Outputs.result(step, steps.get(step).tool(), target, exit, output, ""));
            }
        }
        last = new OutputReader().read(steps, results, knowledge.tools()).remembered();
    }

    private static Plan plan(Outcome.Worked worked) {
        return ((Planning.Planned) worked.planning()).plan();
    }

    /** What comes of a message, as the pipeline does it. */
    private String say(String text) {
        return switch (narrowing.of(text, Optional.of(last), false)) {
            case Narrowed.Unchanged() -> dialogue.say(text).brief();
            case Narrowed.Named named -> dialogue.say(named.text()).brief();
            case Narrowed.Again again ->
                new Outcome.Worked(List.of(), stages.planning().resume(again.draft(), knowledge)).brief();
            case Narrowed.Unclear(String reply) -> reply;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "only the ones above 80%",
                "just those over 80 percent",
                "which of them are above 80%?",
                "and the ones with more than 80% used?",
                "check the servers above 80% again",
                "only the ones where the disk is at least 93 %",
                "the fullest one"
            })
    void theSameAgainOnThoseThatAFigureFits(String text) {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(say(text)).isEqualTo("check_disk_space @ web-server-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nur die über 80%",
                "nur die mit mehr als 80 Prozent belegt",
                "welche davon sind über 80%?",
                "nur der vollste",
                "seulement ceux au-dessus de 80%",
                "lesquels sont à plus de 80 % ?",
                "seulement le plus plein",
                "solo los que están por encima del 80%",
                "cuáles tienen más del 80% usado",
                "solo el más lleno"
            })
    void theSameInOtherLanguages(String text) {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(say(text)).isEqualTo("check_disk_space @ web-server-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            liste /var/log auf denen über 80%                 | list_directory path=/var/log @ web-server-01
            starte nginx auf denen unter 80% neu              | restart_service service=nginx @ web-server-02
            redémarre nginx sur ceux au-dessus de 80%         | restart_service service=nginx @ web-server-01
            reinicia nginx en los que están por encima de 80% | restart_service service=nginx @ web-server-01
            """)
    void somethingElseOnThemInOtherLanguages(String text, String planned) {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(say(text)).isEqualTo(planned);
    }

    @Test
    void belowIsTheOtherSide() {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(say("only the ones below 80%")).isEqualTo("check_disk_space @ web-server-02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list /var/log on the ones above 80%                     | list_directory path=/var/log @ web-server-01
            restart nginx on those above 80%                        | restart_service service=nginx @ web-server-01
            uptime of the servers with more than 90% used           | uptime_load @ web-server-01
            memory of the fullest one                               | memory @ web-server-01
            uptime of all web servers except those above 80%        | uptime_load @ web-server-02
            uptime of db-01 and the ones above 80%                  | uptime_load @ db-server-01,web-server-01
            """)
    void somethingElseOnThem(String text, String planned) {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(say(text)).isEqualTo(planned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now restart it on those that failed",
                "restart it on the ones that did not succeed",
                "restart nginx where it is not active",
                "now restart it on the ones where nginx is not active",
                "restart it on the ones that are down",
                "restart it on the inactive ones",
                "restart nginx on those where it isn\u2019t running"
            })
    void theServiceIsRestartedWhereItIsNotActive(String text) {
        ran("is nginx running on all web servers", ACTIVE, DEAD);
        assertThat(say(text)).isEqualTo("restart_service service=nginx @ web-server-02");
    }

    @Test
    void theOnesThatAreActiveAreTheOthers() {
        ran("is nginx running on all web servers", ACTIVE, DEAD);
        assertThat(say("check disk space on the ones where nginx is active"))
                .isEqualTo("check_disk_space @ web-server-01");
        assertThat(say("which of them are up?")).isEqualTo("service_status service=nginx @ web-server-01");
    }

    @Test
    void onlyTheStepThatItIsAboutIsRunAgain() {
        ran("check disk space and uptime on all web servers", FULL, EMPTY, up(0.1), up(9.5));
        assertThat(say("only the ones above 80%")).isEqualTo("check_disk_space @ web-server-01");
        assertThat(say("only the ones with a load above 4")).isEqualTo("uptime_load @ web-server-02");
    }

    private static String up(double load) {
        return " 03:06:39 up  6:28,  0 user,  load average: " + load + "0, 2.37, 2.31";
    }

    @Test
    void whatIsUnclearIsSaidAndNotGuessed() {
        ran("check disk space and memory on all web servers", FULL, EMPTY, memory(90), memory(10));
        assertThat(say("only the ones above 80%"))
                .isEqualTo("By \"only the ones above 80%\" you may mean disk or memory: the last result has them all."
                        + " Say which, for example \"the ones with disk above 80\".");
        assertThat(say("only the ones with memory above 80%")).isEqualTo("memory @ web-server-01");
    }

    private static String memory(int percent) {
        return "total used free shared buff/cache available\nMem: 100 " + percent + " 1 1 1 " + (100 - percent);
    }

    @Test
    void noneThatFitsIsSaidWithTheFigures() {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(say("only the ones above 95%"))
                .isEqualTo("In the last result none of the 2 fits \"only the ones above 95%\": it has 11 to 93."
                        + " Nothing was planned.");
        assertThat(say("restart nginx on those that failed"))
                .isEqualTo("In the last result none of the 2 fits \"those that failed\", so nothing was planned.");
    }

    @Test
    void whatWasNotReadIsNoGroundToChoose() {
        ran("check disk space on all web servers", "garbage", "more garbage");
        assertThat(say("only the ones above 80%")).startsWith("The last result has nothing of that which I could read");
        assertThat(say("restart nginx on those where it is not active"))
                .startsWith("The last result has nothing of that which I could read");
        ran("is nginx running on all web servers", ACTIVE, DEAD);
        assertThat(say("restart postgresql on the ones where postgresql is not active"))
                .isEqualTo("The last result says nothing about \"postgresql\", so I do not know which targets you mean."
                        + " Name them.");
    }

    @Test
    void thoseThatCouldNotBeReadAreNamedOnTheCardAsLeftOut() {
        ran("check disk space on all web servers", FULL, "garbage");
        assertThat(narrowing.of("uptime of the ones above 80%", Optional.of(last), false))
                .isEqualTo(
                        new Narrowed.Named(
                                "uptime of web-server-01",
                                "\"the ones above 80%\" in the last result: 1 of 2; not read, and so left out: web-server-02."));
    }

    @Test
    void hostsThatAPlanNamesAreMeantAsTargetsAre() {
        ran(
                "ping 10.0.0.9 and web-server-01",
                "4 packets transmitted, 0 received, 100% packet loss, time 3ms",
                "4 packets transmitted, 4 received, 0% packet loss, time 3ms");
        assertThat(say("traceroute to the ones that did not answer")).isEqualTo("traceroute host=10.0.0.9");
        assertThat(say("only those that are reachable")).isEqualTo("ping target=web-server-01");
    }

    @Test
    void withoutAResultNothingIsReadInAMessage() {
        assertThat(narrowing.of("only the ones above 80%", Optional.empty(), false))
                .isEqualTo(new Narrowed.Unchanged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check that nginx is running on web-server-01",
                "are the web servers up?",
                "restart nginx on web-server-01",
                "show the last 20 lines of /var/log/syslog on web-server-01",
                "which servers are there",
                "is nginx up on the servers in web-servers",
                "how full is the disk on web-server-02",
                "show the processes above all others on web-server-01",
                "what is the worst that can happen"
            })
    void anOrdinaryRequestStaysAsItIs(String text) {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(narrowing.of(text, Optional.of(last), false)).isEqualTo(new Narrowed.Unchanged());
    }

    @Test
    void anAnswerToAQuestionMayNameThemThatWay() {
        ran("check disk space on all web servers", FULL, EMPTY);
        assertThat(dialogue.say("restart nginx").brief()).isEqualTo("ask target");
        assertThat(narrowing.of("the ones above 80%", Optional.of(last), true))
                .isInstanceOfSatisfying(
                        Narrowed.Named.class, named -> assertThat(named.text()).isEqualTo("web-server-01"));
    }

    /** An output may take itself in or out, and nothing more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/sda1 40G 40G 0 100% / on db-server-01",
                "/dev/sda1 40G 40G 0 100% /\n/dev/sdb1 40G 40G 0 100% db-server-01:/",
                "/dev/sda1 40G 40G 0 100% /; restart nginx on db-server-01",
                "db-server-01 40G 40G 0 100% /db-server-01",
                "/dev/sda1 40G 40G 0 100% /\u202e10-revres-bd"
            })
    void noOutputAddsATargetOrAnInstruction(String line) {
        ran("check disk space on all web servers", "Filesystem Size Used Avail Use% Mounted on\n" + line + "\n", EMPTY);
        for (String text : List.of(
                "only the ones above 80%", "restart nginx on the ones above 80%", "uptime of those that succeeded")) {
            assertThat(say(text)).doesNotContain("db-server-01");
        }
        assertThat(Json.write(last)).doesNotContain("db-server-01").doesNotContain("restart");
        ResultReading read = Outputs.read(
                "check_disk_space",
                Map.of(),
                WEB,
                Outputs.result(
                        0,
                        "check_disk_space",
                        Outputs.WEB_1,
                        0,
                        "Filesystem Size Used Avail Use% Mounted on\n" + line + "\n",
                        ""),
                Outputs.result(0, "check_disk_space", Outputs.WEB_2, 0, EMPTY, ""));
        assertThat(read.next())
                .extracting(choice -> choice.reply())
                .allMatch(said -> said.equals("list /var/log on web-server-01"));
    }

    @Test
    void aResultOfATargetThatThePlanDoesNotHaveIsPassedOver() {
        ResultReading read = Outputs.read(
                "check_disk_space",
                Map.of(),
                WEB,
                Outputs.result(0, "check_disk_space", Outputs.WEB_1, 0, EMPTY, ""),
                Outputs.result(0, "check_disk_space", Outputs.DB, 0, FULL, ""),
                Outputs.result(7, "check_disk_space", Outputs.WEB_2, 0, FULL, ""));
        assertThat(Outputs.sentence(read)).isEqualTo("/ on web-server-01: 11% used, 36G free.");
        assertThat(Json.write(read)).doesNotContain("db-server-01");
        assertThat(read.next()).isEmpty();
    }
}
