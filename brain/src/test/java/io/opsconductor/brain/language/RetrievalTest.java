package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.eval.PlausibleTools;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.ToolIndex.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How tools are found by words that are not theirs. */
class RetrievalTest {
    private static final int ALL = 10_000;

    private static String say(String text) {
        return new Understanding(Understanding.shipped()).say(text).brief();
    }

    @Test
    void aThingToBeGotIntoAStateIsAskedFor() {
        assertThat(say("can we get nginx restarted on web-01"))
                .isEqualTo("restart_service service=nginx @ web-server-01");
        assertThat(say("please have the nginx service restarted on web-01"))
                .isEqualTo("restart_service service=nginx @ web-server-01");
    }

    @Test
    void whetherItWasDoneIsNoRequestToDoIt() {
        for (String question : List.of(
                "have you restarted nginx on web-01",
                "has nginx been restarted on web-01",
                "did we get nginx restarted on web-01",
                "is it true that you have nginx restarted on web-01")) {
            assertThat(say(question)).as(question).doesNotContain("restart_service");
        }
    }

    @Test
    void whetherAnAddressWorksIsFoundOutInOneWay() {
        assertThat(say("does https://www.example.org work")).isEqualTo("http_check url=https://www.example.org");
        assertThat(say("is port 443 open on example.org and does https://www.example.org work"))
                .isEqualTo("tcp_port_check host=example.org port=443 ; http_check url=https://www.example.org");
    }

    @Test
    void whatIsWrongWithAThingSaysWhatTheBareVerbIsFor() {
        assertThat(say("nginx on web-01 hangs, please restart"))
                .isEqualTo("restart_service service=nginx @ web-server-01");
    }

    @Test
    void whatCanBeDoneWithAThingIsTheVerb() {
        assertThat(say("is edge.example.com pingable")).isEqualTo("ping target=edge.example.com");
        assertThat(Stems.stem("reachable")).isEqualTo(Stems.stem("reach"));
        assertThat(Stems.stem("table")).isEqualTo("tabl");
    }

    @Test
    void anAddressOffersTheToolThatTakesItWhereTheWordsMeanAnother() {
        assertThat(say("is https://docs.example.com any slower")).isEqualTo("ask tool");
    }

    @Test
    void aToolForWhatTheInventoryHasNoneOfIsNotThoughtOf() {
        Knowledge fleet = new Knowledge(Understanding.withToolsForAFleet(), Understanding.directory());
        assertThat(new Understanding(fleet).say("list the pods").brief()).doesNotContain("k8s");
        assertThat(fleet.tools().tools()).anyMatch(tool -> tool.platforms().contains("kubernetes"));
        assertThat(fleet.reachable())
                .noneMatch(tool -> tool.platforms().contains("kubernetes"))
                .noneMatch(tool -> tool.platforms().contains("postgresql"))
                .anyMatch(tool -> tool.platforms().contains("windows"));
    }

    @Test
    void theBestFewAreTheSameAsTheFirstOfAll() {
        Knowledge knowledge =
                new Knowledge(PlausibleTools.beside(Understanding.shippedTools(), 400), Understanding.directory());
        Index index = new Indexes(Language.english()).of(knowledge);
        for (String text : List.of(
                "check disk space on web-01",
                "list the jobs of docker on db-server-01",
                "count sessions",
                "delete all redis tokens named nightly",
                "is postgresql running on db-server-01",
                "what about the replicas of the firewall")) {
            List<Fit> all = index.tools().rank(index.read(text), ALL);
            for (int most : List.of(1, 3, 30)) {
                assertThat(index.tools().rank(index.read(text), most))
                        .as(text)
                        .isEqualTo(all.subList(0, Math.min(most, all.size())));
            }
            assertThat(index.tools().coverage(index.read(text)))
                    .isEqualTo(all.stream().mapToDouble(Fit::coverage).max().orElse(0));
        }
    }

    @Test
    void aTextIsReadOnceForAllStages() {
        Index index = new Indexes(Language.english()).of(Understanding.shipped());
        assertThat(index.read("check disk space on web-01")).isSameAs(index.read("check disk space on web-01"));
        assertThat(index.read("disk", "de")).isNotSameAs(index.read("disk", "en"));
    }

    private static String sayAmongAll(String text) {
        return new Understanding(new Knowledge(Understanding.withEveryTool(), Understanding.directory()))
                .say(text)
                .brief();
    }

    @Test
    void aRequestThatIsPutAsAnExampleGivesItsNamesToTheOpenPlaces() {
        assertThat(sayAmongAll("install tcpdump on web-01"))
                .isEqualTo("install_package package=tcpdump @ web-server-01");
    }

    @Test
    void severalThingsAreNoOrder() {
        assertThat(sayAmongAll("dns settings of web-01")).isEqualTo("dns_settings @ web-server-01");
    }

    @Test
    void whatNoToolChangesIsRefusedAndNotAskedAbout() {
        assertThat(sayAmongAll("grow the /var filesystem of web-01 by 20 GB")).startsWith("refuse");
        assertThat(sayAmongAll("power off all web servers")).startsWith("refuse");
        assertThat(sayAmongAll("take a vm snapshot of web-01 before the upgrade"))
                .startsWith("refuse");
    }

    @Test
    void questionsAboutNothingOfOursAreRefused() {
        assertThat(sayAmongAll("who won the match last night")).startsWith("refuse");
        assertThat(sayAmongAll("who is on call this week")).startsWith("refuse");
    }

    @Test
    void whoAsksForAChangeMeansEveryWord() {
        assertThat(sayAmongAll("upgrade the kernel on db-01")).isEqualTo("refuse no_tool");
        assertThat(sayAmongAll("delete everything in /var on web-01")).doesNotStartWith("delete_file");
    }
}
