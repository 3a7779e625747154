package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Json;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.DecisionCheck.Wanted;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.runner.TestCaller.Answer;
import io.opsconductor.runner.cli.RunnerCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The policy as a running runner applies it: several groups, times, breaking the glass, and questions about it. */
class PolicyAtWorkTest {
    private static final String REASON = "the shop is down and nobody answers";

    @TempDir
    private Path directory;

    private TestHome home;
    private Runner runner;
    private TestCaller chatbot;
    private final TestClock clock = new TestClock();

    @BeforeEach
    void start() throws IOException {
        home = TestHome.make(directory.resolve("home"));
        home.tool("tidy", "change", "echo tidy", List.of());
        home.tool("tune", "change", "echo tune", List.of());
        Instant now = clock.instant();
        Files.writeString(home.path().resolve("policy.yaml"), """
                actors:
                  alice: { identities: ["web:alice"], roles: [operator, on-call] }
                  bob: { identities: ["web:bob"], roles: [operator] }
                  carol: { identities: ["web:carol", "slack:T1/U3"], roles: [operator] }
                  frank: { identities: ["web:frank"], roles: [lead] }
                  dan: { identities: ["web:dan"], roles: [viewer] }
                groups:
                  dbas: [bob, carol]
                  leads: [carol, frank]
                rules:
                  - name: tidying needs a dba and a lead
                    roles: [operator]
                    tools: [tidy]
                    approval: { someone_else: { dbas: 1, leads: 1 } }
                    expiry: 5m
                    break_glass: { roles: [on-call] }
                  - name: tuning needs a dba until the hour is over
                    roles: [operator]
                    tools: [tune]
                    times: { from: "%s", to: "%s", zone: UTC }
                    approval: { someone_else: 1, of: dbas }
                    expiry: 24h
                  - name: destroying needs others
                    roles: [operator]
                    effects: [destroy]
                    approval: someone_else
                    break_glass: true
                  - name: viewers read
                    roles: [viewer]
                    effects: [read]
                    approval: requester
                """.formatted(
                        clock(now.minus(Duration.ofHours(1))), clock(now.plus(Duration.ofMinutes(5)))));
        runner = Main.start(home.settings(), home.environment(), clock);
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    private static String clock(Instant time) {
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(ZonedDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
    }

    private static Plan tidy() {
        return plan(step("tidy", Map.of()));
    }

    private Answer broken(Plan plan, String requester, String reason) {
        return chatbot.post("/plans/preview", new PreviewRequest(plan, "default", requester, "c1", reason));
    }

    private Answer check(PreviewAnswer preview, Attestation... attestations) {
        return chatbot.post("/decisions/check", new DecisionCheck.Request(preview.digest(), List.of(attestations)));
    }

    @Test
    void everyGroupHasItsPeopleAndWhoIsInBothCountsOnce() {
        PreviewAnswer preview = chatbot.preview(tidy(), "web:alice");
        assertThat(preview.preview().approval().demands())
                .containsExactly(new Demand(
                        List.of(
                                new Quota(1, "dbas", List.of("bob", "carol")),
                                new Quota(1, "leads", List.of("carol", "frank"))),
                        List.of()));
        assertThat(Duration.between(
                        preview.preview().issuedAt(), preview.preview().expiresAt()))
                .isEqualTo(Duration.ofMinutes(5));
        Attestation carol = chatbot.approval(preview, "web:carol");
        Attestation again = chatbot.approval(preview, "slack:T1/U3");
        Attestation bob = chatbot.approval(preview, "web:bob");

        DecisionCheck.Answer first = check(preview, carol, again).as(DecisionCheck.Answer.class);
        assertThat(first)
                .isEqualTo(new DecisionCheck.Answer(
                        false,
                        1,
                        List.of(new Wanted(1, List.of("dbas", "leads"), List.of("bob", "frank"), List.of())),
                        "carol"));
        Answer early = chatbot.execute(chatbot.request(tidy(), preview, carol, again));
        assertThat(early.code()).isEqualTo("approvals_missing");
        assertThat(early.message()).isEqualTo("one more is needed, of dbas or leads: bob or frank");

        assertThat(chatbot.execute(chatbot.request(tidy(), preview, carol, bob)).status())
                .isEqualTo(200);
    }

    @Test
    void aRuleThatHeldWhenThePlanWasShownMustHoldWhenItRuns() {
        Plan tune = plan(step("tune", Map.of()));
        PreviewAnswer preview = chatbot.preview(tune, "web:alice");
        ExecuteRequest request = chatbot.request(tune, preview, chatbot.approval(preview, "web:bob"));
        clock.advance(Duration.ofMinutes(6));

        Answer late = chatbot.execute(request);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("changed_since_preview");
        assertThat(late.message())
                .isEqualTo("what was shown can no longer run: No rule of the policy allows alice tune (change) on"
                        + " runner.");
        assertThat(chatbot.previewCall(tune, "web:alice").code()).isEqualTo("no_rule");
    }

    @Test
    void whoMayBreakTheGlassRunsItAloneAndBothSaySo() {
        assertThat(chatbot.preview(tidy(), "web:alice").preview().approval().breakGlass())
                .isTrue();
        PreviewAnswer preview = broken(tidy(), "web:alice", REASON).as(PreviewAnswer.class);
        assertThat(preview.preview().breakGlass()).isEqualTo(REASON);
        assertThat(preview.preview().approval().kind()).isEqualTo(ApprovalKind.REQUESTER);
        assertThat(preview.preview().approval().approvers()).containsExactly("alice");
        PreviewAnswer other = broken(tidy(), "web:alice", "another reason").as(PreviewAnswer.class);
        assertThat(other.digest()).isNotEqualTo(preview.digest());

        Answer colleague = check(preview, chatbot.approval(preview, "web:bob"));
        assertThat(colleague.code()).isEqualTo("approver_not_allowed");
        Attestation own = chatbot.approval(preview, "web:alice");
        // The approval of one reason is none of another one.
        assertThat(chatbot.execute(chatbot.request(tidy(), other, own)).code()).isEqualTo("foreign_approval");

        assertThat(chatbot.execute(chatbot.request(tidy(), preview, own)).status())
                .isEqualTo(200);
        assertThat(new TestJournal(home.path()).ofType("break_glass"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.at("/data/requester").asText()).isEqualTo("web:alice");
                    assertThat(entry.at("/data/reason").asText()).isEqualTo(REASON);
                    assertThat(entry.path("execution").asText()).isNotEmpty();
                });
        assertThat(shown(new TestJournal(home.path())
                                .ofType("break_glass")
                                .getFirst()
                                .path("execution")
                                .asText())
                        .replaceAll("\\s+", " "))
                .contains("BREAK GLASS: web:alice runs it without the approval of others, because: " + REASON);
    }

    /** What {@code audit show} says of an execution. */
    private String shown(String execution) {
        StringWriter out = new StringWriter();
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        line.execute("audit", "show", execution, "--home", home.path().toString());
        return out.toString();
    }

    @Test
    void whoeverMightHaveApprovedMayStopWhatIsRunWithoutThem() throws IOException {
        home.tool("tidy", "change", "sleep 60", List.of());
        PreviewAnswer preview = broken(tidy(), "web:alice", REASON).as(PreviewAnswer.class);
        assertThat(preview.preview().approval().stoppers()).containsExactly("bob", "carol", "frank");
        assertThat(DemandWords.sentences(preview.preview().approval(), "alice"))
                .containsExactly("May be approved by alice.", "May be stopped by bob, carol or frank.");

        // They approve nothing by it, and whoever might not have approved stops nothing.
        assertThat(check(preview, chatbot.approval(preview, "web:frank")).code())
                .isEqualTo("approver_not_allowed");
        Answer dan = check(preview, chatbot.sign(chatbot.statement(preview, Attestation.Decision.DENY, "web:dan")));
        assertThat(dan.code()).isEqualTo("approver_not_allowed");
        Attestation frank = chatbot.sign(chatbot.statement(preview, Attestation.Decision.DENY, "web:frank"));
        assertThat(check(preview, frank).as(DecisionCheck.Answer.class).approverName())
                .isEqualTo("frank");
        ExecuteRequest denied = chatbot.request(tidy(), preview, chatbot.approval(preview, "web:alice"), frank);
        assertThat(chatbot.execute(denied).code()).isEqualTo("denied");

        // And what runs already is ended by them.
        ExecuteRequest request = chatbot.request(tidy(), preview, chatbot.approval(preview, "web:alice"));
        try (Stream<String> events = chatbot.executeStreaming(request)) {
            Iterator<String> each = events.iterator();
            while (!each.next().contains("target_started")) {
                assertThat(each.hasNext()).isTrue();
            }
            String cancel = "/executions/" + request.executionId() + "/cancel";
            assertThat(chatbot.post(cancel, Map.of("actor_id", "web:dan")).code())
                    .isEqualTo("cancel_not_allowed");
            assertThat(chatbot.post(cancel, Map.of("actor_id", "slack:T1/U3")).status())
                    .isEqualTo(202);
            StringBuilder rest = new StringBuilder();
            each.forEachRemaining(rest::append);
            assertThat(rest).contains("carol cancelled it.");
        }
    }

    @Test
    void theGlassIsForThoseWhomTheRuleNamesAndNeverForWhatIsForbiddenOrDestroys() {
        Plan wipe = plan(step("wipe", Map.of()));
        assertThat(broken(tidy(), "web:bob", REASON).code()).isEqualTo("break_glass_not_allowed");
        assertThat(chatbot.preview(tidy(), "web:bob").preview().approval().breakGlass())
                .isFalse();
        assertThat(chatbot.preview(wipe, "web:alice").preview().approval().breakGlass())
                .isFalse();
        assertThat(broken(wipe, "web:alice", REASON).code()).isEqualTo("break_glass_not_allowed");
        assertThat(broken(tidy(), "web:dan", REASON).code()).isEqualTo("no_rule");
        assertThat(broken(tidy(), "web:mallory", REASON).code()).isEqualTo("unknown_actor");
        String tooLong = Json.write(new PreviewRequest(tidy(), "default", "web:alice", "c1", REASON))
                .replace(REASON, "x".repeat(501));
        assertThat(chatbot.postText("/plans/preview", tooLong).status()).isEqualTo(400);
    }

    @Test
    void whoMustApproveIsToldToThoseWhoMayKnow() {
        PolicyQuestion.Answer own = explain("web:alice", "").as(PolicyQuestion.Answer.class);
        assertThat(own.person()).isEqualTo("alice");
        assertThat(own.refusal()).isNull();
        assertThat(own.approval())
                .isEqualTo(chatbot.preview(tidy(), "web:alice").preview().approval());
        assertThat(own.expirySeconds()).isEqualTo(300);
        assertThat(own.rules()).containsExactly("tidying needs a dba and a lead");

        assertThat(explain("web:alice", "Bob").body().at("/approval/approvers").toString())
                .isEqualTo("[\"carol\",\"frank\"]");
        assertThat(explain("web:alice", "dan").body().at("/refusal/code").asText())
                .isEqualTo("no_rule");
        // A lead may ask for nothing on the runner, and so learns nothing about others there, but about themselves.
        assertThat(explain("web:frank", "bob").code()).isEqualTo("not_told");
        assertThat(explain("web:frank", "").body().at("/refusal/code").asText()).isEqualTo("no_rule");
        assertThat(explain("web:mallory", "bob").code()).isEqualTo("unknown_actor");
        assertThat(explain("web:alice", "nobody").status()).isEqualTo(404);
    }

    private Answer explain(String asker, String person) {
        return chatbot.post("/policy/explain", new PolicyQuestion.Request("default", asker, person, tidy()));
    }
}
