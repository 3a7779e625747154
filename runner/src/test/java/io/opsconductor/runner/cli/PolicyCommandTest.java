package io.opsconductor.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code policy test} and {@code policy explain}, with a policy of their own. */
class PolicyCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        write("policy.yaml", """
                actors:
                  bob: { identities: ["web:bob"], roles: [operator] }
                  carol: { identities: ["web:carol"], roles: [lead] }
                  dora: { identities: ["web:dora"], roles: [dba] }
                groups:
                  dbas: [dora, carol]
                  leads: [carol]
                rules:
                  - name: reading is self-service
                    roles: [operator]
                    effects: [read]
                    approval: requester
                  - name: production needs a dba and a lead
                    roles: [operator]
                    effects: [change]
                    environments: [production]
                    approval: { someone_else: { dbas: 1, leads: 1 } }
                    expiry: 5m
                  - name: no changes at night
                    deny: true
                    effects: [change]
                    times: { from: "22:00", to: "06:00", zone: Europe/Zurich }
                """);
        write("inventory.yaml", """
                targets:
                  - { name: prod-db-01, address: 192.0.2.1, platform: linux, environment: production }
                  - { name: web-01, address: 192.0.2.2, platform: linux, environment: staging }
                """);
        Files.createDirectories(folder.resolve("tools"));
        write("tools/restart_service.yaml", """
                name: restart_service
                description: "Restarts a service."
                effect: change
                execution: { method: ssh }
                command_template: systemctl restart x
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String command, String... arguments) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 8];
        all[0] = "policy";
        all[1] = command;
        all[2] = "--policy";
        all[3] = folder.resolve("policy.yaml").toString();
        all[4] = "--inventory";
        all[5] = folder.resolve("inventory.yaml").toString();
        all[6] = "--tools";
        all[7] = folder.resolve("tools").toString();
        System.arraycopy(arguments, 0, all, 8, arguments.length);
        return line.execute(all);
    }

    @Test
    void explainSaysWhoMustApproveAndWhyRuleByRule() {
        assertThat(run(
                        "explain",
                        "--actor",
                        "bob",
                        "--tool",
                        "restart_service",
                        "--target",
                        "prod-db-01",
                        "--at",
                        "2026-11-26T12:00[Europe/Zurich]"))
                .isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                1 of dbas (carol or dora) and 1 of leads (carol) must approve; nobody counts twice.
                Because of "production needs a dba and a lead": 1 person of dbas and 1 person of leads other than whoever asks must approve.
                An approval may take 5 minutes.

                restart_service (change) on prod-db-01 (production):
                  no       "reading is self-service": its effects are read
                  applies  "production needs a dba and a lead": 1 person of dbas and 1 person of leads, other than whoever asks
                  no       "no changes at night": its times are every day 22:00 to 06:00 Europe/Zurich
                """);
    }

    @Test
    void explainSaysWhatForbidsItAndAnswersNo() {
        assertThat(run(
                        "explain",
                        "--actor",
                        "web:bob",
                        "--tool",
                        "restart_service",
                        "--target",
                        "prod-db-01",
                        "--at",
                        "2026-11-26T22:30+01:00"))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("Refused: The rule \"no changes at night\" forbids bob restart_service on prod-db-01"
                        + " (production).")
                .contains("  forbids  \"no changes at night\"");
    }

    @Test
    void explainAsksForWhatItNeedsWithTheNearestName() {
        assertThat(run("explain", "--actor", "bbo", "--effect", "read")).isEqualTo(2);
        assertThat(run("explain", "--actor", "bob")).isEqualTo(2);
        assertThat(run("explain", "--actor", "bob", "--tool", "restart_servce")).isEqualTo(2);
        assertThat(run("explain", "--actor", "bob", "--effect", "read", "--target", "prod-db-1"))
                .isEqualTo(2);
        assertThat(run("explain", "--actor", "bob", "--effect", "read", "--at", "noon"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "the policy has no actor bbo. Did you mean bob?",
                        "explain needs --tool or --effect",
                        "there is no tool restart_servce. Did you mean restart_service?",
                        "the inventory has no target prod-db-1. Did you mean prod-db-01?",
                        "--at needs a time with its zone");
    }

    @Test
    void testsThatPassAreCounted() throws IOException {
        write("policy-tests.yaml", """
                targets:
                  new-db-01: { environment: production, groups: [databases], labels: { tier: gold } }
                cases:
                  - { actor: bob, effect: read, target: web-01, expect: requester, approvers: [bob] }
                  - name: a dba and a lead, within five minutes
                    actor: bob
                    tool: restart_service
                    targets: [prod-db-01, new-db-01]
                    at: 2026-11-26T12:00+01:00
                    expect: { someone_else: { dbas: 1, leads: 1 } }
                    rules: [production needs a dba and a lead]
                    expiry: 5m
                    break_glass: false
                  - { actor: bob, tool: restart_service, target: prod-db-01, at: "2026-11-26T23:00+01:00", expect: refused, because: denied_by_policy }
                  - { actor: carol, effect: read, target: web-01, expect: refused, because: no_rule }
                  - { actor: "web:mallory", effect: read, target: web-01, expect: refused, because: unknown_actor }
                """);
        assertThat(run("test")).as(out + "" + err).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("5 tests: all pass\n");
    }

    @Test
    void testsThatFailSayWhatWasExpectedAndFoundAndWhichRulesDecided() throws IOException {
        Path tests = write("mine.yaml", """
                cases:
                  - name: bob alone
                    actor: bob
                    tool: restart_service
                    target: prod-db-01
                    at: 2026-11-26T12:00+01:00
                    expect: requester
                  - { actor: bob, effect: read, target: web-01, expect: requester }
                """);
        assertThat(run("test", tests.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines(tests + """
                :2:5: bob alone
                  expected requester, found 1 other person of dbas and 1 other person of leads
                  1 of dbas (carol or dora) and 1 of leads (carol) must approve; nobody counts twice.
                  Because of "production needs a dba and a lead": 1 person of dbas and 1 person of leads other than whoever asks must approve.
                  An approval may take 5 minutes.
                  restart_service (change) on prod-db-01 (production):
                    applies  "production needs a dba and a lead": 1 person of dbas and 1 person of leads, other than whoever asks
                2 tests: 1 pass, 1 fail
                """);
    }

    @Test
    void aFileOfTestsWithMistakesIsWrongUsageAndSaysWhere() throws IOException {
        Path tests = write("mine.yaml", """
                cases:
                  - { actor: bbo, effect: read, expect: requester }
                  - { actor: bob, tool: restart, target: web-1, expect: sometimes }
                  - { actor: bob, effect: read, at: noon, expct: none }
                """);
        assertThat(run("test", tests.toString())).isEqualTo(2);
        assertThat(err.toString()
                        .lines()
                        .map(line -> line.substring(tests.toString().length())))
                .containsExactly(
                        ":2:14: cases[0].actor: expected an actor of the policy or an identity, found another. Did you mean bob?",
                        ":3:25: cases[1].tool: expected a tool of the runner, found another. Did you mean restart_service? Add its effect to test it all the same.",
                        ":3:42: cases[1].target: expected a target of this file or the inventory, found another. Did you mean web-01?",
                        ":3:57: cases[1].expect: expected an approval, found something else. Write none, requester, someone_else, { someone_else: 2, of: approvers } or { someone_else: { dbas: 2, leads: 1 } }.",
                        ":4:43: cases[2]: expected one of the keys name, actor, tenant, tool, effect, target, targets, at, expect, because, rules, approvers, expiry, break_glass; found \"expct\". Write expect.",
                        ":4:37: cases[2].at: expected a time with its zone, found something else. Write for example 2026-11-28T23:00+01:00 or 2026-11-28T23:00[Europe/Zurich].",
                        ":4:5: cases[2]: expected the key expect, found none. Add for example: expect: refused");
    }

    @Test
    void theDemosPolicyPassesItsTests() throws IOException {
        Path demo = Path.of("../acceptance/src/main/resources/io/opsconductor/acceptance/demo");
        Files.copy(demo.resolve("policy.yaml"), folder.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(demo.resolve("policy-tests.yaml"), folder.resolve("policy-tests.yaml"));

        assertThat(run("test")).as(out + "" + err).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("6 tests: all pass\n");
    }

    @Test
    void withoutAFileOfTestsThereIsNothingToRun() {
        assertThat(run("test")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no policy-tests.yaml beside the policy");
    }
}
