package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.slack.act.ActButtons;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.Workspace;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same words in two workspaces reach two machines, and neither tenant sees anything of the other, whatever it asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantsTest {
    private static final String WORDS = "show the machine status of web-01";

    private TenantHome home;
    private Caller web;

    /** Globex's, in Slack: one that ran and one that waits. */
    private String ran = "";

    private JsonNode waiting = Json.tree("{}");
    private String theirConversation = "";
    /** Acme's, in the web chat. */
    private JsonNode acmesPlan = Json.tree("{}");

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = new TenantHome(directory);
        web = home.web();
        String conversation = web.say("alice", WORDS);
        acmesPlan = web.await(conversation, "plan");
        assertThat(web.decide(acmesPlan, "bob", "approve").status()).isEqualTo(200);
        JsonNode result = web.await(conversation, "result");
        assertThat(result.toString()).contains("machine of acme").doesNotContain("globex");

        PostedMessage card = card();
        home.bob.presses(card, approve(card)).orFail();
        home.general.awaitMessage(message ->
                message.rootTs().equals(card.rootTs()) && message.allText().contains("machine of globex"));
        ran = home.journal(TenantHome.GLOBEX, "execution_requested")
                .getLast()
                .path("execution")
                .asText();
        card();
        waiting = home.journal(TenantHome.GLOBEX, "plan_previewed").getLast();
        theirConversation = waiting.path("conversation").asText();
    }

    @AfterAll
    void stop() {
        home.close();
    }

    private PostedMessage card() {
        PostedMessage asked = home.alice.says(home.general, home.slack.ops.bot().mention() + " " + WORDS);
        return home.general.awaitMessage(message -> message.rootTs().equals(asked.ts())
                && message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve")));
    }

    private static String approve(PostedMessage card) {
        return card.actionIds().stream()
                .filter(id -> id.startsWith("ops_approve"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachReachedItsOwnMachineAndNoOther() {
        assertThat(home.asked(TenantHome.ACME)).isNotEmpty();
        assertThat(home.asked(TenantHome.GLOBEX)).isNotEmpty();
        assertThat(home.general.dump()).doesNotContain("acme-vault", "machine of acme");
        assertThat(home.journal(TenantHome.ACME, "execution_requested")).hasSize(1);
        assertThat(home.journal(TenantHome.GLOBEX, "execution_requested")).hasSize(1);
    }

    /**
     * One row of the table.
     *
     * @param what is asked for in the web chat
     * @param foreign by the id of what globex has
     * @param unknown by an id that nothing has
     */
    private record Row(String what, String foreign, String unknown) {
        static Row of(String what, String foreign, String unknown, Function<String, Caller.Answer> asking) {
            return new Row(what, text(asking, foreign), text(asking, unknown));
        }

        private static String text(Function<String, Caller.Answer> asking, String id) {
            Caller.Answer answer = asking.apply(id);
            return answer.status() + " " + answer.body().toString().replace(id, "ID");
        }
    }

    private List<Row> table() {
        String approval = waiting.path("data").path("approval").asText();
        String digest = waiting.path("digest").asText();
        Map<String, String> bob = Map.of("user", "bob");
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(
                "a message into a conversation",
                theirConversation,
                "slack-T0-C0-1_2",
                id -> web.post("/chat/messages", Map.of("conversation", id, "user", "alice", "text", "help"))));
        rows.add(Row.of(
                "the events of a conversation",
                theirConversation,
                "slack-T0-C0-1_2",
                id -> web.get("/chat/conversations/" + id + "/events?after=0")));
        for (String decision : List.of("approve", "deny")) {
            rows.add(Row.of(
                    decision,
                    approval,
                    "a-nothing",
                    id -> web.post(
                            "/chat/approvals/" + id, Map.of("user", "bob", "decision", decision, "digest", digest))));
        }
        rows.add(Row.of("the form of a plan", approval, "a-nothing", id -> web.get("/chat/approvals/" + id + "/form")));
        rows.add(Row.of(
                "an edit",
                approval,
                "a-nothing",
                id -> web.post(
                        "/chat/approvals/" + id + "/edit",
                        Map.of("user", "bob", "digest", digest, "values", Map.of()))));
        rows.add(Row.of(
                "a withdrawal", approval, "a-nothing", id -> web.post("/chat/approvals/" + id + "/withdraw", bob)));
        rows.add(Row.of("made anew", approval, "a-nothing", id -> web.post("/chat/approvals/" + id + "/fresh", bob)));
        rows.add(Row.of("a dry run", approval, "a-nothing", id -> web.post("/chat/approvals/" + id + "/dry-run", bob)));
        rows.add(Row.of("a cancel", ran, "e-nothing", id -> web.post("/chat/executions/" + id + "/cancel", bob)));
        for (String targets : List.of("all", "failed")) {
            rows.add(Row.of(
                    "a rerun of " + targets,
                    ran,
                    "e-nothing",
                    id -> web.post("/chat/executions/" + id + "/rerun", Map.of("user", "bob", "targets", targets))));
        }
        return rows;
    }

    @Test
    void whatIsGlobexsIsAnsweredInTheWebChatLikeWhatIsNot() {
        SoftAssertions softly = new SoftAssertions();
        for (Row row : table()) {
            softly.assertThat(row.foreign())
                    .as(row.what())
                    .isEqualTo(row.unknown())
                    .startsWith("404 ");
        }
        softly.assertAll();
    }

    @Test
    void theListsOfTheWebChatHoldNothingOfGlobex() {
        for (String user : List.of("alice", "bob")) {
            assertThat(web.get("/chat/conversations?user=" + user).body().toString()
                            + web.get("/chat/overview?user=" + user).body())
                    .doesNotContain("slack", theirConversation, ran);
        }
        assertThat(web.get("/chat/conversations?user=alice")
                        .body()
                        .path("conversations")
                        .size())
                .isPositive();
    }

    @Test
    void questionsAreAnsweredFromTheAskersOwnTenant() {
        for (String question : List.of(
                "what ran on web-01 today",
                "what is running",
                "what failed today",
                "what did bob approve today",
                "what do you know about globex-vault")) {
            assertThat(answered(question)).as(question).doesNotContain("slack:", "of globex");
        }
        assertThat(answered("what ran on web-01 today")).contains("machine_status");
        assertThat(answered("what is waiting for approval")).doesNotContain("machine_status");
        assertThat(answered("which targets are there")).contains("acme-vault").doesNotContain("globex");
    }

    private String answered(String question) {
        String conversation = web.say("alice", question);
        return web.await(
                        conversation,
                        "message",
                        event -> event.path("from").asText().equals("opsconductor"))
                .path("text")
                .asText();
    }

    @Test
    void anotherTenantsTargetIsAsUnknownAsOneThatNeverWas() {
        assertThat(refused("globex-vault").replace("globex-vault", "NAME"))
                .isEqualTo(refused("unheard-vault").replace("unheard-vault", "NAME"));
    }

    /** The words of the answer. */
    private String refused(String target) {
        String request = "show the machine status of " + target;
        String conversation = web.say("alice", request);
        SlackHome.await(
                "an answer to " + request, () -> web.events(conversation).size() > 1);
        JsonNode answer = web.events(conversation).get(1);
        assertThat(answer.path("type").asText()).isNotEqualTo("plan");
        return answer.path("type").asText() + answer.path("text") + answer.path("message") + answer.path("choices");
    }

    @Test
    void aButtonOfAnotherTenantsPlanIsAsUnknownAsAnyOther() {
        String approval = acmesPlan.path("approval").asText();
        String digest = acmesPlan.path("digest").asText();
        String execution = home.journal(TenantHome.ACME, "execution_requested")
                .getLast()
                .path("execution")
                .asText();
        record Button(String id, Function<String, Act> act) {}
        List<Button> buttons = List.of(
                new Button(approval, id -> new Act.Approve(id, digest)),
                new Button(approval, id -> new Act.Deny(id, digest)),
                new Button(approval, id -> new Act.Edit(id, digest)),
                new Button(approval, Act.Withdraw::new),
                new Button(approval, Act.DryRun::new),
                new Button(approval, Act.Fresh::new),
                new Button(approval, Act.BreakGlass::new),
                new Button(execution, Act.Cancel::new),
                new Button(execution, id -> new Act.RunAgain(id, false)),
                new Button(execution, id -> new Act.RunAgain(id, true)),
                new Button(execution, id -> new Act.FullOutput(id, 0, "web-01")));
        List<Class<?>> pressed = buttons.stream()
                .<Class<?>>map(button -> button.act().apply("ID").getClass())
                .toList();
        assertThat(pressed)
                .as("every act but those that are about nothing that there is")
                .containsAll(Stream.of(Act.class.getPermittedSubclasses())
                        .filter(act -> act != Act.Say.class && act != Act.Open.class)
                        .toList());
        for (Button button : buttons) {
            String unknown = button.id().substring(0, 2) + "nothing";
            for (boolean inHome : List.of(false, true)) {
                assertThat(told(button.act().apply(button.id()), inHome).replace(button.id(), "ID"))
                        .as("%s, in the App Home: %s", button.act().apply("ID"), inHome)
                        .isEqualTo(told(button.act().apply(unknown), inHome).replace(unknown, "ID"));
            }
        }
    }

    /** What bob is told in private when he presses it. */
    private String told(Act act, boolean inHome) {
        Supplier<List<String>> heard = () -> inHome
                ? home.slack.acme.direct(home.bob, home.slack.ops.bot()).messages().stream()
                        .map(PostedMessage::allText)
                        .toList()
                : home.general.ephemeralsOf(home.bob).stream()
                        .map(message -> message.allText())
                        .toList();
        int before = heard.get().size();
        presses(act, inHome);
        SlackHome.await("an answer to " + act, () -> heard.get().size() > before);
        return heard.get().getLast();
    }

    private void presses(Act act, boolean inHome) {
        PostedMessage any = home.general.messages().getFirst();
        Map<String, Object> press = new HashMap<>(Map.of(
                "type",
                "block_actions",
                "api_app_id",
                home.slack.app.id(),
                "team",
                Map.of("id", home.slack.acme.id()),
                "user",
                Map.of("id", home.bob.id(), "team_id", home.slack.acme.id()),
                "trigger_id",
                "1.2.3",
                "actions",
                List.of(Map.of(
                        "type",
                        "button",
                        "action_id",
                        ActButtons.id(act, 0),
                        "value",
                        ActButtons.value(act),
                        "action_ts",
                        System.nanoTime() + ".1"))));
        if (inHome) {
            press.put("container", Map.of("type", "view", "view_id", "V1"));
            press.put(
                    "view",
                    Map.of(
                            "id",
                            "V1",
                            "type",
                            "home",
                            "team_id",
                            home.slack.acme.id(),
                            "app_id",
                            home.slack.app.id(),
                            "blocks",
                            List.of(),
                            "state",
                            Map.of("values", Map.of()),
                            "hash",
                            "1.a",
                            "root_view_id",
                            "V1"));
        } else {
            press.put("channel", Map.of("id", home.general.id()));
            press.put("container", Map.of("type", "message", "message_ts", any.ts(), "channel_id", home.general.id()));
            press.put("message", Map.of("ts", any.ts()));
        }
        assertThat(home.slack
                        .slack
                        .post(home.slack.app, home.slackEvents())
                        .form(Map.of("payload", Json.write(press)))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoeverComesFromAnotherWorkspaceIsNotHeardInASharedChannel() {
        Workspace other = home.slack.slack.addWorkspace("Other");
        Person zoe = other.person("zoe");
        home.general.shareWith(other);
        home.general.withMember(zoe);
        zoe.says(home.general, home.slack.ops.bot().mention() + " " + WORDS);
        home.general.awaitEphemeral(zoe, "I only take requests");
        assertThat(home.journal(TenantHome.GLOBEX, "message_received"))
                .noneMatch(entry -> entry.toString().contains(zoe.id()));
    }
}
