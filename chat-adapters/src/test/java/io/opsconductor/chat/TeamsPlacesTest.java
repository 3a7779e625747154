package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.plan.ExecutionStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are edited and deleted, and places that are renamed, removed and come back. */
final class TeamsPlacesTest {
    @TempDir
    private static Path directory;

    private static TeamsHome home;

    @BeforeAll
    static void start() {
        home = new TeamsHome(directory);
    }

    @AfterAll
    static void stop() {
        home.close();
    }

    private static ObjectNode later(ObjectNode message, String type, String event, String text) {
        ObjectNode later = message.deepCopy().put("type", type).put("text", text);
        ((ObjectNode) later.path("channelData")).put("eventType", event);
        return later;
    }

    @Test
    void anEditedOrDeletedRequestIsNotTakenAgainAndItsWriterIsToldSo() throws InterruptedException {
        Conversation channel = home.channel();
        ObjectNode asked = home.alice.mentioning(channel, "restart nginx on web-server-01");
        home.alice.deliver(asked);
        Posted card = home.await(channel, post -> post.card().toString().contains("restart_service"));
        home.alice.deliver(later(asked, "messageUpdate", "editMessage", "<at>OpsConductor</at> restart everything"));
        home.await(channel, post -> post.card().toString().contains("the edited one is not taken"));
        home.alice.deliver(later(asked, "messageDelete", "softDeleteMessage", ""));
        home.await(channel, post -> post.card().toString().contains("before you deleted it"));
        home.alice.deliver(later(
                asked, "messageUpdate", "undeleteMessage", asked.path("text").asText()));
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        home.runner.arrived().ended(ExecutionStatus.SUCCEEDED, "done");
        assertThat(channel.posts())
                .filteredOn(post -> post.card().toString().contains("restart_service"))
                .hasSize(1);
        assertThat(channel.posts()).allMatch(post -> post.conversation().equals(card.conversation()));
    }

    @Test
    void whatNobodyAskedUsIsEditedAndDeletedWithoutAWord() {
        Conversation channel = home.channel();
        ObjectNode talk = home.alice.message(channel, channel.id() + ";messageid=77", "lunch?");
        home.alice.deliver(talk);
        home.alice.deliver(later(talk, "messageUpdate", "editMessage", "dinner?"));
        home.alice.deliver(later(talk, "messageDelete", "softDeleteMessage", ""));
        home.alice.mentions(channel, "help");
        home.await(channel, post -> post.card().toString().contains("check disk space"));
        assertThat(channel.posts()).hasSize(1);
    }

    @Test
    void aRenamedChannelIsTheSameOneAndADeletedOneIsLeftAloneUntilItComesBack() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        home.alice.deliver(channelEvent(channel, "channelRenamed"));
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        ScriptedExecution execution = home.runner.arrived();
        home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("approved by"));
        home.alice.deliver(channelEvent(channel, "channelDeleted"));
        home.teams.installed(channel, false);
        // What is delivered after it is worked on after it.
        Conversation other = home.channel();
        home.card(other);
        int calls = calls(channel);
        execution.finished("web-server-01", "it is back");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        home.card(other);
        assertThat(calls(channel)).isEqualTo(calls);
        home.teams.installed(channel, true);
        home.alice.deliver(channelEvent(channel, "channelRestored"));
        Posted output = home.await(channel, post -> post.card().toString().contains("it is back"));
        assertThat(output.conversation()).isEqualTo(card.conversation());
    }

    private static ObjectNode channelEvent(Conversation channel, String event) {
        ObjectNode told = home.alice.activity("conversationUpdate", channel, channel.id());
        ((ObjectNode) told.path("channelData")).put("eventType", event);
        ((ObjectNode) told.path("channelData").path("channel")).put("name", "Operations");
        return told;
    }

    private static int calls(Conversation channel) {
        String id = channel.id().substring(0, channel.id().indexOf('@')).replace(":", "%3A");
        return (int)
                home.teams.calls().stream().filter(call -> call.contains(id)).count();
    }

    @Test
    void inAGroupAMentionIsAnsweredInTheTalkItself() throws InterruptedException {
        Conversation group = home.teams.conversation("19:group1@thread.v2", Conversation.Kind.GROUP, TeamsHome.TENANT);
        home.alice.joins(group);
        home.bob.joins(group);
        Posted card = home.card(group);
        assertThat(card.conversation()).isEqualTo(group.id());
        home.bob.executes(group, card, TeamsHome.button(card.card(), "Approve"));
        home.await(
                group,
                post -> post.id().equals(card.id()) && post.card().toString().contains("approved by"));
        home.runner.arrived().ended(ExecutionStatus.SUCCEEDED, "done");
    }
}
