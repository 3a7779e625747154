package io.opsconductor.runner.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyReader;
import io.opsconductor.runner.step.Place;
import io.opsconductor.tool.ToolLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewerTest {
    private static final Instant ISSUED = Instant.parse("2026-11-23T18:00:00.123Z");
    private static final String NONCE = "nonce-1";
    private static final String MARK = "sudo-"
            + Digest.of("sudo " + NONCE).substring(Digest.of("sudo " + NONCE).length() - 16);

    private static final String DISK = """
            name: disk
            description: "Show how full the file systems are"
            effect: read
            idempotent: true
            platforms: [linux]
            execution: { method: ssh }
            parameters:
              - { name: path, description: "Only this path", type: path }
              - { name: depth, description: "How deep", type: integer, default: 1 }
            command_template: df -hP -B {depth} {path}
            timeout: 30s
            """;
    private static final String PING = """
            name: ping
            description: "Check network connectivity"
            effect: read
            execution: { method: local-command }
            parameters:
              - { name: target, description: "Who", type: host, required: true }
            command_template: ping -c 4 {target}
            timeout: 20s
            """;
    private static final String RESTART = """
            name: restart
            description: "Restart a service"
            effect: change
            execution: { method: ssh }
            parameters:
              - { name: service, description: "Which", type: service, required: true }
            command_template: systemctl restart {service}
            timeout: 60s
            """;
    private static final String INVENTORY = """
            credentials:
              demo: { type: ssh-key, account: deploy, private_key: { env: KEY } }
              other: { type: ssh-key, account: deploy, private_key: { env: KEY } }
              pw: { type: password, account: deploy, password: { env: PW } }
            known_hosts: known_hosts
            targets:
              - { name: web-01, aliases: [web], address: 192.0.2.1, port: 22, platform: linux, environment: production, groups: [web-servers], credential: demo }
              - { name: web-02, address: 192.0.2.2, platform: linux, environment: staging, groups: [web-servers], credential: demo }
              - { name: win-01, address: 192.0.2.3, platform: windows, credential: demo }
            """;
    private static final String POLICY = """
            actors:
              alice: { identities: ["web:alice"], roles: [operator] }
              bob: { identities: ["web:bob"], roles: [operator] }
              dave: { identities: ["web:dave"], roles: [viewer] }
            rules:
              - { name: reading, roles: [operator], effects: [read], approval: requester }
              - { name: changes, roles: [operator], effects: [change], approval: someone_else }
              - { name: viewers, roles: [viewer], effects: [read], environments: [staging], approval: none }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(folder.resolve("tools/disk.yaml"), DISK);
        Files.writeString(folder.resolve("tools/ping.yaml"), PING);
        Files.writeString(folder.resolve("tools/restart.yaml"), RESTART);
        Files.writeString(folder.resolve("known_hosts"), "192.0.2.1 " + key(1) + "\n");
        Files.writeString(folder.resolve("inventory.yaml"), INVENTORY);
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
    }

    @Test
    void everyFieldIsFilled() {
        Preview preview = previewed(disk("/var", "web", "web-02")).preview();

        assertThat(preview.version()).isEqualTo(2);
        assertThat(preview.requester()).isEqualTo("web:alice");
        assertThat(preview.requesterName()).isEqualTo("alice");
        assertThat(preview.nonce()).isEqualTo(NONCE);
        assertThat(preview.issuedAt()).isEqualTo(ISSUED);
        assertThat(preview.expiresAt()).isEqualTo(Instant.parse("2026-11-23T18:15:00.123Z"));
        assertThat(preview.effect()).isEqualTo(Effect.READ);
        assertThat(preview.blastRadius()).isEqualTo(new Preview.BlastRadius(2, Map.of("production", 1, "staging", 1)));
        assertThat(preview.approval().kind()).isEqualTo(ApprovalKind.REQUESTER);
        assertThat(preview.approval().approvers()).containsExactly("alice", "bob");
        assertThat(preview.steps()).singleElement().satisfies(step -> {
            assertThat(step.method()).isEqualTo("ssh");
            assertThat(step.timeoutSeconds()).isEqualTo(30);
            assertThat(step.idempotent()).isTrue();
            assertThat(step.parameters()).isEqualTo(Map.of("path", "/var", "depth", 1L));
            assertThat(step.targets()).hasSize(2);
            assertThat(step.targets().getFirst().target()).isEqualTo("web-01");
            assertThat(step.targets().getFirst().account()).isEqualTo("deploy");
            assertThat(step.targets().getFirst().credential()).isEqualTo("demo");
            assertThat(step.targets().getFirst().environment()).isEqualTo("production");
            assertThat(step.targets().getFirst().display()).isEqualTo("df -hP -B 1 /var");
            assertThat(step.targets().getFirst().command()).isEqualTo(new RenderedCommand.Shell("df -hP -B 1 /var"));
        });
    }

    @Test
    void previewShowsNoAddressOfATargetItRunsOn() {
        assertThat(io.opsconductor.json.Json.write(
                        previewed(disk("/var", "web-01")).preview()))
                .doesNotContain("192.0.2.1");
    }

    @Test
    void resolvedStepsHoldTheSameCommandsForTheResolvedTargets() {
        PreviewResult.Previewed previewed = previewed(disk("/var", "web"));

        assertThat(previewed.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.targets()).singleElement().satisfies(target -> {
                    assertThat(target.command())
                            .isEqualTo(previewed
                                    .preview()
                                    .steps()
                                    .getFirst()
                                    .targets()
                                    .getFirst()
                                    .command());
                    assertThat(target.place()).isInstanceOfSatisfying(Place.OnTarget.class, place -> {
                        assertThat(place.target().address()).isEqualTo("192.0.2.1");
                        assertThat(place.target().hostKeys()).hasSize(1);
                    });
                }));
    }

    @Test
    void inventoryNameInAHostsPlaceBecomesItsAddress() {
        Preview preview = previewed(plan(new Step("ping", Map.of("target", "WEB"), List.of())))
                .preview();

        assertThat(preview.steps().getFirst().targets()).singleElement().satisfies(target -> {
            assertThat(target.target()).isEqualTo("runner");
            assertThat(target.command()).isEqualTo(new RenderedCommand.Argv(List.of("ping", "-c", "4", "192.0.2.1")));
            assertThat(target.display()).isEqualTo("ping -c 4 192.0.2.1");
        });
        assertThat(preview.steps().getFirst().parameters()).containsEntry("target", "WEB");
        assertThat(preview.blastRadius()).isEqualTo(new Preview.BlastRadius(1, Map.of("production", 1)));
    }

    @Test
    void hostParameterIsJudgedWithTheTargetThatItMeansByNameOrAddress() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), POLICY + """
                  - { name: hands off production, deny: true, environments: [production] }
                """);

        for (String host : List.of("web-01", "web", "192.0.2.1")) {
            assertThat(refused(plan(new Step("ping", Map.of("target", host), List.of())), "web:alice")
                            .error()
                            .code())
                    .as(host)
                    .isEqualTo("denied_by_policy");
        }
        assertThat(previewed(plan(new Step("ping", Map.of("target", "web-02"), List.of())))
                        .preview()
                        .steps())
                .hasSize(1);
    }

    @Test
    void sameRequestGivesTheSameDigestAndAnyChangeAnother() throws Exception {
        Set<String> digests = new HashSet<>();
        String first = digest(disk("/var", "web-01"), NONCE, ISSUED);
        assertThat(digest(disk("/var", "web-01"), NONCE, ISSUED)).isEqualTo(first);
        assertThat(digest(disk("/var", "web"), NONCE, ISSUED))
                .as("an alias means the same")
                .isEqualTo(first);
        assertThat(digest(disk("/var", "web-01"), NONCE, ISSUED.plusNanos(900)))
                .as("time is cut to milliseconds")
                .isEqualTo(first);
        digests.add(first);

        List<Plan> others = List.of(
                disk("/", "web-01"),
                disk("/var", "web-02"),
                disk("/var", "web-01", "web-02"),
                disk("/var", "web-02", "web-01"),
                plan(new Step("disk", Map.of("path", "/var", "depth", 2), List.of("web-01"))),
                plan(new Step("disk", Map.of(), List.of("web-01"))),
                plan(new Step("restart", Map.of("service", "nginx"), List.of("web-01"))),
                plan(new Step("ping", Map.of("target", "web-01"), List.of())),
                plan(new Step("ping", Map.of("target", "192.0.2.1"), List.of())),
                new Plan(Collections.nCopies(2, disk("/var", "web-01").steps().getFirst())));
        others.forEach(plan -> assertThat(digests.add(digest(plan, NONCE, ISSUED)))
                .as(plan.toString())
                .isTrue());
        assertThat(digests.add(digest(disk("/var", "web-01"), "nonce-2", ISSUED)))
                .isTrue();
        assertThat(digests.add(digest(disk("/var", "web-01"), NONCE, ISSUED.plusMillis(1))))
                .isTrue();
        assertThat(digests.add(digestAs("web:bob", "default"))).isTrue();
        assertThat(digests.add(digestAs("web:alice", "acme"))).isTrue();

        changed(digests, "inventory.yaml", INVENTORY.replace("192.0.2.1", "192.0.2.9"));
        changed(digests, "inventory.yaml", INVENTORY.replace("port: 22", "port: 23"));
        changed(digests, "inventory.yaml", INVENTORY.replace("production", "prod"));
        changed(digests, "inventory.yaml", INVENTORY.replace("account: deploy", "account: root"));
        changed(digests, "inventory.yaml", INVENTORY.replaceFirst("env: KEY", "env: OTHER_KEY"));
        changed(
                digests,
                "inventory.yaml",
                INVENTORY.replaceFirst("ssh-key, account: deploy, private_key", "password, account: deploy, password"));
        changed(
                digests,
                "inventory.yaml",
                INVENTORY.replace("[web-servers], credential: demo", "[web-servers], credential: other"));
        changed(digests, "inventory.yaml", INVENTORY);
        changed(digests, "known_hosts", "192.0.2.1 " + key(2) + "\n");
        changed(digests, "known_hosts", "");
        changed(digests, "tools/disk.yaml", DISK + "# a comment\n");
        changed(digests, "tools/disk.yaml", DISK.replace("-hP", "-P"));
        changed(digests, "tools/disk.yaml", DISK.replace("30s", "31s"));
        changed(digests, "policy.yaml", POLICY + "# a comment\n");
        changed(digests, "policy.yaml", POLICY + "expiry: 5m\n");
    }

    @Test
    void changeOfATargetThatThePlanDoesNotTouchLeavesTheDigest() throws Exception {
        String first = digest(disk("/var", "web-01"), NONCE, ISSUED);
        Files.writeString(folder.resolve("inventory.yaml"), INVENTORY.replace("192.0.2.2", "192.0.2.8"));

        assertThat(digest(disk("/var", "web-01"), NONCE, ISSUED)).isEqualTo(first);
    }

    @Test
    void addressCannotBeGuessedFromTheBindingOfTwoPreviews() {
        assertThat(binding("nonce-1")).isNotEqualTo(binding("nonce-2"));
    }

    @Test
    void everyProblemIsReportedWithItsStepAndParameter() {
        Plan plan = plan(
                new Step("dsk", Map.of(), List.of("web-01")),
                new Step("disk", Map.of("path", "var", "dept", 3), List.of("web-03", "web", "web-01", "win-01")),
                new Step("ping", Map.of(), List.of("web-01")));

        Problem problem = refused(plan, "web:alice");

        assertThat(problem.error().code()).isEqualTo("invalid_plan");
        assertThat(problem.error().message().lines())
                .containsExactly(
                        "Step 1: There is no tool \"dsk\". Did you mean disk?",
                        "Step 2: disk has no parameter \"dept\". Did you mean depth?",
                        "Step 2: disk, path: expected an absolute path such as /var/log, found \"var\". Begin with /, or with a drive such as C:\\ on Windows.",
                        "Step 2: There is no target \"web-03\". Did you mean web-01 or web-02?",
                        "Step 2: disk names the target web-01 twice. Name each target once.",
                        "Step 2: disk is for linux; win-01 is windows. Choose another tool or another target, or correct the platform in the inventory.",
                        "Step 3: ping, target: expected a host name or an IP address, found nothing. It is: Who.",
                        "Step 3: ping runs on the runner itself and takes no targets. Leave the targets out; a host to work on is a parameter.");
    }

    @Test
    void unknownTargetIsAnsweredWithTheNearestNames() {
        assertThat(refused(disk("/var", "web-03"), "web:alice"))
                .isEqualTo(Problem.of(
                        "unknown_target",
                        "There is no target \"web-03\".",
                        "Did you mean web-01 or web-02?",
                        List.of("web-01", "web-02")));
    }

    @Test
    void selectionInATargetsPlaceMeansTheTargetsThatFitIt() {
        Preview preview = previewed(disk("/var", "group:web-servers and not env:production", "web"))
                .preview();

        assertThat(preview.steps().getFirst().targets())
                .extracting(target -> target.target())
                .containsExactly("web-02", "web-01");
    }

    @Test
    void selectionOfNothingOrOfSomethingUnknownIsRefusedWithTheNearestNames() {
        assertThat(refused(disk("/var", "group:web-server"), "web:alice"))
                .isEqualTo(Problem.of(
                        "unknown_target",
                        "There is no group \"web-server\" (at 7 of the selection \"group:web-server\").",
                        "Did you mean web-servers?",
                        List.of("web-servers")));
        assertThat(refused(disk("/var", "web-* and platform:windows"), "web:alice")
                        .error()
                        .message())
                .isEqualTo("No target fits \"web-* and platform:windows\".");
    }

    @Test
    void emptySelectionIsRefusedAndNeverMeansAll() {
        assertThat(refused(disk("/var"), "web:alice").error().message())
                .isEqualTo("disk needs 1 to 1000 targets; the step names 0.");
    }

    @Test
    void planWithoutStepsOrWithTooManyIsRefused() {
        assertThat(refused(new Plan(List.of()), "web:alice").error().message())
                .isEqualTo("A plan has 1 to 20 steps; this one has 0.");
        assertThat(refused(
                                new Plan(Collections.nCopies(
                                        21, disk("/", "web-01").steps().getFirst())),
                                "web:alice")
                        .error()
                        .message())
                .isEqualTo("A plan has 1 to 20 steps; this one has 21.");
    }

    @Test
    void strangerLearnsNothingAboutToolsAndTargets() {
        assertThat(refused(disk("/var", "no-such-target"), "web:mallory")
                        .error()
                        .code())
                .isEqualTo("unknown_actor");
    }

    @Test
    void whatNoRuleAllowsIsRefusedWith403() {
        assertThat(preview(disk("/var", "web-01"), "web:dave", "default", NONCE, ISSUED))
                .isInstanceOfSatisfying(PreviewResult.Refused.class, refused -> {
                    assertThat(refused.httpStatus()).isEqualTo(403);
                    assertThat(refused.problem().error().code()).isEqualTo("no_rule");
                });
    }

    @Test
    void hostileValuesStayOneArgument() {
        List<String> values = new ArrayList<>(List.of("/a b", "/$(id)", "/`id`", "/;rm -rf", "/it's"));
        for (String value : values) {
            Preview preview = previewed(disk(value, "web-01")).preview();
            String quoted = "'" + value.replace("'", "'\\''") + "'";

            assertThat(preview.steps().getFirst().targets().getFirst().command())
                    .isEqualTo(new RenderedCommand.Shell("df -hP -B 1 " + quoted));
        }
    }

    @Test
    void sudoIsShownAndWithItThatAPasswordIsAsked() throws Exception {
        tool("restart", RESTART + "sudo: true\n");
        assertThat(restart("web-01"))
                .isEqualTo("sudo -n -- sh -c 'echo " + MARK + "-began >&2; systemctl restart nginx'");

        inventory(INVENTORY.replace("credential: demo }", "credential: demo, sudo: { account: ops, password: pw } }"));
        assertThat(restart("web-01"))
                .isEqualTo("sudo -k -S -p " + MARK + "-asks: -u ops -- sh -c 'echo " + MARK
                        + "-began >&2; systemctl restart nginx'");

        tool("restart", RESTART);
        assertThat(restart("web-01")).isEqualTo("systemctl restart nginx");
        inventory(INVENTORY.replace("credential: demo }", "credential: demo, sudo: true }"));
        assertThat(restart("web-01")).startsWith("sudo -n -- sh -c ");
        inventory(INVENTORY
                .replace("account: deploy", "account: root")
                .replace("credential: demo }", "credential: demo, sudo: true }"));
        assertThat(restart("web-01")).isEqualTo("systemctl restart nginx");
    }

    @Test
    void scriptIsShownWhole() throws Exception {
        tool(
                "restart",
                RESTART.replace(
                        "command_template: systemctl restart {service}",
                        "script: |\n  set -e\n  systemctl restart \"$1\""));

        assertThat(restart("web-01")).isEqualTo("""
                sh -s -- nginx <<'INPUT'
                {
                set -e
                systemctl restart "$1"
                } </dev/null
                INPUT""");
    }

    @Test
    void theWayToATargetIsPartOfWhatIsApproved() throws Exception {
        Set<String> digests = new HashSet<>();
        String behind = INVENTORY.replace("environment: staging, ", "environment: staging, jump: [web-01], ");
        for (String text : List.of(
                INVENTORY,
                behind,
                behind.replace("192.0.2.1,", "192.0.2.9,"),
                behind.replaceFirst("credential: demo \\}", "credential: other }"),
                INVENTORY.replace("environment: staging, ", "environment: staging, sudo: { password: pw }, "),
                INVENTORY.replace("environment: staging, ", "environment: staging, sudo: { account: ops }, "))) {
            inventory(text);
            assertThat(digests.add(digest(disk("/var", "web-02"), NONCE, ISSUED)))
                    .as(text)
                    .isTrue();
        }
        Files.writeString(folder.resolve("known_hosts"), "192.0.2.1 " + key(2) + "\n");
        inventory(behind);
        assertThat(digests.add(digest(disk("/var", "web-02"), NONCE, ISSUED))).isTrue();
    }

    @Test
    void aNetworkDeviceTakesPlainLinesAndNoSudo() throws Exception {
        inventory(INVENTORY.replace("platform: windows", "platform: network"));
        tool("show", """
                name: show
                description: "Show an interface"
                effect: read
                platforms: [network]
                execution: { method: ssh }
                parameters:
                  - { name: name, description: "Which", required: true }
                command_template: show interfaces {name} | include errors
                """);
        Plan plan = plan(new Step("show", Map.of("name", "Gi1/0/1"), List.of("win-01")));
        assertThat(previewed(plan)
                        .preview()
                        .steps()
                        .getFirst()
                        .targets()
                        .getFirst()
                        .display())
                .isEqualTo("show interfaces Gi1/0/1 | include errors");

        Problem quoted = refused(plan(new Step("show", Map.of("name", "Gi1 | x"), List.of("win-01"))), "web:alice");
        assertThat(quoted.error().message()).contains("a network device has no quotes");
        tool("restart", RESTART + "sudo: true\n");
        Problem sudo = refused(plan(new Step("restart", Map.of("service", "nginx"), List.of("win-01"))), "web:alice");
        assertThat(sudo.error().message()).contains("restart runs by sudo, and win-01 is a network device");
    }

    private String restart(String target) {
        return previewed(plan(new Step("restart", Map.of("service", "nginx"), List.of(target))))
                .preview()
                .steps()
                .getFirst()
                .targets()
                .getFirst()
                .display();
    }

    private void tool(String name, String text) throws Exception {
        Files.writeString(folder.resolve("tools/" + name + ".yaml"), text);
    }

    private void inventory(String text) throws Exception {
        Files.writeString(folder.resolve("inventory.yaml"), text);
    }

    private void changed(Set<String> digests, String file, String text) throws Exception {
        String before = Files.readString(folder.resolve(file));
        Files.writeString(folder.resolve(file), text);
        boolean same = before.equals(text);
        assertThat(digests.add(digest(disk("/var", "web-01"), NONCE, ISSUED)))
                .as(file + ": " + text)
                .isEqualTo(!same);
        Files.writeString(folder.resolve(file), before);
    }

    private String binding(String nonce) {
        return switch (preview(disk("/var", "web-01"), "web:alice", "default", nonce, ISSUED)) {
            case PreviewResult.Previewed good ->
                good.preview().steps().getFirst().targets().getFirst().binding();
            case PreviewResult.Refused refused ->
                throw new AssertionError(refused.problem().toString());
        };
    }

    private String digestAs(String actor, String tenant) {
        return digest(preview(disk("/var", "web-01"), actor, tenant, NONCE, ISSUED));
    }

    private String digest(Plan plan, String nonce, Instant issued) {
        return digest(preview(plan, "web:alice", "default", nonce, issued));
    }

    private static String digest(PreviewResult result) {
        return switch (result) {
            case PreviewResult.Previewed good -> good.preview().digest();
            case PreviewResult.Refused refused ->
                throw new AssertionError(refused.problem().toString());
        };
    }

    private PreviewResult.Previewed previewed(Plan plan) {
        return switch (preview(plan, "web:alice", "default", NONCE, ISSUED)) {
            case PreviewResult.Previewed good -> good;
            case PreviewResult.Refused refused ->
                throw new AssertionError(refused.problem().toString());
        };
    }

    private Problem refused(Plan plan, String actor) {
        return switch (preview(plan, actor, "default", NONCE, ISSUED)) {
            case PreviewResult.Previewed good -> throw new AssertionError("not refused");
            case PreviewResult.Refused refused -> refused.problem();
        };
    }

    private PreviewResult preview(Plan plan, String actor, String tenant, String nonce, Instant issued) {
        ToolLibrary.LoadResult tools = ToolLibrary.load(List.of(folder.resolve("tools")));
        assertThat(tools.findings()).isEmpty();
        Previewer previewer = new Previewer(tools::library, this::inventory, this::policy);
        return previewer.preview(new PreviewRequest(plan, tenant, actor, "c1"), nonce, issued, issued);
    }

    private Inventory inventory() {
        return switch (InventoryReader.read(List.of(folder.resolve("inventory.yaml")))) {
            case Reading.Good<Inventory> good -> good.value();
            case Reading.Bad<Inventory> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private Policy policy() {
        return switch (PolicyReader.read(List.of(folder.resolve("policy.yaml")))) {
            case Reading.Good<Policy> good -> good.value();
            case Reading.Bad<Policy> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private static Plan disk(String path, String... targets) {
        return plan(new Step("disk", Map.of("path", path), List.of(targets)));
    }

    private static Plan plan(Step... steps) {
        return new Plan(List.of(steps));
    }

    private static String key(int number) {
        byte[] name = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        byte[] wire = new byte[4 + name.length + 36];
        wire[3] = (byte) name.length;
        System.arraycopy(name, 0, wire, 4, name.length);
        wire[wire.length - 1] = (byte) number;
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(wire);
    }
}
