package io.opsconductor.chat.teams.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.brain.conversation.ChatEvent.CardStep;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.Level;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.brain.outputs.ReadTable;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.deliver.PlanState;
import io.opsconductor.chat.deliver.Progress;
import io.opsconductor.chat.picture.Pictures;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.json.Json;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.tool.ParameterType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Golden files, in {@code src/test/resources/teams/cards}; written anew as those of Slack: {@code -Dgoldens=write}. Every card
 * is one that Teams would take.
 */
final class TeamsCardGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/teams/cards");
    private static final Instant NOW = Instant.parse("2026-10-05T12:04:00Z");
    private static final String DIGEST = "sha256:3f9a1c0de4b75a6688f10e2d9c3b4a5f6e7d8c9b0a1f2e3d4c5b6a7988776655";
    private static final Cast CAST =
            new Cast("Alice", List.of("29:alice", "29:bob"), List.of(new Mention("29:bob", "Bob")), true);

    private static PlanCard plan(Effect effect, String summary, List<CardCommand> commands) {
        return new PlanCard(
                "ap-7f3k2",
                DIGEST,
                effect,
                summary,
                "teams:t/alice",
                "Alice",
                List.of(new CardStep(
                        "restart_service",
                        effect,
                        commands.stream().map(CardCommand::target).toList(),
                        commands.getFirst().command(),
                        commands,
                        null)),
                new Preview.BlastRadius(commands.size(), Map.of("production", commands.size())),
                new Preview.ApprovalRule(
                        Preview.ApprovalKind.SOMEONE_ELSE,
                        1,
                        List.of("Bob"),
                        Map.of("Bob", List.of("teams:t/bob")),
                        "production: changes there need another person"),
                NOW.plusSeconds(900),
                List.of("approve", "deny", "dry_run", "edit", "withdraw"),
                "I took *web* for the group web.",
                null);
    }

    private static PlanCard restart() {
        return plan(
                Effect.CHANGE,
                "Restart service nginx on web-01 and web-02",
                List.of(
                        new CardCommand("web-01", "systemctl restart 'nginx'", "ops", "production"),
                        new CardCommand("web-02", "systemctl restart 'nginx'", "ops", "production")));
    }

    private static PlanState waiting() {
        return new PlanState.Waiting(List.of(), 0);
    }

    @Test
    void aPlanLooksDifferentToWhomeverItConcerns() throws IOException {
        for (Viewer viewer : Viewer.values()) {
            check(
                    "plan-waiting-" + viewer.name().toLowerCase(java.util.Locale.ROOT),
                    PlanCards.of(restart(), waiting(), viewer, CAST).card());
        }
    }

    @Test
    void aPlanSaysHowItStands() throws IOException {
        Map<String, PlanState> states = Map.of(
                "running", new PlanState.Running(List.of("Bob"), NOW, "ex-1"),
                "finished", new PlanState.Finished(List.of("Bob"), NOW, "ex-1", "partial"),
                "denied", new PlanState.Denied("Bob", "not during the *sale*", NOW),
                "expired", new PlanState.Expired(NOW),
                "withdrawn", new PlanState.Withdrawn("Alice", NOW),
                "replaced", new PlanState.Superseded("Alice", "edited", NOW));
        for (Map.Entry<String, PlanState> state : states.entrySet()) {
            check(
                    "plan-" + state.getKey(),
                    PlanCards.of(restart(), state.getValue(), Viewer.ANYBODY, CAST)
                            .card());
        }
    }

    @Test
    void aQuestionAFailureAndAProgress() throws IOException {
        check(
                "question",
                one(Words.question(new ChatEvent.Question(
                        "q1",
                        "Which service?",
                        List.of(new Choice("nginx", "nginx"), new Choice("haproxy", "haproxy"))))));
        check(
                "failure",
                one(Words.failure(ChatEvent.Failure.of("x", "The runner does not answer", "try again in a minute"))));
        check(
                "progress",
                ResultCards.progress(new Progress(
                        "ex-1",
                        "Restart service nginx",
                        75,
                        List.of(
                                new Progress.TargetRun(0, "t", "web-01", true, TargetStatus.SUCCEEDED, 0, 900, ""),
                                new Progress.TargetRun(0, "t", "web-02", true, null, null, 0, "line 1\nline 2\n"),
                                new Progress.TargetRun(0, "t", "web-03", true, TargetStatus.FAILED, 3, 40, "")),
                        "")));
    }

    private static TargetResult result(String target, TargetStatus status, int exit, String out) {
        return new TargetResult(0, "check_disk_space", target, status, exit, out, "", false, false, 1_200, "");
    }

    @Test
    void aResultHasTablesThatANarrowChatCanShow() throws IOException {
        ReadTable narrow = new ReadTable(
                List.of("Target", "File system", "Used"),
                2,
                List.of(new ReadTable.Row(List.of("web-01", "/", "91%"), 91, Level.BAD)),
                0);
        ReadTable wide = new ReadTable(
                List.of("Target", "File system", "Size", "Used", "Free"),
                3,
                List.of(new ReadTable.Row(List.of("web-01", "/var/*", "40 GB", "91%", "3.6 GB"), 91, Level.BAD)),
                2);
        ResultPost post = ResultCards.result(
                "Check disk space",
                new ChatEvent.Result(
                        "ex-1",
                        "ap-7f3k2",
                        "partial",
                        "1 of 2 targets failed.",
                        List.of(
                                result("web-01", TargetStatus.SUCCEEDED, 0, "Filesystem Use%\n/  <91%> *bold*\n"),
                                result("web-02", TargetStatus.FAILED, 2, "")),
                        null,
                        List.of(
                                new OutputReading("check_disk_space", "web-01 is nearly full.", narrow),
                                new OutputReading("check_disk_space", "By file system:", wide)),
                        List.of(new Choice("Clean logs", "clean logs on web-01"))),
                List.of(new Mention("29:alice", "Alice")));
        check("result", post.summary());
        assertThat(post.outputs()).hasSize(1);
        check("result-output", post.outputs().getFirst());
    }

    @Test
    void theFormsAskForAReasonAndForValues() throws IOException {
        JsonNode deny = Forms.deny("ap-7f3k2", DIGEST, "Restart service nginx");
        check("form-deny", new TeamsMessage("form", deny.deepCopy()));
    }

    @Test
    void whatCannotBeUndoneNamesItsTargetsAndAsksForItsCode() throws IOException {
        PlanCard plan = destroying(new Preview.ApprovalRule(
                Preview.ApprovalKind.SOMEONE_ELSE,
                List.of(
                        new Preview.Demand(
                                List.of(
                                        new Preview.Quota(1, "dba", List.of("Carol", "Dora")),
                                        new Preview.Quota(1, "owners", List.of("Bob"))),
                                List.of()),
                        new Preview.Demand(List.of(new Preview.Quota(2, "", List.of("Bob", "Erin"))), List.of(1))),
                Map.of("Bob", List.of("teams:t/bob")),
                "production: what destroys needs its owner",
                true));
        PlanPost post = PlanCards.of(
                plan,
                new PlanState.Waiting(List.of("Carol"), 2, "one more is needed, of owners: Bob"),
                Viewer.APPROVER,
                CAST);
        check("plan-destroys", post.card());
        check(
                "form-code",
                new TeamsMessage(
                        "form",
                        Forms.code("ap-7f3k2", DIGEST, plan.summary(), List.of("db-01 (production)", "db-02"), "")));
        check(
                "plan-changed",
                new TeamsMessage(
                        "changed",
                        PlanCards.changed(
                                post.card(), "Not done: since it was shown, this changed: the tool x.", "ap-7f3k2")));
        check("form-changed", new TeamsMessage("form", Forms.changed("Not done: it changed.", "ap-7f3k2", DIGEST)));
    }

    private static PlanCard destroying(Preview.ApprovalRule rule) {
        PlanCard plan = plan(
                Effect.DESTROY,
                "Delete old archives on db-01",
                List.of(new CardCommand("db-01", "rm -r '/var/archive/2024'", "ops", "production")));
        return new PlanCard(
                plan.approval(),
                plan.digest(),
                plan.effect(),
                plan.summary(),
                plan.requester(),
                plan.requesterName(),
                plan.steps(),
                plan.blastRadius(),
                rule,
                plan.expiresAt(),
                List.of("approve", "deny", "edit", "withdraw", "break_glass"),
                null,
                null,
                PlanCode.of(DIGEST),
                DemandWords.sentences(rule, plan.requesterName()),
                "the disk is full",
                List.of());
    }

    private static PlanCard offering(PlanCard plan, String path) {
        return new PlanCard(
                plan.approval(),
                plan.digest(),
                plan.effect(),
                plan.summary(),
                plan.requester(),
                plan.requesterName(),
                plan.steps(),
                plan.blastRadius(),
                plan.approvalRule(),
                plan.expiresAt(),
                plan.actions(),
                null,
                null,
                plan.code(),
                plan.needs(),
                null,
                List.of(
                        new Choice("Inode usage", "tool: inode_usage on web-01"),
                        new Choice("Directory sizes", "tool: directory_sizes path=" + path + " on web-01")));
    }

    @Test
    void whatElseWasMeantIsOfferedUntilSomebodyApproves() throws IOException {
        PlanCard plan = offering(restart(), "/var");
        check(
                "plan-offering",
                PlanCards.of(plan, waiting(), Viewer.ANYBODY, CAST).card());
        PlanState decided = new PlanState.Running(List.of("Bob"), NOW, "ex-1");
        assertThat(PlanCards.of(plan, decided, Viewer.ANYBODY, CAST)
                        .card()
                        .card()
                        .toString())
                .doesNotContain("Not this?");
    }

    @Test
    void aFullCardHasRoomForWhatElseWasMeant() {
        List<CardCommand> commands = IntStream.range(0, 200)
                .mapToObj(n -> new CardCommand("server-" + n, "true " + n + "y".repeat(250), "", ""))
                .toList();
        taken(PlanCards.of(
                offering(plan(Effect.READ, "Look", commands), "/" + "x".repeat(260)), waiting(), Viewer.ANYBODY, CAST));
    }

    @Test
    void otherValuesAreChosenTypedOrNumbersWithinTheirRange() throws IOException {
        EditForm form = new EditForm(
                "ap-7f3k2",
                DIGEST,
                "Ping web-01 three times",
                "teams:t/alice",
                List.of(new EditForm.FormStep(
                        0,
                        "ping",
                        "Pings a host",
                        List.of("web-01"),
                        List.of(
                                field("0.count", "count", ParameterType.INTEGER, "3", List.of(), 1L, 20L),
                                field("0.family", "family", ParameterType.ENUM, "v4", List.of("v4", "v6"), null, null),
                                field("0.quiet", "quiet", ParameterType.BOOLEAN, "false", List.of(), null, null),
                                field("0.note", "note_text", ParameterType.STRING, "one\ntwo", List.of(), null, null),
                                field(
                                        "0.long",
                                        "long",
                                        ParameterType.STRING,
                                        "x".repeat(3_000),
                                        List.of(),
                                        null,
                                        null)))));
        check("form-edit", new TeamsMessage("form", Forms.edit(form, Map.of(), Map.of())));
        check(
                "form-edit-again",
                new TeamsMessage(
                        "form",
                        Forms.edit(form, Map.of("0.count", "99"), Map.of("0.count", "count must be at most 20"))));
        JsonNode sent = Json.tree("{\"field:0.count\":5,\"field:0.family\":\"v6\",\"form\":\"edit\"}");
        assertThat(Forms.values(sent)).isEqualTo(Map.of("0.count", "5", "0.family", "v6"));
    }

    private static EditForm.FormField field(
            String key,
            String name,
            ParameterType type,
            String value,
            List<String> allowed,
            @org.jspecify.annotations.Nullable Long min,
            @org.jspecify.annotations.Nullable Long max) {
        return new EditForm.FormField(
                key, name, "What it means", type, value, null, allowed, key.equals("0.count"), min, max);
    }

    @Test
    void whatRanBeforeIsAListWithItsEntries() throws IOException {
        check(
                "history",
                Words.message(ChatEvent.Message.ours(
                                "What ran on web-01 today:\n"
                                        + "- 09:12 restart_service on web-01, asked by alice, approved by bob: succeeded"
                                        + " (`ex-1`)\n- 08:40 check_disk_space on web-01 and web-02: partial",
                                List.of(new Choice("Run it again", "run ex-1 again"))))
                        .getFirst());
    }

    @Test
    void threeHundredDifferentCommandsComeWholeAndInMessagesThatTeamsTakes() {
        List<CardCommand> commands = IntStream.range(0, 300)
                .mapToObj(n -> new CardCommand(
                        "server-" + n,
                        "deploy --release 2026.10 --target server-" + n + " --note '" + "x".repeat(200) + "'",
                        "deploy",
                        "production"))
                .toList();
        PlanPost post = PlanCards.of(plan(Effect.CHANGE, "Deploy", commands), waiting(), Viewer.ANYBODY, CAST);
        assertThat(post.pages()).isNotEmpty();
        taken(post);
        assertThat(texts(post.card().card())).contains("All commands are below");
        String shown = post.pages().stream().map(page -> texts(page.card())).collect(Collectors.joining("\n"));
        assertThat(commands).allSatisfy(command -> assertThat(shown).contains(command.command()));
    }

    @Test
    void aCommandOfAHundredThousandSignsComesWhole() {
        String command = "printf '%s' '" + "0123456789".repeat(10_000) + "'";
        PlanPost post = PlanCards.of(
                plan(Effect.DESTROY, "Print", List.of(new CardCommand("web-01", command, "", ""))),
                waiting(),
                Viewer.ANYBODY,
                CAST);
        taken(post);
        List<String> code = new ArrayList<>();
        post.pages().forEach(page -> code(page.card(), code));
        assertThat(String.join("", code)).contains(command);
    }

    @Test
    void whatStandsOnTheCardDoesNotDependOnHowThePlanStands() {
        List<CardCommand> commands = IntStream.range(0, 60)
                .mapToObj(n -> new CardCommand("server-" + n, "true " + n + "y".repeat(250), "", ""))
                .toList();
        PlanCard plan = plan(Effect.READ, "Look", commands);
        List<TeamsMessage> first =
                PlanCards.of(plan, waiting(), Viewer.ANYBODY, CAST).pages();
        List<TeamsMessage> later = PlanCards.of(
                        plan, new PlanState.Denied("Bob", "z".repeat(600), NOW), Viewer.ANYBODY, CAST)
                .pages();
        assertThat(later).isEqualTo(first);
    }

    @Test
    void aClientThatOpensNoFormsIsAskedOnTheCard() throws IOException {
        check(
                "plan-without-forms",
                PlanCards.of(restart(), waiting(), Viewer.ANYBODY, new Cast("Alice", List.of(), List.of(), false))
                        .card());
    }

    @Test
    void atMostSixtyPeopleHaveAViewOfTheirOwn() {
        Cast crowd = new Cast(
                "Alice", IntStream.range(0, 200).mapToObj(n -> "29:" + n).toList(), List.of(), true);
        PlanPost post = PlanCards.of(restart(), waiting(), Viewer.ANYBODY, crowd);
        assertThat(post.card().card().path("refresh").path("userIds")).hasSize(60);
        taken(post);
    }

    @Test
    void aLongOutputIsCutVisiblyAndComesWholeForWhoeverAsks() {
        String out = IntStream.range(0, 4_000).mapToObj(n -> "line " + n).collect(Collectors.joining("\n"));
        TargetResult one = result("web-01", TargetStatus.SUCCEEDED, 0, out);
        ResultPost post = ResultCards.result(
                "Look", new ChatEvent.Result("ex-1", "ap-1", "succeeded", "", List.of(one), null), List.of());
        taken(post.outputs().getFirst());
        assertThat(texts(post.outputs().getFirst().card())).contains("These are the first");
        assertThat(post.outputs().getFirst().card().toString()).contains("Show all of it");
        List<TeamsMessage> pages = Outputs.whole(one);
        pages.forEach(TeamsCardGoldenTest::taken);
        List<String> code = new ArrayList<>();
        pages.forEach(page -> code(page.card(), code));
        assertThat(String.join("\n", code)).isEqualTo(out);
    }

    @Test
    void aFleetsResultComesInFewMessagesThatTeamsTakesWithAChoiceOfTheRest() {
        List<TargetResult> results = IntStream.range(0, 1_000)
                .mapToObj(n -> result(
                        "server-with-a-rather-long-name-" + n + ".example.com",
                        n % 3 == 0 ? TargetStatus.FAILED : TargetStatus.SUCCEEDED,
                        n % 3 == 0 ? 2 : 0,
                        ("\"" + n + "\"\n").repeat(2_000)))
                .toList();
        List<ReadTable.Row> rows = IntStream.range(0, 1_000)
                .mapToObj(n -> new ReadTable.Row(
                        java.util.Collections.nCopies(12, "\\" + n + "x".repeat(300)), null, Level.BAD))
                .toList();
        ReadTable table = new ReadTable(
                IntStream.range(0, 12).mapToObj(n -> "Column " + n).toList(), -1, rows, 7);
        ResultPost post = ResultCards.result(
                "Look".repeat(500),
                new ChatEvent.Result(
                        "ex-1",
                        "ap-1",
                        "partial",
                        "s".repeat(5_000),
                        results,
                        null,
                        java.util.Collections.nCopies(5, new OutputReading("t", "r".repeat(2_000), table)),
                        java.util.Collections.nCopies(5, new Choice("c".repeat(300), "d".repeat(500)))),
                List.of(new Mention("29:alice", "Alice")));
        taken(post.summary());
        assertThat(texts(post.summary().card())).contains("more rows; each target's output has them.");
        post.outputs().forEach(TeamsCardGoldenTest::taken);
        assertThat(post.outputs()).hasSize(11);
        JsonNode rest = post.outputs().getLast().card();
        assertThat(texts(rest)).contains("more targets is kept and not shown here.");
        JsonNode choice = rest.path("body").path(1).path("choices").path(0).path("value");
        Act.FullOutput asked = new Act.FullOutput("ex-1", 0, "another");
        assertThat(choice.asText()).startsWith("0:server-with-a-rather-long-name-");
        assertThat(Outputs.chosen(asked, choice.asText()).target())
                .isEqualTo(choice.asText().substring(2));
        assertThat(Outputs.chosen(asked, "")).isEqualTo(asked);
        assertThat(Outputs.chosen(asked, "nothing")).isEqualTo(asked);
    }

    @Test
    void shortOutputsOfSeveralTargetsShareAMessage() {
        List<TargetResult> results = IntStream.range(0, 12)
                .mapToObj(n -> result("web-" + n, TargetStatus.SUCCEEDED, 0, "up " + n + " days\n"))
                .toList();
        ResultPost post = ResultCards.result(
                "Look", new ChatEvent.Result("ex-1", "ap-1", "succeeded", "", results, null), List.of());
        assertThat(post.outputs()).hasSize(1);
        taken(post.outputs().getFirst());
        assertThat(texts(post.outputs().getFirst().card()))
                .contains("Output of web-0", "Output of web-11", "up 7 days");
        assertThat(post.outputs().getFirst().summary()).contains("Output of web-0", "and of 11 others");
    }

    @Test
    void progressAndWordsAndFormsHaveRoomForWhateverComes() {
        taken(ResultCards.progress(new Progress(
                "ex-1",
                "s".repeat(5_000),
                75,
                IntStream.range(0, 1_000)
                        .mapToObj(n -> new Progress.TargetRun(
                                0, "t", "web-" + n, true, null, null, 0, ("\"".repeat(30_000) + "\n").repeat(5)))
                        .toList(),
                "w".repeat(5_000))));
        taken(ResultCards.ended("o".repeat(400)));
        List<Choice> choices = java.util.Collections.nCopies(60, new Choice("l".repeat(300), "r".repeat(300)));
        String text = "- `code` and \"words\"\n".repeat(4_000);
        List<TeamsMessage> question = Words.question(new ChatEvent.Question("q", text, choices));
        List<TeamsMessage> failure = Words.failure(ChatEvent.Failure.of("x", text, "try again"));
        assertThat(question).hasSizeGreaterThan(1);
        question.forEach(TeamsCardGoldenTest::taken);
        failure.forEach(TeamsCardGoldenTest::taken);
        taken(Words.note(text));
        taken(Words.changed("w".repeat(3_000), "ap-1"));
        taken(new TeamsMessage(
                "form",
                Forms.code(
                        "ap-1",
                        DIGEST,
                        "s".repeat(3_000),
                        IntStream.range(0, 1_000)
                                .mapToObj(n -> "server-" + n + " (production)")
                                .toList(),
                        "p".repeat(500))));
    }

    @Test
    void picturesHaveRoomInTheirMessagesAndAreThreeAtMost() {
        Chart chart = new Chart(
                "t".repeat(400),
                Chart.Shape.IN_ORDER,
                "ms",
                null,
                IntStream.range(0, 8)
                        .mapToObj(line -> new Chart.Series(
                                "server-with-a-rather-long-name-" + line,
                                Level.OK,
                                IntStream.range(0, 240)
                                        .mapToObj(at -> new Chart.Point(at, at * (line + 7) * 31 % 97))
                                        .toList()))
                        .toList(),
                0);
        OutputReading drawn = new OutputReading("ping", "s\u202e\"".repeat(300), null, chart);
        List<TeamsMessage> pictures = new PictureCards(new Pictures())
                .of(new ChatEvent.Result(
                        "ex-1",
                        "ap-1",
                        "succeeded",
                        "",
                        List.of(),
                        null,
                        List.of(new OutputReading("df", "no picture", null), drawn, drawn, drawn, drawn),
                        List.of()));
        assertThat(pictures).hasSize(3);
        pictures.forEach(TeamsCardGoldenTest::taken);
        assertThat(pictures.getFirst().card().toString()).doesNotContain("\u202e");
    }

    @Test
    void anImageThatTeamsWouldNotShowIsNoneForTheCounterpartEither() {
        for (String url : List.of(
                "http://example.com/picture.png",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "data:image/png;base64,bm8gcGljdHVyZQ==",
                "data:image/png;base64,***")) {
            TeamsMessage message = new TeamsMessage(
                    "picture",
                    new Card()
                            .add(Json.mapper()
                                    .createObjectNode()
                                    .put("type", "Image")
                                    .put("url", url))
                            .json());
            assertThat(TeamsCounterpart.problem(message.activity())).as(url).isPresent();
        }
    }

    private static TeamsMessage one(List<TeamsMessage> messages) {
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    private static void taken(PlanPost post) {
        taken(post.card());
        post.pages().forEach(TeamsCardGoldenTest::taken);
    }

    private static void taken(TeamsMessage message) {
        assertThat(TeamsCounterpart.problem(message.activity())).isEmpty();
        assertThat(message.bytes()).isLessThanOrEqualTo(TeamsMessage.MOST_BYTES);
    }

    /** All text runs, a line each. */
    private static String texts(JsonNode node) {
        return node.findValues("text").stream().map(JsonNode::asText).collect(Collectors.joining("\n"));
    }

    private static void code(JsonNode node, List<String> code) {
        if (node.path("fontType").asText().equals("Monospace")) {
            code.add(node.path("text").asText());
        }
        node.forEach(child -> code(child, code));
    }

    private static void check(String name, TeamsMessage message) throws IOException {
        taken(message);
        Path file = FOLDER.resolve(name + ".json");
        String now = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(message.activity()) + "\n";
        if (System.getProperty("goldens", "").equals("write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, now);
            return;
        }
        assertThat(file).as("to write it: -Dgoldens=write").exists();
        assertThat(now).as("if that is meant: -Dgoldens=write").isEqualTo(Files.readString(file));
    }
}
