package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Messages that go on from what was planned last in their thread. */
class FollowUpTest {
    private final Understanding chat = new Understanding(Understanding.shipped());

    private String say(String text) {
        return chat.say(text).brief();
    }

    @Test
    void theSameElsewhereKeepsToolAndValues() {
        say("tail -n 20 /var/log/syslog on web-01");
        assertThat(say("same on web-02")).isEqualTo("tail_log path=/var/log/syslog lines=20 @ web-server-02");
        assertThat(say("and on db-01?")).isEqualTo("tail_log path=/var/log/syslog lines=20 @ db-server-01");
        assertThat(say("now 100 lines")).isEqualTo("tail_log path=/var/log/syslog lines=100 @ db-server-01");
        assertThat(say("once more")).isEqualTo("tail_log path=/var/log/syslog lines=100 @ db-server-01");
    }

    @Test
    void whatWasNamedIsCarriedIntoTheNextRequestOnlyWhereAWordRefersToIt() {
        say("is nginx running on web-01");
        assertThat(say("now restart it")).isEqualTo("restart_service service=nginx @ web-server-01");
        assertThat(say("and the memory there?")).isEqualTo("memory @ web-server-01");
        assertThat(say("check disk space")).isEqualTo("ask target");
    }

    @Test
    void whatTheMessageItselfNamesIsMeantFirst() {
        say("tail /var/log/syslog on web-01");
        assertThat(say("restart nginx on web-02 and check its status"))
                .isEqualTo(
                        "restart_service service=nginx @ web-server-02 ; service_status service=nginx @ web-server-02");
        say("list /etc/nginx on web-01");
        assertThat(say("now tail the log on web-02")).isEqualTo("ask path");
        say("show the top processes on web-01");
        assertThat(say("and the memory on db-01")).isEqualTo("memory @ db-server-01");
        say("show the top processes on web-01");
        assertThat(say("now sorted by memory")).isEqualTo("top_processes sort=mem @ web-server-01");
        say("ping 10.0.0.1");
        assertThat(say("https://example.com")).isEqualTo("http_check url=https://example.com");
    }

    @Test
    void theOthersAreTheOnesThatWereLeftOut() {
        say("restart nginx on web-01");
        assertThat(say("same for the other web servers")).isEqualTo("restart_service service=nginx @ web-server-02");
    }

    @Test
    void everyStepOfTheLastPlanIsMeant() {
        say("restart nginx on web-01, then check its status");
        assertThat(say("same on web-02"))
                .isEqualTo(
                        "restart_service service=nginx @ web-server-02 ; service_status service=nginx @ web-server-02");
    }

    @Test
    void nothingIsRepeatedThatWasNotPlanned() {
        assertThat(say("same on web-02")).isEqualTo("none");
        assertThat(say("again")).isEqualTo("none");
        say("restart nginx");
        say("never mind");
        assertThat(say("same on web-02")).isEqualTo("none");
    }

    @Test
    void anUnknownTargetIsAskedForAndNotLeftOut() {
        say("check disk space on web-01");
        assertThat(say("same on web-99")).isEqualTo("ask target");
        assertThat(say("web-02")).isEqualTo("check_disk_space @ web-server-02");
    }

    @Test
    void aChoiceByResultIsNotMadeUp() {
        say("check disk space on all web servers");
        assertThat(say("only the ones above 80%")).startsWith("refuse");
    }

    @Test
    void allOfAnUnclearNameAreThoseThatItMayMean() {
        assertThat(say("restart nginx on the web server")).isEqualTo("ask target");
        assertThat(say("both")).isEqualTo("restart_service service=nginx @ web-server-01,web-server-02");
        assertThat(say("restart nginx on the web server")).isEqualTo("ask target");
        assertThat(say("all")).isEqualTo("restart_service service=nginx @ web-server-01,web-server-02");
    }
}
