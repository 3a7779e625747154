package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.plan.ExecutionStatus;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long outputs: a file in a talk between two, pages where Teams has no files of bots. */
final class TeamsFilesTest {
    private static final String OUTPUT = IntStream.range(0, 1_000)
            .mapToObj(n -> "line " + n + " of what it says")
            .collect(Collectors.joining("\n"));

    @TempDir
    private static Path directory;

    private static TeamsHome home;

    @BeforeAll
    static void start() {
        home = new TeamsHome(directory);
        home.runner.rules(Rules.nobody());
    }

    @AfterAll
    static void stop() {
        home.close();
    }

    private static void runs() throws InterruptedException {
        ScriptedExecution execution = home.runner.arrived();
        execution.finished("web-server-01", OUTPUT);
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
    }

    private static Posted question(Conversation talk, Posted output) {
        home.alice.executes(talk, output, TeamsHome.button(output.card(), "Show all of it"));
        return home.await(
                talk,
                post -> post.card().has("acceptContext")
                        && Long.parseLong(post.id()) > Long.parseLong(output.id())
                        && home.teams.uploaded().isEmpty());
    }

    @Test
    void inATalkBetweenTwoAWholeOutputIsAFileOnceThePersonAgrees() throws InterruptedException {
        Conversation talk = home.alice.talk();
        home.alice.says("check disk space on web-server-01");
        runs();
        Posted output = home.await(talk, post -> TeamsHome.hasButton(post.card(), "Show all of it"));

        Posted question = question(talk, output);
        assertThat(question.activity().path("attachments").path(0).path("name").asText())
                .isEqualTo("web-server-01-check_disk_space-1.txt");
        home.alice.consents(talk, question, false, "");
        home.await(
                talk,
                post -> post.id().equals(question.id())
                        && post.card().toString().contains("was not stored"));

        Posted second = again(talk, output, question);
        home.alice.consents(talk, second, true, "http://files.example.com/session");
        home.await(talk, post -> post.card().toString().contains("The file could not be stored"));
        assertThat(home.teams.uploaded()).isEmpty();

        home.alice.consents(talk, second, true, home.teams.uploadUrl("output.txt"));
        home.await(
                talk,
                post -> post.id().equals(second.id()) && post.card().toString().contains("is among your files now"));
        assertThat(home.teams.uploaded()).containsEntry("output.txt", OUTPUT);
        home.await(talk, post -> post.card().path("uniqueId").asText().equals("file-1"));
    }

    private static Posted again(Conversation talk, Posted output, Posted before) {
        home.alice.executes(talk, output, TeamsHome.button(output.card(), "Show all of it"));
        return home.await(
                talk, post -> post.card().has("acceptContext") && !post.id().equals(before.id()));
    }

    @Test
    void aConsentThatWasForwardedStoresNothing() throws InterruptedException {
        Conversation talk = home.bob.talk();
        home.bob.says("check disk space on web-server-01");
        runs();
        Posted output = home.await(talk, post -> TeamsHome.hasButton(post.card(), "Show all of it"));
        home.bob.executes(talk, output, TeamsHome.button(output.card(), "Show all of it"));
        Posted question = home.await(talk, post -> post.card().has("acceptContext"));
        Conversation elsewhere = home.channel();
        Posted forwarded = new Posted("1", elsewhere.id() + ";messageid=1", question.activity(), List.of(), false);
        assertThat(home.alice
                        .consents(elsewhere, forwarded, true, home.teams.uploadUrl("stolen.txt"))
                        .status())
                .isEqualTo(200);
        home.alice.mentions(elsewhere, "help");
        home.await(elsewhere, post -> post.card().toString().contains("check disk space"));
        assertThat(home.teams.uploaded()).doesNotContainKey("stolen.txt");
    }

    @Test
    void inAChannelTheWholeOutputComesOnPages() throws InterruptedException {
        Conversation channel = home.channel();
        home.alice.mentions(channel, "check disk space on web-server-01");
        runs();
        Posted output = home.await(channel, post -> TeamsHome.hasButton(post.card(), "Show all of it"));
        home.alice.executes(channel, output, TeamsHome.button(output.card(), "Show all of it"));
        home.await(channel, post -> post.card().toString().contains("line 999 of what it says"));
        assertThat(channel.posts()).noneMatch(post -> post.card().has("acceptContext"));
    }

    /** In any scope: a picture travels in its message. */
    @Test
    void aPictureStandsBetweenAResultAndItsOutputsWhereverItIs() throws Exception {
        Conversation group = home.teams.conversation("19:crew@thread.v2", Conversation.Kind.GROUP, TeamsHome.TENANT);
        home.alice.joins(group);
        List<Conversation> places = List.of(home.alice.talk(), group, home.channel());
        home.alice.says("ping 10.0.0.5");
        home.alice.mentions(group, "ping 10.0.0.5");
        home.alice.mentions(places.getLast(), "ping 10.0.0.5");
        for (int at = 0; at < places.size(); at++) {
            ScriptedExecution execution = home.runner.arrived();
            execution.finished("runner", """
                    64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=0.41 ms
                    64 bytes from 10.0.0.5: icmp_seq=2 ttl=64 time=0.52 ms
                    64 bytes from 10.0.0.5: icmp_seq=3 ttl=64 time=0.43 ms

                    3 packets transmitted, 3 received, 0% packet loss, time 2003ms
                    """);
            execution.ended(ExecutionStatus.SUCCEEDED, "done");
        }
        for (Conversation place : places) {
            Posted output = home.await(place, post -> post.card().toString().contains("Output of runner"));
            Posted picture = home.await(place, TeamsFilesTest::isPicture);
            Posted result = home.await(
                    place,
                    post -> TeamsHome.hasButton(post.card(), "Run again")
                            && post.card().toString().contains("Ping 10.0.0.5"));
            assertThat(List.of(result, picture, output))
                    .isSortedAccordingTo(Comparator.comparingLong(post -> Long.parseLong(post.id())));
            assertThat(picture.conversation()).isEqualTo(result.conversation());
            JsonNode image = picture.card().path("body").path(0);
            assertThat(image.path("altText").asText()).contains("10.0.0.5");
            byte[] png = Base64.getDecoder().decode(image.path("url").asText().replaceFirst(".*,", ""));
            assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(1_024);
        }
    }

    private static boolean isPicture(Posted post) {
        return post.card().path("body").path(0).path("type").asText().equals("Image");
    }
}
