package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.ToolListing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said when nothing is planned, and how a plan is put in words. */
class RefusalTest {
    private static Outcome say(String text) {
        return new Understanding(Understanding.shipped()).say(text);
    }

    private static Planning planning(String text) {
        return new Understanding(Understanding.shipped()).planning(text);
    }

    private static Planning.Refusal refusal(String text) {
        return (Planning.Refusal) planning(text);
    }

    private static String summary(String text) {
        return ((Planning.Planned) planning(text)).summary();
    }

    @Test
    void unknownTargetIsRefusedWithTheNearestNamesAndACorrectedRequest() {
        Planning.Refusal refusal = refusal("check disk on web-sever-01 and memory");
        assertThat(refusal.text()).isEqualTo("No target of the inventory is called \"web-sever-01\".");
        assertThat(refusal.hint()).isEqualTo("Did you mean web-server-01 or web-server-02?");
        assertThat(refusal.choices().getFirst())
                .isEqualTo(new Choice("web-server-01", "check disk on web-server-01, then memory"));
    }

    @Test
    void lookAlikeLettersNeverResolve() {
        for (String name : List.of(
                "web-server-0\u0661", "w\u0435b-server-01", "web\u2011server\u201101", "web-server-\uff10\uff11")) {
            assertThat(say("check disk on " + name).brief()).as(name).isEqualTo("refuse unknown_target");
            assertThat(refusal("check disk on " + name).hint()).contains("web-server-0");
        }
        assertThat(say("check dis\u212a on web-server-01").brief()).isNotEqualTo("check_disk_space @ web-server-01");
    }

    @Test
    void shellSyntaxIsNamed() {
        assertThat(refusal("tail /var/log/syslog; rm -rf /").text())
                .isEqualTo(
                        "I did not run any of that: \"-rf\" looks like shell syntax, and I run tools, not shell lines.");
        assertThat(refusal("ping $(id)").text()).contains("\"$(id)\"");
        assertThat(refusal("ping 8.8.8.8\u202e").text()).contains("\"U+202E\"");
    }

    @Test
    void requestWithoutAToolIsRefusedHonestly() {
        Planning.Refusal refusal = refusal("delete the database on db-server-01");
        assertThat(refusal.code()).isEqualTo("no_tool");
        assertThat(refusal.text())
                .isEqualTo("There is no tool for \"delete the database on db-server-01\", so nothing was planned.");
    }

    @Test
    void conditionsAndSchedulesAreNotLeftOut() {
        assertThat(refusal("restart nginx on web-server-01 if it is down").text())
                .contains("\"if it is down\"");
        assertThat(refusal("check disk on web-server-01 every 5 minutes").text())
                .contains("\"every 5 minutes\"");
    }

    @Test
    void valueWithoutAPlaceIsRefusedForAChangeAndNamedForALook() {
        assertThat(refusal("restart nginx on web-server-01 /etc/nginx").code()).isEqualTo("unused_value");
        assertThat(summary("check memory of nginx on web-server-01"))
                .isEqualTo("Memory on web-server-01 (\"nginx\" has no place in it)");
    }

    @Test
    void tooManyStepsAreRefused() {
        String services = "nginx, cron, sshd, redis, mysql, docker, postfix";
        assertThat(refusal("check status of " + services + " on web-01, then restart " + services
                                + " on web-01, then restart " + services + " on web-02")
                        .code())
                .isEqualTo("too_many_steps");
    }

    @Test
    void planIsSaidInOneSentence() {
        assertThat(summary("restart nginx on all web servers, then check its status"))
                .isEqualTo("Restart service nginx on web-server-01 and web-server-02, "
                        + "then service status nginx on web-server-01 and web-server-02");
        assertThat(summary("ping google.com and 8.8.8.8")).isEqualTo("Ping google.com and 8.8.8.8");
        assertThat(summary("last 100 lines of /var/log/syslog on db-01"))
                .isEqualTo("Tail log /var/log/syslog lines 100 on db-server-01");
        assertThat(summary("restart nginx on all web servers one at a time"))
                .isEqualTo("Restart service nginx on web-server-01 and web-server-02, one at a time");
    }

    @Test
    void whatIsNotForUsIsAnsweredWithThingsToAsk() {
        Outcome poem = say("write me a poem");
        Outcome pizza = say("order a pizza on friday");
        assertThat(reply(poem)).contains("\"").isNotEqualTo(reply(pizza));
        assertThat(reply(say("x".repeat(5_000))))
                .startsWith("That message is 5000 characters long; I read at most 4000.");
        assertThat(reply(say("  \n "))).startsWith("There was nothing in that message.");
    }

    private static String reply(Outcome outcome) {
        return ((Intent.NotForUs) ((Outcome.Said) outcome).intent()).reply();
    }

    @Test
    void everyExampleOfAReplyCanBeAsked() {
        for (int i = 0; i < 40; i++) {
            String reply = reply(say("tell me joke number " + i));
            for (String example : reply.split("\"", -1)[1].split("\n", -1)) {
                assertThat(say(example).brief()).as(example).doesNotMatch("(refuse|none).*");
            }
        }
    }

    @Test
    void toolsAreListedWithAnExampleEach() {
        String listing = new ToolListing(Language.english()).text(Understanding.shippedTools(), Language.ENGLISH);
        assertThat(listing)
                .contains("Look, change nothing:")
                .contains("\nChange something:\n- Restart service: ")
                .contains("- DNS lookup: ")
                .contains("\"check disk space on web-server-01\"");
    }
}
