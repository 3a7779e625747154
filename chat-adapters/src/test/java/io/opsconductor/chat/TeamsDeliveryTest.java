package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.TeamsPerson;
import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    void whoeverPressesIsAnsweredInTimeThoughMicrosoftIsNotAndIsToldTheRestLater() {
        home.teams.tokens().life(1);
        Conversation channel = home.channel();
        TeamsPerson carol = home.person("carol", "user", TeamsHome.TENANT).joins(channel);
        Posted card = home.card(channel);
        home.teams.tokens().revokeAll();
        home.teams.silent(true);
        long begun = System.nanoTime();
        CompletableFuture<JsonNode> form = later(() -> carol.task(
                "task/fetch",
                channel,
                card,
                TeamsHome.button(card.card(), "Deny").path("data")));
        CompletableFuture<JsonNode> view = later(() -> carol.looksAt(channel, card));
        CompletableFuture<JsonNode> press =
                later(() -> carol.executes(channel, card, TeamsHome.button(card.card(), "Approve")));
        assertThat(form.join().path("task").path("value").asText()).contains("Please try again");
        assertThat(view.join().path("statusCode").asInt()).isIn(403, 504);
        assertThat(press.join().path("value").asText()).contains("I am working on it");
        // Teams itself would have told of a bot that does not answer, by then.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
        home.teams.silent(false);
        home.await(
                channel,
                post -> post.card().toString().contains("carol: ")
                        && post.card().toString().contains("may not approve"));
        assertThat(home.runner.executions()).isZero();
    }

    @Test
    void aPressThatIsBroughtAgainWhileItIsWorkedOnTakesNobodysAnswerAway() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        ObjectNode press = home.bob.executing(channel, card, TeamsHome.button(card.card(), "Approve"), "manual");
        home.teams.silent(true);
        CompletableFuture<JsonNode> one = later(() -> home.bob.deliver(press));
        CompletableFuture<JsonNode> other = later(() -> home.bob.deliver(press));
        CompletableFuture.anyOf(one, other).join();
        home.teams.silent(false);
        assertThat(List.of(
                        one.join().path("type").asText(),
                        other.join().path("type").asText()))
                .containsExactlyInAnyOrder(
                        "application/vnd.microsoft.card.adaptive", "application/vnd.microsoft.activity.message");
        home.runner.arrived().ended(ExecutionStatus.SUCCEEDED, "done");
    }

    private static CompletableFuture<JsonNode> later(Supplier<TeamsPerson.Answer> call) {
        return CompletableFuture.supplyAsync(
                () -> call.get().body(), run -> Thread.ofVirtual().start(run));
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
    void whatExpiresWhileTheChatbotIsAwayIsToldInItsPlaceAfterItsStart() {
        home.runner.rules(
                Rules.someoneElse().approvedBy(TeamsHome.identity(home.bob)).expiringAfter(Duration.ofSeconds(2)));
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        home.chatbot.stop();
        home.chatbot.startAgain();
        home.await(
                channel,
                post -> post.id().equals(card.id())
                        && post.card().toString().contains("Expired")
                        && !TeamsHome.hasButton(post.card(), "Approve"));
        assertThat(home.runner.executions()).isZero();
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

    @Test
    void whatIsToldKeepsItsOrderThoughTeamsAsksToWaitAndFailsAndLosesAnswers() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        ScriptedExecution execution = home.runner.arrived();
        home.teams.failCalls(1);
        home.teams.throttle(1, 1);
        home.teams.loseAnswers(1);
        for (int line = 0; line < 3; line++) {
            execution.finished("web-server-0" + line, ("output " + line + " \"\n").repeat(2_000));
        }
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        home.await(channel, post -> post.card().toString().contains("Output of web-server-02"));
        List<String> order = channel.posts().stream()
                .map(post -> post.card().toString())
                .flatMap(post -> Stream.of(
                                "\"Run again\"",
                                "Output of web-server-00",
                                "Output of web-server-01",
                                "Output of web-server-02")
                        .filter(post::contains))
                .distinct()
                .toList();
        assertThat(order)
                .containsExactly(
                        "\"Run again\"",
                        "Output of web-server-00",
                        "Output of web-server-01",
                        "Output of web-server-02");
        assertThat(home.teams.throttled()).isPositive();
    }
}
