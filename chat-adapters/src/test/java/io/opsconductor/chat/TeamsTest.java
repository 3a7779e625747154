package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.chat.teams.command.PackagedManifest;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.TeamsPerson;
import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chatbot in Teams: asked, shown, decided, run and told there. */
final class TeamsTest {
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

    @Test
    void anApprovedPlanRunsAndItsResultComesIntoTheThread() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        assertThat(card.conversation()).contains(";messageid=");
        assertThat(card.card().toString()).contains("restart_service").contains("Waiting for approval");
        TeamsPerson.Answer answer = home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("type").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(TeamsHome.hasButton(answer.body().path("value"), "Approve")).isFalse();
        ScriptedExecution execution = home.runner.arrived();
        assertThat(execution.request().attestations().getFirst().statement().approver())
                .isEqualTo(TeamsHome.identity(home.bob));
        execution.started("web-server-01");
        execution.finished("web-server-01", "nginx is *active* <now>");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        Posted output = home.await(channel, post -> post.card().toString().contains("nginx is *active* <now>"));
        assertThat(output.conversation()).isEqualTo(card.conversation());
        // The card changed in its place, for everybody.
        Posted after = home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("Succeeded"));
        assertThat(after.changes()).isNotEmpty();
        assertThat(TeamsHome.hasButton(after.card(), "Approve")).isFalse();
    }

    @Test
    void aPersonalTalkIsAnsweredThere() {
        home.alice.says("help");
        home.await(home.alice.talk(), post -> post.card().toString().contains("check disk space"));
    }

    @Test
    void theCardCallsWhoMayApproveAndTheResultCallsWhoeverAsked() throws InterruptedException {
        Conversation channel = home.channel();
        home.bob.mentions(channel, "help");
        home.await(channel, post -> post.card().toString().contains("check disk space"));
        Posted card = home.card(channel);
        assertThat(called(card)).containsExactly("29:bob");
        assertThat(card.card().toString()).contains("For <at>bob</at>");
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        ScriptedExecution execution = home.runner.arrived();
        execution.started("web-server-01");
        Posted progress = home.await(channel, post -> post.card().toString().contains("0 of 1 done"));
        execution.finished("web-server-01", "nginx is back");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        Posted result = home.await(channel, post -> called(post).contains("29:alice"));
        // Teams calls nobody when a message is changed, so the result is a message of its own.
        assertThat(result.changes()).isEmpty();
        assertThat(Long.parseLong(result.id())).isGreaterThan(Long.parseLong(progress.id()));
        assertThat(result.card().toString()).contains("For <at>alice</at>").contains("Succeeded");
        Posted ended = home.await(
                channel,
                post -> post.id().equals(progress.id())
                        && post.card().toString().contains("The result stands below."));
        assertThat(TeamsHome.hasButton(ended.card(), "Cancel")).isFalse();
        // Whoever decided needs no calling any more.
        Posted after = home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("Succeeded"));
        assertThat(called(after)).isEmpty();
    }

    private static List<String> called(Posted post) {
        return post.card().path("msteams").path("entities").findValuesAsText("id");
    }

    @Test
    void inATalkBetweenTwoNobodyIsCalled() throws InterruptedException {
        Conversation talk = home.alice.talk();
        home.alice.says("restart nginx on web-server-02");
        Posted card = home.await(
                talk, post -> TeamsHome.waits(post) && post.card().toString().contains("web-server-02"));
        Posted told = home.await(
                home.bob.talk(),
                post -> TeamsHome.waits(post) && post.card().toString().contains("web-server-02"));
        home.bob.executes(home.bob.talk(), told, TeamsHome.button(told.card(), "Approve"));
        ScriptedExecution execution = home.runner.arrived();
        execution.finished("web-server-02", "nginx is back there");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        home.await(talk, post -> post.card().toString().contains("nginx is back there"));
        assertThat(card.card().toString()).doesNotContain("<at>");
        assertThat(talk.posts()).allMatch(post -> called(post).isEmpty());
    }

    @Test
    void anActionThatIsBroughtTwiceCountsOnceAndSoDoesOneThatIsPressedAgain() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        ObjectNode press = home.bob.executing(channel, card, TeamsHome.button(card.card(), "Approve"), "manual");
        assertThat(home.bob.deliver(press).body().path("type").asText())
                .isEqualTo("application/vnd.microsoft.card.adaptive");
        home.runner.arrived().ended(ExecutionStatus.SUCCEEDED, "done");
        home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("Succeeded"));
        int executions = home.runner.executions();
        assertThat(home.bob.deliver(press).body().path("value").asText()).contains("That was pressed before");
        JsonNode again = home.bob
                .executes(channel, card, TeamsHome.button(card.card(), "Approve"))
                .body();
        assertThat(again.path("value").asText()).startsWith("Not done:");
        assertThat(home.runner.executions()).isEqualTo(executions);
    }

    @Test
    void whoMayNotApproveIsToldWhyAndNothingRuns() {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        int before = home.runner.executions();
        TeamsPerson.Answer answer = home.alice.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        assertThat(answer.body().path("type").asText()).isEqualTo("application/vnd.microsoft.activity.message");
        assertThat(answer.body().path("value").asText()).contains("may not approve");
        assertThat(home.runner.executions()).isEqualTo(before);
    }

    @Test
    void approversAndTheRequesterSeeTheirOwnViewOfACard() {
        Conversation channel = home.channel();
        home.bob.mentions(channel, "help");
        home.await(channel, post -> post.card().toString().contains("check disk space"));
        Posted card = home.card(channel);
        assertThat(card.card().path("refresh").path("userIds").toString())
                .contains("29:alice")
                .contains("29:bob");
        JsonNode forBob = home.bob.looksAt(channel, card).body().path("value");
        assertThat(TeamsHome.hasButton(forBob, "Approve")).isTrue();
        assertThat(TeamsHome.hasButton(forBob, "Withdraw")).isFalse();
        JsonNode forAlice = home.alice.looksAt(channel, card).body().path("value");
        assertThat(TeamsHome.hasButton(forAlice, "Approve")).isFalse();
        assertThat(TeamsHome.hasButton(forAlice, "Withdraw")).isTrue();
    }

    @Test
    void aDenialAsksForAReasonAndSaysIt() {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        JsonNode form = home.bob
                .task(
                        "task/fetch",
                        channel,
                        card,
                        TeamsHome.button(card.card(), "Deny").path("data"))
                .body()
                .path("task");
        assertThat(form.path("type").asText()).isEqualTo("continue");
        ObjectNode filled = TeamsHome.button(form.path("value").path("card").path("content"), "Deny")
                .path("data")
                .deepCopy();
        home.bob.task("task/submit", channel, card, filled.put("reason", "not during the sale"));
        home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("ot during the sale"));
    }

    @Test
    void theRequesterEditsAPlanInAForm() {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        JsonNode content = home.alice
                .task(
                        "task/fetch",
                        channel,
                        card,
                        TeamsHome.button(card.card(), "Edit").path("data"))
                .body()
                .path("task")
                .path("value")
                .path("card")
                .path("content");
        ObjectNode filled =
                TeamsHome.button(content, "Replace the plan").path("data").deepCopy();
        for (JsonNode element : content.path("body")) {
            if (element.path("id").asText().startsWith("field:")) {
                filled.put(element.path("id").asText(), "haproxy");
            }
        }
        home.alice.task("task/submit", channel, card, filled);
        home.await(
                channel,
                post -> !post.id().equals(card.id()) && post.card().toString().contains("haproxy"));
    }

    @Test
    void aClientWithoutActionExecuteSubmitsTheSame() throws InterruptedException {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        JsonNode approve = TeamsHome.button(card.card(), "Approve");
        assertThat(approve.path("fallback").path("type").asText()).isEqualTo("Action.Submit");
        home.bob.submits(channel, card, approve.path("fallback").path("data"));
        ScriptedExecution execution = home.runner.arrived();
        execution.ended(ExecutionStatus.FAILED, "it did not");
        home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("Failed"));
    }

    @Test
    void aCardThatWasForwardedApprovesNothing() {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        Conversation elsewhere = home.channel();
        int before = home.runner.executions();
        ObjectNode forwarded = home.bob.executing(elsewhere, card, TeamsHome.button(card.card(), "Approve"), "manual");
        ((ObjectNode) forwarded.path("conversation")).put("id", elsewhere.id() + ";messageid=1");
        JsonNode answer = home.bob.deliver(forwarded).body();
        assertThat(answer.path("value").asText()).contains("does not belong to a plan of this conversation");
        assertThat(home.runner.executions()).isEqualTo(before);
    }

    @Test
    void theCardOfAnotherPlanApprovesNothing() {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        Posted other = home.card(home.channel());
        int before = home.runner.executions();
        JsonNode foreign = TeamsHome.button(other.card(), "Approve");
        JsonNode answer = home.bob.executes(channel, card, foreign).body();
        assertThat(answer.path("value").asText()).contains("does not belong to a plan of this conversation");
        ObjectNode mixed = TeamsHome.button(card.card(), "Approve").deepCopy();
        ((ObjectNode) mixed.path("data").path("ops"))
                .put("digest", foreign.path("data").path("ops").path("digest").asText());
        assertThat(home.bob.executes(channel, card, mixed).body().path("value").asText())
                .contains("its digest differs");
        ObjectNode unknown = mixed.deepCopy();
        ((ObjectNode) unknown.path("data").path("ops")).put("act", "fly");
        assertThat(home.bob
                        .executes(channel, card, unknown)
                        .body()
                        .path("value")
                        .asText())
                .contains("I do not know this button any more");
        assertThat(home.runner.executions()).isEqualTo(before);
    }

    @Test
    void aMessageThatIsDeliveredThriceIsTakenOnce() {
        Conversation channel = home.channel();
        ObjectNode message = home.alice.mentioning(channel, "restart nginx on web-server-01");
        for (int i = 0; i < 3; i++) {
            assertThat(home.alice.deliver(message).status()).isEqualTo(200);
        }
        home.await(channel, post -> post.card().toString().contains("restart_service"));
        // What is said next is answered after whatever a second taking would have said.
        home.alice.deliver(home.alice.mentioning(channel, "help").set("conversation", message.path("conversation")));
        home.await(channel, post -> post.card().toString().contains("check disk space"));
        assertThat(channel.posts())
                .filteredOn(post -> post.card().toString().contains("Waiting for approval"))
                .hasSize(1);
    }

    @Test
    void guestsAndStrangersAreNotHeard() {
        TeamsPerson guest = home.person("gus", "guest", TeamsHome.TENANT);
        guest.says("help");
        home.await(guest.talk(), post -> post.card().toString().contains("do not take requests from guests"));
        Conversation channel = home.channel();
        TeamsPerson stranger = home.person("eve", "user", "bbbbbbbb-0000-0000-0000-000000000002");
        stranger.joins(channel);
        Posted card = home.card(channel);
        JsonNode answer = stranger.executes(channel, card, TeamsHome.button(card.card(), "Approve"))
                .body();
        assertThat(answer.path("value").asText()).contains("you belong to another one");
    }

    @Test
    void badInputIsRefusedAndChangesNothing() {
        Conversation channel = home.channel();
        String good = "Bearer " + home.teams.token().signed();
        ObjectNode message = home.alice.mentioning(channel, "help");
        assertThat(home.alice.deliver(message, "").status()).isEqualTo(401);
        assertThat(home.alice.deliver("hello", good).status()).isEqualTo(400);
        assertThat(home.alice.deliver("[]", good).status()).isEqualTo(400);
        assertThat(home.alice
                        .deliver("{\"type\":\"message\",\"text\":\"" + "x".repeat(600_000) + "\"}", good)
                        .status())
                .isEqualTo(413);
        ObjectNode nowhere = message.deepCopy();
        nowhere.set("conversation", message.path("conversation").deepCopy());
        ((ObjectNode) nowhere.path("conversation")).remove("id");
        assertThat(home.alice.deliver(nowhere).status()).isEqualTo(400);
        ObjectNode nameless = message.deepCopy();
        nameless.remove("id");
        assertThat(home.alice.deliver(nameless).status()).isEqualTo(400);
        ObjectNode typeless = message.deepCopy();
        typeless.remove("type");
        assertThat(home.alice.deliver(typeless).status()).isEqualTo(400);
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        assertThat(home.alice
                        .deliver("{\"type\":\"message\",\"value\":" + deep + "}", good)
                        .status())
                .isEqualTo(400);
        ObjectNode invoke = home.alice.activity("invoke", channel, channel.id());
        assertThat(home.alice
                        .deliver(invoke.put("name", "composeExtension/query"))
                        .status())
                .isEqualTo(501);
        for (String type : List.of("messageReaction", "typing", "whatever")) {
            assertThat(home.alice
                            .deliver(home.alice.activity(type, channel, channel.id()))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(channel.posts()).isEmpty();
    }

    @Test
    void invokesThatAreNoneOfOursAreAnsweredAndChangeNothing() {
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        int before = home.runner.executions();
        for (String data : List.of(
                "{}",
                "{\"ops\":7}",
                "{\"ops\":{\"act\":\"approve\"}}",
                "{\"ops\":{\"act\":\"approve\",\"approval\":\"ap-none\",\"digest\":\"sha256:0\"}}",
                "{\"form\":\"unknown\",\"approval\":\"ap-none\"}",
                "{\"form\":\"deny\",\"approval\":\"ap-none\",\"digest\":\"sha256:0\"}",
                "{\"form\":\"edit\",\"approval\":\"ap-none\",\"field:0.x\":\"y\"}")) {
            JsonNode sent = Json.tree(data);
            for (String name : List.of("task/fetch", "task/submit")) {
                TeamsPerson.Answer answer = home.bob.task(name, channel, card, sent);
                assertThat(answer.status()).as(name + data).isEqualTo(200);
                assertThat(answer.body().path("task").path("type").asText())
                        .as(name + data)
                        .isEqualTo("message");
            }
            JsonNode pressed = home.bob
                    .executes(channel, card, Json.mapper().createObjectNode().set("data", sent))
                    .body();
            assertThat(pressed.path("type").asText()).as(data).isEqualTo("application/vnd.microsoft.activity.message");
        }
        JsonNode looked = home.bob
                .deliver(home.bob.executing(
                        channel,
                        card,
                        Json.tree("{\"verb\":\"refresh\",\"data\":{\"approval\":\"ap-none\"}}"),
                        "automatic"))
                .body();
        assertThat(looked.path("value").asText()).contains("does not belong to a plan of this conversation");
        assertThat(home.runner.executions()).isEqualTo(before);
        assertThat(TeamsHome.waits(channel.posts().stream()
                        .filter(post -> post.id().equals(card.id()))
                        .findFirst()
                        .orElseThrow()))
                .isTrue();
    }

    @Test
    void aHugeMessageIsAnsweredAndNotWorkedOn() {
        TeamsPerson dora = home.person("dora", "user", TeamsHome.TENANT);
        assertThat(dora.says("restart nginx on web-server-01 " + "please ".repeat(20_000))
                        .status())
                .isEqualTo(200);
        home.await(dora.talk(), post -> post.card().toString().contains("characters"));
        assertThat(dora.talk().posts()).noneMatch(TeamsHome::waits);
    }

    @Test
    void anInstallationIsWelcomedOnceAndARemovalIsRespected() {
        TeamsPerson carol = home.person("carol", "user", TeamsHome.TENANT);
        Conversation talk = carol.talk();
        for (int i = 0; i < 2; i++) {
            carol.deliver(carol.activity("installationUpdate", talk, talk.id()).put("action", "add"));
        }
        home.await(talk, post -> post.card().toString().contains("Hello."));
        carol.deliver(carol.activity("installationUpdate", talk, talk.id()).put("action", "remove"));
        carol.deliver(carol.activity("installationUpdate", talk, talk.id()).put("action", "add"));
        carol.says("help");
        home.await(talk, post -> post.card().toString().contains("check disk space on"));
        assertThat(talk.posts())
                .filteredOn(post -> post.card().toString().contains("Hello."))
                .hasSize(1);
    }

    @Test
    void theWelcomeSaysHowToAskInEachPlaceAndOffersWhatWorks() {
        TeamsPerson frank = home.person("frank", "user", TeamsHome.TENANT);
        Conversation talk = frank.talk();
        Conversation group = home.teams.conversation("19:crew@thread.v2", Conversation.Kind.GROUP, TeamsHome.TENANT);
        Conversation channel = home.channel();
        for (Conversation place : List.of(talk, group, channel)) {
            frank.joins(place);
            frank.deliver(frank.activity("conversationUpdate", place, place.id())
                    .set("membersAdded", Json.tree("[{\"id\":\"28:" + TeamsHome.APPLICATION + "\"}]")));
        }
        JsonNode alone = hello(talk);
        assertThat(alone.toString()).contains("as you would tell a colleague");
        assertThat(TeamsHome.hasButton(alone, "help")).isTrue();
        assertThat(hello(group).toString()).contains("Mention me with what you want, and I answer here.");
        assertThat(hello(channel).toString()).contains("I answer in the thread. Every request begins with a mention.");
        frank.executes(talk, talk.posts().getFirst(), TeamsHome.button(alone, "check disk space on web-server-01"));
        home.await(talk, post -> TeamsHome.waits(post) && post.card().toString().contains("check_disk_space"));
    }

    private static JsonNode hello(Conversation place) {
        return home.await(place, post -> post.card().toString().contains("Hello."))
                .card();
    }

    @Test
    void everythingInTheMenuOfCommandsIsUnderstood() throws IOException {
        TeamsPerson gina = home.person("gina", "user", TeamsHome.TENANT);
        List<String> menu = PackagedManifest.of(directory, TeamsHome.APPLICATION)
                .path("bots")
                .path(0)
                .path("commandLists")
                .findValuesAsText("title");
        assertThat(menu).hasSize(5);
        for (String command : menu) {
            int before = gina.talk().posts().size();
            gina.says(command);
            home.awaitTrue(() -> gina.talk().posts().size() > before);
            assertThat(gina.talk().posts().getLast().card().toString())
                    .as(command)
                    .doesNotContain("I didn't recognise")
                    .doesNotContain("⚠");
        }
    }

    @Test
    void anOnlookerSeesHowAPlanStandsAndIsOfferedNothingToDecide() throws InterruptedException {
        TeamsPerson hugo = home.person("hugo", "user", TeamsHome.TENANT);
        Conversation channel = home.channel();
        hugo.joins(channel);
        // Whoever did something is one for whom cards are refreshed.
        home.bob.mentions(channel, "help");
        home.await(channel, post -> post.card().toString().contains("check disk space"));
        Posted card = home.card(channel);
        JsonNode seen = hugo.looksAt(channel, card).body().path("value");
        assertThat(seen.toString()).contains("Waiting for approval").contains("restart_service");
        for (String button : List.of("Approve", "Deny", "Edit", "Withdraw")) {
            assertThat(TeamsHome.hasButton(seen, button)).as(button).isFalse();
        }
        int before = home.runner.executions();
        assertThat(hugo.executes(channel, card, TeamsHome.button(card.card(), "Approve"))
                        .body()
                        .path("value")
                        .asText())
                .contains("may not approve");
        assertThat(home.runner.executions()).isEqualTo(before);
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        home.runner.arrived();
        assertThat(hugo.looksAt(channel, card).body().path("value").toString()).contains("approved by");
        TeamsPerson stranger = home.person("eva", "user", "bbbbbbbb-0000-0000-0000-000000000002")
                .joins(channel);
        assertThat(stranger.looksAt(channel, card).body().path("statusCode").asInt())
                .isEqualTo(403);
    }

    @Test
    void programsAreNotAnsweredAndNeitherAreWeOurselves() {
        Conversation channel = home.channel();
        ObjectNode first = home.alice.mentioning(channel, "help");
        JsonNode thread = first.path("conversation");
        for (String program : List.of("28:" + TeamsHome.APPLICATION, "28:99999999-2222-3333-4444-555555555555")) {
            TeamsPerson bot = new TeamsPerson(
                            home.teams,
                            home.endpoint(),
                            new Conversation.Member(program, "object-bot", "A bot", TeamsHome.TENANT, "user"))
                    .joins(channel);
            bot.deliver(
                    bot.mentioning(channel, "restart nginx on web-server-01").set("conversation", thread));
            bot.deliver(bot.activity("message", channel, thread.path("id").asText())
                    .set("value", Json.tree("{\"ops\":{\"act\":\"say\",\"text\":\"restart nginx\"}}")));
        }
        home.alice.deliver(first);
        home.await(channel, post -> post.card().toString().contains("I can run these tools"));
        assertThat(channel.posts()).hasSize(1);
    }

    @Test
    void whoeverIsNotMicrosoftLearnsNothingAndIsCountedAndNothingGoesToTheAddressThatTheyName() throws Exception {
        Conversation channel = home.channel();
        ObjectNode message = home.alice.mentioning(channel, "help");
        String foreign = home.teams
                .token()
                .claims(claims -> claims.put("aud", "99999999-2222-3333-4444-555555555555"))
                .signed();
        List<String> called = new CopyOnWriteArrayList<>();
        HttpServer thief = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        thief.createContext("/", exchange -> {
            called.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, -1);
        });
        thief.start();
        try {
            String elsewhere = "http://127.0.0.1:" + thief.getAddress().getPort() + "/";
            for (TeamsPerson.Answer answer : List.of(
                    home.alice.deliver(message, "Bearer " + foreign),
                    home.alice.deliver(message.deepCopy().put("serviceUrl", elsewhere)),
                    home.alice.deliver(message.deepCopy().put("serviceUrl", elsewhere), "Bearer " + foreign))) {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.body().toString()).doesNotContain("audience", "service_url");
            }
            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(home.endpoint().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(metrics)
                    .containsPattern("opsconductor_teams_refused_total\\{[^}]*reason=\"audience\"")
                    .containsPattern("opsconductor_teams_refused_total\\{[^}]*reason=\"service_url\"");
            assertThat(called).isEmpty();
            assertThat(channel.posts()).isEmpty();
        } finally {
            thief.stop(0);
        }
    }
}
