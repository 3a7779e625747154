package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told in Teams when Teams is busy, answers nothing, or the chatbot was away. */
final class TeamsDeliveryTest {
    @TempDir
    private Path directory;

    private TeamsHome home;

    @BeforeEach
    void start() {
        home = new TeamsHome(directory);
    }

    @AfterEach
    void stop() {
        home.close();
    }

    @Test
    void aRequestToWaitIsHonouredAndNothingIsLostOrDoubled() {
        Conversation channel = home.channel();
        home.teams.throttle(2, 1);
        home.alice.mentions(channel, "restart nginx on web-server-01");
        home.await(channel, post -> post.card().toString().contains("restart_service"));
        assertThat(home.teams.throttled()).isEqualTo(2);
        assertThat(channel.posts())
                .filteredOn(post -> post.card().toString().contains("restart_service"))
                .hasSize(1);
    }

    @Test
    void aBadGatewayIsTriedAgain() {
        Conversation channel = home.channel();
        home.alice.mentions(channel, "help");
        home.await(channel, post -> post.card().toString().contains("check disk space"));
        home.teams.failCalls(2);
        Posted card = home.card(channel);
        assertThat(channel.posts())
                .filteredOn(post -> post.card().toString().contains("restart_service"))
                .containsExactly(card);
    }

    @Test
    void whatHappensWhileTheChatbotIsAwayIsToldInTheThreadAfterItsStart() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        ScriptedExecution execution = home.runner.arrived();
        home.chatbot.stop();
        execution.started("web-server-01");
        execution.finished("web-server-01", "it is back");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        home.chatbot.startAgain();
        Posted output = home.await(channel, post -> post.card().toString().contains("it is back"));
        assertThat(output.conversation()).isEqualTo(card.conversation());
        home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("Succeeded"));
    }

    @Test
    void whatCouldNotBeToldWhileTheAppWasRemovedIsToldWhenItComesBack() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        ScriptedExecution execution = home.runner.arrived();
        home.bob.deliver(home.bob
                .activity("conversationUpdate", channel, channel.id())
                .set("membersRemoved", Json.tree("[{\"id\":\"28:" + TeamsHome.APPLICATION + "\"}]")));
        execution.finished("web-server-01", "it is back");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        home.bob.deliver(home.bob
                .activity("conversationUpdate", channel, channel.id())
                .set("membersAdded", Json.tree("[{\"id\":\"28:" + TeamsHome.APPLICATION + "\"}]")));
        home.await(channel, post -> post.card().toString().contains("it is back"));
    }
}
