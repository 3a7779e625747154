package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.DecisionCheck.Wanted;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
    private static final String POLICY = """
            actors:
              alice: { identities: ["web:alice", "slack:T1/U1"], roles: [operator] }
              bob:   { identities: ["web:bob", "slack:T1/U2"], roles: [operator] }
              carol: { identities: ["web:carol"], roles: [lead] }
              dave:  { identities: ["web:dave"], roles: [viewer] }
            groups:
              approvers: [alice, bob, carol]
              dbas: [carol]
            rules:
              - name: reading is self-service
                roles: [operator, viewer]
                effects: [read]
                approval: none
              - name: reading production
                roles: [operator]
                effects: [read]
                environments: [production]
                approval: requester
              - name: changes need a colleague
                roles: [operator]
                effects: [change]
                approval: { someone_else: 1, of: approvers }
              - name: databases need a dba
                roles: [operator]
                effects: [change]
                target_groups: [databases]
                approval: { someone_else: 1, of: dbas }
              - name: destruction
                roles: [operator]
                effects: [destroy]
                approval: { someone_else: 1, of: approvers }
              - name: nobody stops dns
                deny: true
                tools: [stop_service]
                targets: [DNS-01]
            """;

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @TempDir
    Path folder;

    private Policy policy;

    @BeforeEach
    void read() throws Exception {
        policy = read(POLICY);
    }

    @Test
    void matrixOfPeopleEffectsAndTargets() {
        String expected = """
                who          tool          effect   targets            decision
                web:alice    disk          read     web-01             none
                web:alice    disk          read     prod-01            1 requester of alice, bob
                web:alice    disk          read     web-01 prod-01     1 requester of alice, bob
                web:alice    disk          read     runner             none
                slack:T1/U1  disk          read     prod-01            1 requester of alice, bob
                web:dave     disk          read     web-01             none
                web:carol    disk          read     web-01             no_rule
                web:alice    restart       change   web-01             1 someone_else of bob, carol
                web:bob      restart       change   web-01             1 someone_else of alice, carol
                web:alice    restart       change   db-01              1 someone_else of carol
                web:alice    restart       change   web-01 db-01       1 someone_else of carol
                web:dave     restart       change   web-01             no_rule
                web:carol    restart       change   web-01             no_rule
                web:alice    wipe          destroy  web-01             2 someone_else of bob, carol
                web:alice    stop_service  change   web-01             1 someone_else of bob, carol
                web:alice    stop_service  change   dns-01             denied_by_policy
                web:alice    stop_service  change   web-01 dns-01      denied_by_policy
                web:dave     stop_service  change   web-01 dns-01      denied_by_policy
                web:mallory  disk          read     web-01             unknown_actor
                alice        disk          read     web-01             unknown_actor
                """;
        List<String> table = new ArrayList<>();
        for (String row : expected.lines().skip(1).toList()) {
            List<String> cells = Arrays.asList(row.strip().split(" {2,}", -1));
            String decision = describe(policy.judge(
                    "default",
                    cells.get(0),
                    List.of(new StepFacts(
                            cells.get(1),
                            Effect.valueOf(cells.get(2).toUpperCase(Locale.ROOT)),
                            Arrays.stream(cells.get(3).split(" ", -1))
                                    .map(PolicyTest::target)
                                    .toList())),
                    NOW));
            table.add(String.format(
                    Locale.ROOT,
                    "%-12s %-13s %-8s %-18s %s",
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    decision));
        }

        assertThat(String.join("\n", table))
                .isEqualTo(String.join("\n", expected.lines().skip(1).toList()));
    }

    @Test
    void strictestStepDecides() {
        PolicyDecision decision = policy.judge(
                "default",
                "web:alice",
                List.of(
                        new StepFacts("disk", Effect.READ, List.of(target("web-01"))),
                        new StepFacts("restart", Effect.CHANGE, List.of(target("web-01"))),
                        new StepFacts("disk", Effect.READ, List.of(target("prod-01")))),
                NOW);

        assertThat(decision).isInstanceOfSatisfying(PolicyDecision.Allowed.class, allowed -> {
            assertThat(allowed.approval())
                    .isEqualTo(new ApprovalRule(
                            ApprovalKind.SOMEONE_ELSE,
                            List.of(new Demand(
                                    List.of(new Quota(1, "approvers", List.of("bob", "carol"))), List.of(2))),
                            Map.of("bob", List.of("slack:T1/U2")),
                            "\"changes need a colleague\": 1 person of approvers other than whoever asks must approve",
                            false));
            assertThat(allowed.rules())
                    .containsExactly("reading is self-service", "reading production", "changes need a colleague");
            assertThat(allowed.requesterName()).isEqualTo("alice");
            assertThat(allowed.expiry()).hasMinutes(15);
        });
    }

    @Test
    void refusalsSayWhoWhatWhereAndWhatNext() {
        assertThat(judge("web:dave", "restart", Effect.CHANGE, "prod-01"))
                .isEqualTo(new PolicyDecision.Refused(
                        "no_rule",
                        "No rule of the policy allows dave restart (change) on prod-01 (production).",
                        "Ask whoever keeps the runner's policy for a rule that allows it; what no rule allows is"
                                + " refused."));
        assertThat(judge("web:alice", "stop_service", Effect.CHANGE, "dns-01"))
                .isEqualTo(new PolicyDecision.Refused(
                        "denied_by_policy",
                        "The rule \"nobody stops dns\" forbids alice stop_service on dns-01.",
                        "Ask whoever keeps the runner's policy whether the rule should cover this."));
        assertThat(judge("web:mallory", "disk", Effect.READ, "web-01"))
                .isEqualTo(new PolicyDecision.Refused(
                        "unknown_actor",
                        "The policy does not know web:mallory.",
                        "Ask whoever keeps the runner's policy to list web:mallory under the identities of a"
                                + " person."));
    }

    @Test
    void demandThatNobodyCanMeetIsRefusedAtOnce() throws Exception {
        Policy lonely = read(POLICY.replace("approvers: [alice, bob, carol]", "approvers: [alice]"));

        assertThat(lonely.judge(
                        "default",
                        "web:alice",
                        List.of(new StepFacts("restart", Effect.CHANGE, List.of(target("web-01")))),
                        NOW))
                .isEqualTo(new PolicyDecision.Refused(
                        "not_enough_approvers",
                        "This needs the approval of 1 person of approvers other than alice, and the policy has nobody who may give"
                                + " it.",
                        "Ask whoever keeps the runner's policy to add approvers to \"changes need a colleague\"."));
    }

    @Test
    void destructionNeedsTwoOtherPeopleWhateverTheRuleSays() throws Exception {
        Policy lax = read(POLICY.replace(
                "effects: [destroy]\n    approval: { someone_else: 1, of: approvers }",
                "effects: [destroy]\n    approval: none"));

        // Without a group the rule's own people may approve: besides alice that is only bob.
        assertThat(lax.judge(
                        "default",
                        "web:alice",
                        List.of(new StepFacts("wipe", Effect.DESTROY, List.of(target("web-01")))),
                        NOW))
                .isInstanceOfSatisfying(
                        PolicyDecision.Refused.class,
                        refused -> assertThat(refused.message())
                                .isEqualTo(
                                        "This needs the approval of 2 people other than alice, and the policy has only bob"
                                                + " who may give it."));
    }

    @Test
    void aRuleMayAskForMoreThanTwoPeopleForDestruction() throws Exception {
        Policy strict = read(POLICY.replace(
                        "effects: [destroy]\n    approval: { someone_else: 1, of: approvers }",
                        "effects: [destroy]\n    approval: { someone_else: 3, of: approvers }")
                .replace("approvers: [alice, bob, carol]", "approvers: [alice, bob, carol, dave]"));

        assertThat(describe(strict.judge(
                        "default",
                        "web:alice",
                        List.of(new StepFacts("wipe", Effect.DESTROY, List.of(target("web-01")))),
                        NOW)))
                .isEqualTo("3 someone_else of bob, carol, dave");
    }

    @Test
    void tenantsAreKeptApartOnceTheyAreNamed() throws Exception {
        Policy tenants = read("tenants: [acme]\n" + POLICY);
        List<StepFacts> steps = List.of(new StepFacts("disk", Effect.READ, List.of(target("web-01"))));

        assertThat(tenants.judge("acme", "web:alice", steps, NOW)).isInstanceOf(PolicyDecision.Allowed.class);
        assertThat(tenants.judge("other", "web:alice", steps, NOW))
                .isEqualTo(new PolicyDecision.Refused(
                        "unknown_tenant",
                        "The tenant other is not one of this runner's policy.",
                        "Add it under tenants in the policy, or use one of the policy's tenants."));
    }

    @Test
    void decisionsOfPeople() {
        ApprovalRule colleague = approval("web:alice", "restart", Effect.CHANGE, "web-01");
        String own = "alice asked for this, and the policy wants somebody else to approve it.";

        assertThat(policy.judgeApprover(colleague, "web:alice", "web:bob")).isEqualTo(new Standing.Counts("bob"));
        assertThat(policy.judgeApprover(colleague, "web:alice", "slack:T1/U2")).isEqualTo(new Standing.Counts("bob"));
        assertThat(policy.judgeApprover(colleague, "web:alice", "web:alice"))
                .isEqualTo(new Standing.DoesNot("own_request", own, "Ask bob or carol to approve."));
        assertThat(policy.judgeApprover(colleague, "web:alice", "slack:T1/U1"))
                .isEqualTo(new Standing.DoesNot("own_request", own, "Ask bob or carol to approve."));
        assertThat(policy.judgeApprover(colleague, "web:alice", "web:dave"))
                .isEqualTo(new Standing.DoesNot(
                        "not_an_approver", "dave may not approve this.", "Ask bob or carol to approve."));
        assertThat(policy.judgeApprover(colleague, "web:alice", "web:mallory"))
                .isInstanceOfSatisfying(
                        Standing.DoesNot.class, no -> assertThat(no.code()).isEqualTo("unknown_actor"));
    }

    @Test
    void requesterAndApproversMayDeny() {
        ApprovalRule colleague = approval("web:alice", "restart", Effect.CHANGE, "web-01");

        assertThat(policy.judgeDenier(colleague, "web:alice", "slack:T1/U1")).isEqualTo(new Standing.Counts("alice"));
        assertThat(policy.judgeDenier(colleague, "web:alice", "web:carol")).isEqualTo(new Standing.Counts("carol"));
        assertThat(policy.judgeDenier(colleague, "web:alice", "web:dave"))
                .isEqualTo(new Standing.DoesNot(
                        "not_an_approver", "dave may not deny this.", "Whoever asked for it may, and bob or carol."));
    }

    @Test
    void onePersonWithTwoIdentitiesCountsOnce() {
        ApprovalRule two = approval("web:alice", "wipe", Effect.DESTROY, "web-01");

        assertThat(policy.tally(two, "web:alice", List.of("web:bob", "slack:T1/U2", "web:alice", "web:mallory")))
                .isEqualTo(new Tally(List.of(new Wanted(1, List.of(), List.of("carol"), List.of())), List.of("bob")));
        assertThat(policy.tally(two, "web:alice", List.of("slack:T1/U2", "web:carol")))
                .isEqualTo(new Tally(List.of(), List.of("bob", "carol")));
    }

    @Test
    void namesInRulesThatMeanNothingAreDoubted() {
        Inventory inventory = new Inventory(
                "version",
                List.of(new Target(
                        "dns-1", List.of(), "192.0.2.1", 22, "", "produktion", List.of(), Map.of(), null, List.of())),
                Map.of("database", List.of()),
                List.of());

        assertThat(policy.doubts(List.of("stop_services"), inventory))
                .containsExactly(
                        "The rule \"reading production\" names the environment production, which does not exist. Did you"
                                + " mean produktion?",
                        "The rule \"databases need a dba\" names the target group databases, which does not exist. Did"
                                + " you mean database?",
                        "The rule \"nobody stops dns\" names the tool stop_service, which does not exist. Did you mean"
                                + " stop_services?",
                        "The rule \"nobody stops dns\" names the target dns-01, which does not exist. Did you mean"
                                + " dns-1?");
    }

    private ApprovalRule approval(String requester, String tool, Effect effect, String target) {
        return switch (judge(requester, tool, effect, target)) {
            case PolicyDecision.Allowed allowed -> allowed.approval();
            case PolicyDecision.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    private PolicyDecision judge(String requester, String tool, Effect effect, String target) {
        return policy.judge("default", requester, List.of(new StepFacts(tool, effect, List.of(target(target)))), NOW);
    }

    private static TargetFacts target(String name) {
        return switch (name) {
            case "runner" -> TargetFacts.runner();
            case "prod-01" -> new TargetFacts(name, "production", List.of("web-servers"), Map.of());
            case "db-01" -> new TargetFacts(name, "", List.of("Databases"), Map.of());
            default -> new TargetFacts(name, "", List.of("web-servers"), Map.of());
        };
    }

    private static String describe(PolicyDecision decision) {
        return switch (decision) {
            case PolicyDecision.Refused refused -> refused.code();
            case PolicyDecision.Allowed(ApprovalRule rule, var name, var expiry, var rules) ->
                rule.kind() == ApprovalKind.NONE
                        ? "none"
                        : rule.approvals() + " " + rule.kind().name().toLowerCase(Locale.ROOT) + " of "
                                + String.join(", ", rule.approvers());
        };
    }

    private Policy read(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), text);
        return switch (PolicyReader.read(List.of(file))) {
            case Reading.Good<Policy> good -> good.value();
            case Reading.Bad<Policy> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }
}
