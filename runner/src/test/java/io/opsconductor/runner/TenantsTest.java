package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.Attestation.Statement;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.TestCaller.Answer;
import io.opsconductor.runner.api.RunnerCall;
import io.opsconductor.runner.cli.RunnerCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants of one runner: what is one's is to the other as if it were not there, call by call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantsTest {
    private static final String ACME = TwoTenants.ACME;
    private static final String GLOBEX = TwoTenants.GLOBEX;
    private static final String ANN_OF_ACME = "slack:TA/U1";
    private static final String BOB_OF_ACME = "slack:TA/U2";
    private static final String ANN_OF_GLOBEX = "slack:TG/U1";
    private static final String BOB_OF_GLOBEX = "slack:TG/U2";
    private static final Plan STATUS = on("shared_status", "web-01");

    private TwoTenants home;
    private Runner runner;
    private TestCaller chatbot;
    private TestCaller globexBot;

    /** What acme has, which globex asks for. */
    private PreviewAnswer waiting;

    private ExecuteRequest ran;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = TwoTenants.make(directory.resolve("home"));
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
        globexBot = TestCaller.as("globex-bot", home.path(), runner.apiPort());
        waiting = previewed(ACME, STATUS, ANN_OF_ACME);
        ran = approved(ACME, ANN_OF_ACME, BOB_OF_ACME);
        assertThat(execute(ACME, ran).body().path("status").asText()).isEqualTo("succeeded");
    }

    @AfterAll
    void stop() {
        chatbot.close();
        globexBot.close();
        runner.close();
        home.close();
    }

    private static Plan on(String tool, String target) {
        return plan(new Step(tool, Map.of(), List.of(target)));
    }

    private Answer get(String tenant, String path) {
        return chatbot.get(path, Tenant.HEADER, tenant);
    }

    private Answer post(String tenant, String path, Object body) {
        return chatbot.post(path, body, Tenant.HEADER, tenant);
    }

    private Answer preview(String tenant, Plan plan, String actor) {
        return post(tenant, "/plans/preview", new PreviewRequest(plan, tenant, actor, "c-of-" + tenant));
    }

    private PreviewAnswer previewed(String tenant, Plan plan, String actor) {
        Answer answer = preview(tenant, plan, actor);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.as(PreviewAnswer.class);
    }

    private ExecuteRequest approved(String tenant, String actor, String approver) {
        PreviewAnswer preview = previewed(tenant, STATUS, actor);
        return chatbot.request(STATUS, preview, approval(preview, approver));
    }

    /** Signed where the tenant's people talk. */
    private Attestation approval(PreviewAnswer preview, String approver) {
        return chatbot.sign(new Statement(
                preview.digest(),
                Decision.APPROVE,
                approver,
                preview.preview().requester(),
                "c-of-" + preview.preview().tenant(),
                Instant.now(),
                preview.preview().nonce()));
    }

    private Answer execute(String tenant, ExecuteRequest request) {
        return post(tenant, "/execute-plan", request);
    }

    private Answer decisions(String tenant, String digest, String approver) {
        return post(
                tenant, "/decisions/check", new DecisionCheck.Request(digest, List.of(approval(waiting, approver))));
    }

    private Answer explain(String actor, String person, String target) {
        return post(
                GLOBEX,
                "/policy/explain",
                new PolicyQuestion.Request(GLOBEX, actor, person, on("shared_status", target)));
    }

    /**
     * One row of the table.
     *
     * @param call which call
     * @param what is asked for
     * @param foreign as globex, by the name of what acme has
     * @param unknown as globex, by a name that nothing has
     * @param names the two names, which alone may tell the answers apart
     */
    private record Row(RunnerCall call, String what, Answer foreign, Answer unknown, List<String> names) {
        static Row of(RunnerCall call, String what, String foreign, String unknown, Function<String, Answer> asking) {
            return new Row(call, what, asking.apply(foreign), asking.apply(unknown), List.of(foreign, unknown));
        }

        String foreignText() {
            return foreign.status() + " " + foreign.response().body().replace(names.getFirst(), "NAME");
        }

        String unknownText() {
            return unknown.status() + " " + unknown.response().body().replace(names.getLast(), "NAME");
        }
    }

    private List<Row> table() {
        String noDigest = "sha256:" + "0".repeat(64);
        String noId = TestCaller.newId();
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(RunnerCall.TOOLS, "the tools", GLOBEX, GLOBEX, tenant -> get(tenant, "/tools")));
        rows.add(Row.of(RunnerCall.TARGETS, "the targets", GLOBEX, GLOBEX, tenant -> get(tenant, "/targets")));
        rows.add(Row.of(
                RunnerCall.RIGHTS,
                "a person of acme",
                ANN_OF_ACME,
                "slack:TX/U1",
                actor -> post(GLOBEX, "/rights", new Rights.Request(GLOBEX, actor))));
        rows.add(Row.of(
                RunnerCall.EXPLAIN,
                "who approves, by a person of acme",
                ANN_OF_ACME,
                "slack:TX/U1",
                actor -> explain(actor, "", "web-01")));
        rows.add(Row.of(
                RunnerCall.EXPLAIN,
                "who approves for a person of acme",
                ANN_OF_ACME,
                "slack:TX/U1",
                person -> explain(ANN_OF_GLOBEX, person, "web-01")));
        rows.add(Row.of(
                RunnerCall.EXPLAIN,
                "who approves on a target of acme",
                "acme-vault",
                "nowhere-at-all",
                target -> explain(ANN_OF_GLOBEX, "", target)));
        rows.add(Row.of(
                RunnerCall.PREVIEW,
                "a plan of a person of acme",
                ANN_OF_ACME,
                "slack:TX/U1",
                actor -> preview(GLOBEX, STATUS, actor)));
        rows.add(Row.of(
                RunnerCall.PREVIEW,
                "a plan with a target of acme",
                "acme-vault",
                "nowhere-at-all",
                target -> preview(GLOBEX, on("shared_status", target), ANN_OF_GLOBEX)));
        rows.add(Row.of(
                RunnerCall.PREVIEW,
                "a plan with another name of a target of acme",
                "vault-of-acme",
                "nowhere-at-all",
                target -> preview(GLOBEX, on("shared_status", target), ANN_OF_GLOBEX)));
        rows.add(Row.of(
                RunnerCall.PREVIEW,
                "a plan with a tool of acme",
                "acme_secret_report",
                "no_such_tool_anywhere",
                tool -> preview(GLOBEX, on(tool, "web-01"), ANN_OF_GLOBEX)));
        rows.add(Row.of(
                RunnerCall.CHECK_DECISION,
                "a decision on a preview of acme",
                waiting.digest(),
                noDigest,
                digest -> decisions(GLOBEX, digest, BOB_OF_GLOBEX)));
        rows.add(Row.of(
                RunnerCall.EXECUTE,
                "the plan that waits at acme, approved by acme",
                waiting.digest(),
                noDigest,
                digest -> execute(
                        GLOBEX,
                        new ExecuteRequest(
                                "e-the-same-id",
                                STATUS,
                                GLOBEX,
                                ANN_OF_ACME,
                                digest,
                                List.of(approval(waiting, BOB_OF_ACME))))));
        rows.add(Row.of(
                RunnerCall.EXECUTE,
                "what acme has run",
                ran.digest(),
                noDigest,
                digest -> execute(
                        GLOBEX,
                        new ExecuteRequest(
                                ran.executionId(), STATUS, GLOBEX, ANN_OF_ACME, digest, ran.attestations()))));
        rows.add(Row.of(
                RunnerCall.EXECUTIONS,
                "those of a person of acme",
                ANN_OF_ACME,
                "slack:TX/U1",
                who -> get(GLOBEX, "/executions?requester=" + who)));
        rows.add(Row.of(
                RunnerCall.EXECUTIONS,
                "those of a conversation of acme",
                "c-of-acme",
                "c-of-nobody",
                where -> get(GLOBEX, "/executions?conversation=" + where)));
        rows.add(Row.of(
                RunnerCall.EXECUTION, "one of acme", ran.executionId(), noId, id -> get(GLOBEX, "/executions/" + id)));
        rows.add(Row.of(
                RunnerCall.EXECUTION,
                "one of acme, by the name that the store gives it",
                "acme%2F" + ran.executionId(),
                "acme%2F" + noId,
                id -> get(GLOBEX, "/executions/" + id)));
        rows.add(Row.of(
                RunnerCall.EVENTS,
                "the events of one of acme",
                ran.executionId(),
                noId,
                id -> get(GLOBEX, "/executions/" + id + "/events?after=0")));
        rows.add(Row.of(
                RunnerCall.CANCEL,
                "the end of one of acme",
                ran.executionId(),
                noId,
                id -> post(GLOBEX, "/executions/" + id + "/cancel", Map.of("actor_id", ANN_OF_ACME))));
        return rows;
    }

    @Test
    void whatIsAnothersIsAnsweredLikeWhatIsNot() {
        SoftAssertions softly = new SoftAssertions();
        for (Row row : table()) {
            String foreign = row.foreignText().replace("acme%2FNAME", "NAME").replace("acme/", "");
            String unknown = row.unknownText().replace("acme%2FNAME", "NAME").replace("acme/", "");
            softly.assertThat(foreign).as("%s: %s", row.call(), row.what()).isEqualTo(unknown);
            softly.assertThat(foreign)
                    .as("%s: %s", row.call(), row.what())
                    .doesNotContain("acme", "slack:TA", "token-of");
        }
        softly.assertAll();
    }

    @Test
    void everyCallIsInTheTable() {
        Set<RunnerCall> tested = EnumSet.noneOf(RunnerCall.class);
        table().forEach(row -> tested.add(row.call()));
        assertThat(tested).containsExactlyInAnyOrder(RunnerCall.values());
    }

    @Test
    void theirOwnIsAnsweredToEach() {
        assertThat(get(ACME, "/executions/" + ran.executionId()).status()).isEqualTo(200);
        assertThat(get(ACME, "/executions").body().path("executions").size()).isPositive();
        assertThat(get(ACME, "/tools").response().body()).contains("acme_secret_report", "shared_status");
        assertThat(get(GLOBEX, "/tools").response().body())
                .contains("shared_status")
                .doesNotContain("acme_secret_report");
        assertThat(get(ACME, "/targets").response().body())
                .contains("acme-vault")
                .doesNotContain("globex");
        assertThat(get(GLOBEX, "/targets").response().body())
                .contains("globex-vault")
                .doesNotContain("acme");
        assertThat(decisions(ACME, waiting.digest(), BOB_OF_ACME)
                        .body()
                        .path("sufficient")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theSameNameIsAnotherMachineWithAnotherSecretForEach() {
        ExecuteRequest theirs = approved(GLOBEX, ANN_OF_GLOBEX, BOB_OF_GLOBEX);
        Answer answer = execute(GLOBEX, theirs);
        assertThat(answer.body().path("status").asText()).isEqualTo("succeeded");
        // The output is masked by its own tenant's secrets.
        assertThat(answer.response().body()).contains("up Bearer").doesNotContain("token-of-globex");
        assertThat(home.asked(GLOBEX)).isNotEmpty().allMatch("GET /shared_status Bearer token-of-globex"::equals);
        assertThat(home.asked(ACME)).isNotEmpty().allMatch("GET /shared_status Bearer token-of-acme"::equals);
    }

    @Test
    void anExecutionIdIsEachTenantsOwn() {
        ExecuteRequest theirs = approved(GLOBEX, ANN_OF_GLOBEX, BOB_OF_GLOBEX);
        ExecuteRequest sameId = new ExecuteRequest(
                ran.executionId(),
                theirs.plan(),
                theirs.tenantId(),
                theirs.actorId(),
                theirs.digest(),
                theirs.attestations());
        assertThat(execute(GLOBEX, sameId).body().path("status").asText()).isEqualTo("succeeded");
        assertThat(get(ACME, "/executions/" + ran.executionId())
                        .body()
                        .path("digest")
                        .asText())
                .isEqualTo(ran.digest());
        assertThat(get(GLOBEX, "/executions/" + ran.executionId())
                        .body()
                        .path("digest")
                        .asText())
                .isEqualTo(theirs.digest());
    }

    @Test
    void anApproverOfOneCountsNothingForTheOther() {
        PreviewAnswer theirs = previewed(GLOBEX, STATUS, ANN_OF_GLOBEX);
        // Both have a bob who may approve; this one is acme's.
        Answer answer = execute(GLOBEX, chatbot.request(STATUS, theirs, approval(theirs, BOB_OF_ACME)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("approver_not_allowed");
        assertThat(answer.message()).contains("does not know slack:TA/U2");
        assertThat(execute(GLOBEX, chatbot.request(STATUS, theirs, approval(theirs, BOB_OF_GLOBEX)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSignatureCountsForThoseTenantsThatHaveItsKey() {
        Plan plan = STATUS;
        PreviewAnswer preview = previewed(TwoTenants.INITECH, plan, "slack:TI/U1");
        Answer answer = execute(TwoTenants.INITECH, chatbot.request(plan, preview, approval(preview, "slack:TI/U2")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("unknown_key");
        assertThat(home.asked(TwoTenants.INITECH)).isEmpty();
    }

    @Test
    void aBodyForAnotherTenantThanTheCallIsRefused() {
        ExecuteRequest good = approved(ACME, ANN_OF_ACME, BOB_OF_ACME);
        List<Answer> answers = List.of(
                post(GLOBEX, "/rights", new Rights.Request(ACME, ANN_OF_ACME)),
                post(GLOBEX, "/plans/preview", new PreviewRequest(STATUS, ACME, ANN_OF_ACME, "c1")),
                execute(GLOBEX, good));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("tenant_mismatch");
            assertThat(answer.response().body()).doesNotContain("acme");
        });
        assertThat(execute(ACME, good).status()).isEqualTo(200);
    }

    @Test
    void aCertificateSpeaksForItsTenantsAlone() {
        SoftAssertions softly = new SoftAssertions();
        for (RunnerCall call : RunnerCall.values()) {
            String[] words = call.toString().split(" ", 2);
            String path = words[1].replace("{id}", ran.executionId());
            Function<String, Answer> asking = tenant -> words[0].equals("GET")
                    ? globexBot.get(path, Tenant.HEADER, tenant)
                    : globexBot.post(path, Map.of(), Tenant.HEADER, tenant);
            Answer acmes = asking.apply(ACME);
            Answer nobodys = asking.apply("nobody");
            softly.assertThat(acmes.status()).as(call.toString()).isEqualTo(403);
            softly.assertThat(acmes.code()).as(call.toString()).isEqualTo("tenant_not_allowed");
            softly.assertThat(acmes.response().body().replace("acme", "nobody"))
                    .as(call.toString())
                    .isEqualTo(nobodys.response().body());
            softly.assertThat(asking.apply(GLOBEX).code()).as(call.toString()).isNotEqualTo("tenant_not_allowed");
        }
        softly.assertAll();
    }

    @Test
    void aCallThatNamesNoTenantIsForTheDefaultOneWhichThisRunnerHasNot() {
        Answer answer = chatbot.get("/targets");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo("this caller may not speak for the tenant default");
    }

    @Test
    void theJournalSaysWhoseEachEntryIsAndIsShownOfOneTenantAlone() {
        TestJournal journal = new TestJournal(home.path());
        assertThat(journal.ofType("execution_accepted"))
                .isNotEmpty()
                .allMatch(entry -> List.of(ACME, GLOBEX)
                        .contains(entry.path("data").path("tenant").asText()));
        assertThat(journal.ofType("started")).hasSize(3);
        StringWriter acmes = new StringWriter();
        assertThat(cli(
                        acmes,
                        "audit",
                        "export",
                        "--tenant",
                        ACME,
                        "--home",
                        home.path().toString()))
                .isZero();
        assertThat(acmes.toString()).contains(ANN_OF_ACME).doesNotContain("globex", "slack:TG");
        assertThat(cli(
                        new StringWriter(),
                        "audit",
                        "show",
                        ran.executionId(),
                        "--tenant",
                        TwoTenants.INITECH,
                        "--home",
                        home.path().toString()))
                .isEqualTo(1);
        StringWriter trail = new StringWriter();
        assertThat(cli(
                        trail,
                        "audit",
                        "show",
                        ran.executionId(),
                        "--tenant",
                        ACME,
                        "--home",
                        home.path().toString()))
                .as(trail.toString())
                .isZero();
        assertThat(trail.toString()).contains(ran.digest(), ANN_OF_ACME).doesNotContain("slack:TG");
    }

    private static int cli(StringWriter out, String... arguments) {
        return RunnerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    @Test
    void healthAndMetricsNameNoTenant() {
        PlainPage page = new PlainPage(runner.healthPort());
        assertThat(page.get("/health").statusCode()).isEqualTo(200);
        assertThat(page.get("/health").body() + page.get("/metrics").body())
                .doesNotContain(ACME, GLOBEX, TwoTenants.INITECH, "slack:");
    }
}
