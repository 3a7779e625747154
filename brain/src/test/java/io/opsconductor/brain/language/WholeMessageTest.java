package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.planning.Planning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are one request although they could be cut, those that are not, and what a refusal offers. */
class WholeMessageTest {
    private static final Knowledge KNOWLEDGE = new Knowledge(
            Understanding.withToolsForLinux(), Understanding.shipped().targets());

    private static Outcome said(String text) {
        return new Understanding(KNOWLEDGE).say(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    who owns /etc/shadow on web-server-01 and when was it modified | file_info path=/etc/shadow @ web-server-01
                    is somebody brute forcing ssh on web-server-01? show the failed attempts | failed_logins @ web-server-01
                    """, delimiter = '|')
    void twoPartsForOneToolAreOneRequest(String text, String plan) {
        Outcome outcome = said(text);
        assertThat(outcome.brief()).isEqualTo(plan);
        assertThat(((Outcome.Worked) outcome).choices()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check whether nginx runs on web-server-01 and if not restart it",
                "show the memory of web-server-01 and encrypt the disk"
            })
    void nothingThatMayBeAnOrderIsLeftOut(String text) {
        assertThat(((Outcome.Worked) said(text)).planning()).as(text).isNotInstanceOf(Planning.Planned.class);
    }

    @Test
    void twoOrdersStayTwoAlsoInWordsOfOneMeaning() {
        assertThat(said("restart nginx; reboot on web-server-01").brief())
                .isEqualTo("restart_service service=nginx @ web-server-01 ; reboot_machine @ web-server-01");
    }

    @Test
    void twoThingsOfOneKindStayTwo() {
        assertThat(said("status of nginx on web-server-01 and of cron on web-server-02")
                        .brief())
                .isEqualTo(
                        "service_status service=nginx @ web-server-01 ; service_status service=cron @ web-server-02");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    memory of web-server-01: and the disk          | memory @ web-server-01 ; check_disk_space @ web-server-01
                    db-server-01 is slow: memory and uptime please | memory @ db-server-01 ; uptime_load @ db-server-01
                    nginx on web-server-01: status                 | service_status service=nginx @ web-server-01
                    """, delimiter = '|')
    void whatStandsBeforeAColonIsAskedForOrSaysWhatItIsAbout(String text, String plan) {
        assertThat(said(text).brief()).isEqualTo(plan);
    }

    @Test
    void aStrangeNameBesideATargetIsAValueUnlessItMayBeATargetThatIsMisspelt() {
        assertThat(said("show the logs of the container redis-cache on web-server-01")
                        .brief())
                .isEqualTo("container_logs container=redis-cache @ web-server-01");
        assertThat(said("show the container logs on web-server-01 and web-servr-02")
                        .brief())
                .doesNotContain("container=");
    }

    @Test
    void aQuestionIsNoOrderBecauseItIsPutLikeAnExample() {
        assertThat(said("did nginx restart on web-server-01?").brief()).doesNotContain("restart_service");
    }

    @Test
    void aRefusalOffersTheNearestToolsForTheSameTargets() {
        Planning planning = ((Outcome.Worked) said("encrypt the disk space of web-server-01")).planning();
        assertThat(planning).isInstanceOfSatisfying(Planning.Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("no_tool");
            assertThat(refusal.choices())
                    .extracting(Choice::reply)
                    .contains("tool: check_disk_space on web-server-01")
                    .hasSizeLessThanOrEqualTo(3);
        });
    }
}
