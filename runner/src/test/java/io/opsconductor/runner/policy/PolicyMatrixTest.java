package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.kit.keys.Signer;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.attestation.Ballot;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.preview.PreviewResult;
import io.opsconductor.runner.preview.Previewer;
import io.opsconductor.runner.store.IssuedPreview;
import io.opsconductor.tool.ToolLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every role, effect and place, with every decision, against what {@code matrix.txt} says becomes of it. After a wanted change,
 * {@code -Dgoldens=write} writes the table anew, for reading.
 */
class PolicyMatrixTest {
    private static final Path TABLES = Path.of("src/test/resources/io/opsconductor/runner/policy");
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    /** A column of the table: who approves, in this order. */
    private static final Map<String, List<String>> DECISIONS = decisions();

    @TempDir
    private Path directory;

    private Previewer previewer;
    private Policy policy;
    private Signer signer;
    private AttestationCheck attestations;

    private static Map<String, List<String>> decisions() {
        Map<String, List<String>> decisions = new LinkedHashMap<>();
        decisions.put("nobody", List.of());
        decisions.put("requester", List.of("requester"));
        decisions.put("colleague", List.of("web:cole"));
        decisions.put("lead", List.of("web:lea"));
        decisions.put("stranger", List.of("web:mallory"));
        decisions.put("colleague+lead", List.of("web:cole", "web:lea"));
        decisions.put("lead+lead", List.of("web:lea", "slack:T1/LEA"));
        return decisions;
    }

    @BeforeEach
    void prepare() throws Exception {
        tool("look", "read");
        tool("restart", "change");
        tool("wipe", "destroy");
        ToolLibrary tools =
                ToolLibrary.load(List.of(directory.resolve("tools"))).library();
        Inventory inventory = read(InventoryReader.read(List.of(TABLES.resolve("matrix-inventory.yaml"))));
        policy = read(PolicyReader.read(List.of(TABLES.resolve("matrix-policy.yaml"))));
        previewer = new Previewer(() -> tools, () -> inventory, () -> policy);
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path secret = pem("chatbot.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
        signer = Signer.open(
                secret, pem("chatbot.pub", "PUBLIC KEY", keys.getPublic().getEncoded()));
        attestations = new AttestationCheck(new ApprovalKeys(directory.resolve("keys")));
    }

    private Path pem(String name, String kind, byte[] key) throws IOException {
        Files.createDirectories(directory.resolve("keys"));
        String text = Base64.getMimeEncoder().encodeToString(key);
        return Files.writeString(
                directory.resolve("keys/" + name),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private void tool(String name, String effect) throws IOException {
        Files.createDirectories(directory.resolve("tools"));
        Files.writeString(directory.resolve("tools/" + name + ".yaml"), """
                name: %1$s
                description: "A tool of this test."
                effect: %2$s
                execution: { method: ssh }
                command_template: %1$s
                """.formatted(name, effect));
    }

    private static <T> T read(Reading<T> reading) {
        return switch (reading) {
            case Reading.Good<T> good -> good.value();
            case Reading.Bad<T> bad -> throw new AssertionError(bad.problems().toString());
        };
    }

    @Test
    void whatBecomesOfEveryRequestAndEveryDecisionIsWhatTheTableSays() throws IOException {
        String expected = Files.readString(TABLES.resolve("matrix.txt"));
        List<String> table = new ArrayList<>();
        for (String line : expected.lines().toList()) {
            boolean row = line.startsWith("viewer")
                    || line.startsWith("operator")
                    || line.startsWith("lead")
                    || line.startsWith("on call")
                    || line.startsWith("stranger");
            table.add(row ? row(Arrays.asList(line.split(" {2,}", -1))) : line);
        }
        String found = String.join("\n", table) + "\n";
        if (System.getProperty("goldens", "").equals("write")) {
            Files.writeString(TABLES.resolve("matrix.txt"), found);
        }
        assertThat(found).isEqualTo(expected);
    }

    private String row(List<String> cells) {
        String requester = switch (cells.get(0)) {
            case "viewer" -> "web:vera";
            case "operator" -> "web:oscar";
            case "lead" -> "web:luis";
            case "on call" -> "web:ona";
            default -> "web:mallory";
        };
        String tool = switch (cells.get(1)) {
            case "read" -> "look";
            case "change" -> "restart";
            default -> "wipe";
        };
        List<String> outcomes = new ArrayList<>();
        PreviewResult asked = preview(requester, tool, cells.get(2), "");
        for (List<String> approvers : DECISIONS.values()) {
            outcomes.add(outcome(asked, requester, approvers));
        }
        outcomes.add(
                outcome(preview(requester, tool, cells.get(2), "the pager rings"), requester, List.of("requester")));
        StringBuilder row = new StringBuilder(
                String.format(Locale.ROOT, "%-9s %-8s %-11s", cells.get(0), cells.get(1), cells.get(2)));
        outcomes.forEach(outcome -> row.append(String.format(" %-15s", outcome)));
        return row.toString().stripTrailing();
    }

    private PreviewResult preview(String requester, String tool, String place, String breakGlass) {
        Plan plan = new Plan(List.of(new Step(tool, Map.of(), List.of(place + "-01"))));
        return previewer.preview(new PreviewRequest(plan, "default", requester, "c1", breakGlass), "n1", NOW, NOW);
    }

    private String outcome(PreviewResult asked, String requester, List<String> approvers) {
        return switch (asked) {
            case PreviewResult.Refused refused -> word(refused.problem().error().code());
            case PreviewResult.Previewed previewed -> {
                Preview preview = previewed.preview();
                IssuedPreview issued = new IssuedPreview(
                        preview.digest(),
                        new PreviewRequest(
                                new Plan(List.of(new Step("look", Map.of(), List.of()))), "default", requester, "c1"),
                        preview);
                List<Attestation> votes = approvers.stream()
                        .map(approver -> approver.equals("requester") ? requester : approver)
                        .map(approver -> vote(preview, approver))
                        .toList();
                yield switch (attestations.count(votes, issued, policy, NOW)) {
                    case Ballot.Invalid(Refusal refusal) -> word(refusal.code());
                    case Ballot.Denied denied -> throw new AssertionError(denied.name());
                    case Ballot.Approved(Tally tally) -> tally.sufficient() ? "runs" : tally.missing() + " more";
                };
            }
        };
    }

    private Attestation vote(Preview preview, String approver) {
        Attestation.Statement statement = new Attestation.Statement(
                preview.digest(),
                Decision.APPROVE,
                approver,
                preview.requester(),
                "c1",
                NOW,
                preview.nonce(),
                PlanCode.isAskedFor(preview) ? PlanCode.of(preview.digest()) : null);
        return new Attestation(statement, signer.keyId(), signer.sign(statement.signedBytes()));
    }

    private static String word(String code) {
        return switch (code) {
            case "unknown_actor" -> "unknown";
            case "no_rule" -> "no rule";
            case "denied_by_policy" -> "forbidden";
            case "self_approval" -> "own request";
            case "approver_not_allowed" -> "may not";
            case "break_glass_not_allowed" -> "not allowed";
            default -> code;
        };
    }
}
