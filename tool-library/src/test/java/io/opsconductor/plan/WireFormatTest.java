package io.opsconductor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void theFoundingPlanIsRead() {
        Plan plan = Json.read("""
                {"steps": [{"tool": "check_disk_space",
                            "parameters": {"target_host": "web-server-01", "path": "/"}}]}
                """, Plan.class);
        assertThat(plan.steps())
                .containsExactly(new Step("check_disk_space", Map.of("path", "/"), List.of("web-server-01")));
    }

    @Test
    void aParameterNamedTargetHostStaysOneWhenTargetsAreGiven() {
        Step step = Json.read("""
                {"tool": "t", "parameters": {"target_host": "x"}, "targets": ["web-01"]}
                """, Step.class);
        assertThat(step).isEqualTo(new Step("t", Map.of("target_host", "x"), List.of("web-01")));
    }

    @Test
    void unknownFieldsAreNamedWithTheirPlace() {
        assertThatThrownBy(() -> Json.read("{\"steps\": [], \"stepz\": 1}", Plan.class))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("line 1")
                .hasMessageEndingWith("at /stepz: there is no field \"stepz\" here; known are deadline_seconds, steps");
    }

    @Test
    void whatIsWrongIsSaidWithoutTheNamesOfOurClasses() {
        assertThatThrownBy(() -> Json.read("{\"steps\": [null]}", Plan.class))
                .hasMessageEndingWith(": steps has an entry that is null");
        assertThatThrownBy(() -> Json.read("{\"steps\": 7}", Plan.class)).hasMessageEndingWith(": expected a list");
        assertThatThrownBy(() -> Json.read("[]", Plan.class)).hasMessageEndingWith(": expected an object");
        assertThatThrownBy(() -> Json.read(
                        "{\"plan\": {\"steps\": []}, \"tenant_id\": \"t\", \"actor_id\": \"" + "a".repeat(200)
                                + "\", \"conversation\": \"c\"}",
                        PreviewRequest.class))
                .hasMessageEndingWith(": actor_id is longer than 160 characters");
    }

    @Test
    void whoMustApproveIsReadAsItIsWrittenAndAlsoAsItWasWrittenBeforeThereWereSeveralDemands() {
        Preview.ApprovalRule rule = new Preview.ApprovalRule(
                Preview.ApprovalKind.SOMEONE_ELSE,
                List.of(new Preview.Demand(
                        List.of(
                                new Preview.Quota(2, "dbas", List.of("carol", "dora")),
                                new Preview.Quota(1, "leads", List.of("carol", "frank"))),
                        List.of(2))),
                Map.of(),
                "the rule",
                true);
        String written = Json.write(rule);
        assertThat(written).contains("\"approvals\":3", "\"approvers\":[\"carol\",\"dora\",\"frank\"]");
        assertThat(Json.read(written, Preview.ApprovalRule.class)).isEqualTo(rule);

        assertThat(Json.read(
                        "{\"kind\": \"someone_else\", \"approvals\": 2, \"approvers\": [\"bob\", \"carol\"], \"reason\": \"r\"}",
                        Preview.ApprovalRule.class))
                .isEqualTo(new Preview.ApprovalRule(
                        Preview.ApprovalKind.SOMEONE_ELSE, 2, List.of("bob", "carol"), Map.of(), "r"));
        assertThat(Json.read(
                                "{\"kind\": \"none\", \"approvals\": 0, \"approvers\": [], \"reason\": \"r\"}",
                                Preview.ApprovalRule.class)
                        .demands())
                .isEmpty();
    }

    @Test
    void whatIsNoWholeNumberAndNoWordIsNotTakenForOne() {
        for (String seconds : List.of("60.5", "60.0", "6e1", "\"60\"", "true", "[60]")) {
            assertThatThrownBy(() -> Json.read("{\"steps\": [], \"deadline_seconds\": " + seconds + "}", Plan.class))
                    .as(seconds)
                    .isInstanceOf(InvalidJsonException.class);
        }
        for (String then : List.of("0", "1", "true", "\"1\"", "[]")) {
            assertThatThrownBy(() -> Json.read("{\"then\": " + then + "}", Failures.class))
                    .as(then)
                    .isInstanceOf(InvalidJsonException.class);
        }
    }

    @Test
    void duplicateFieldsAreRefused() {
        assertThatThrownBy(() -> Json.read("{\"steps\": [], \"steps\": []}", Plan.class))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("Duplicate");
    }

    @Test
    void textIsNotTakenForANumberNorTheReverse() {
        assertThatThrownBy(() -> Json.read("{\"tool\": 7, \"parameters\": {}, \"targets\": []}", Step.class))
                .isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void deeplyNestedTextIsRefusedNotOverflown() {
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> Json.tree(deep)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void aPreviewSurvivesTheWireWithItsDigest() {
        Preview preview = preview("df -P /", "n1");
        Preview read = Json.read(Json.write(preview), Preview.class);
        assertThat(read).isEqualTo(preview);
        assertThat(read.digest()).isEqualTo(preview.digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void everyByteOfTheCommandCounts() {
        assertThat(preview("df -P /", "n1").digest())
                .isNotEqualTo(preview("df -P  /", "n1").digest());
        assertThat(preview("df -P /", "n1").digest())
                .isNotEqualTo(preview("df -P /", "n2").digest());
    }

    @Test
    void theCanonicalFormIsSortedAndCompact() {
        assertThat(new String(
                        Json.canonical(new Step("ping", Map.of("target", "a\nb"), List.of())), StandardCharsets.UTF_8))
                .isEqualTo("{\"parameters\":{\"target\":\"a\\nb\"},\"targets\":[],\"tool\":\"ping\"}");
    }

    @Test
    void eventsKeepTheirTypeOnTheWire() {
        ExecutionEvent event = new ExecutionEvent.Output(3, NOW, 0, "web-01", "stdout", "x\n");
        String json = Json.mapper().valueToTree(event).toString();
        assertThat(json).contains("\"type\":\"output\"");
        assertThat(Json.read(json, ExecutionEvent.class)).isEqualTo(event);
    }

    @Test
    void invisibleAndReorderingCharactersBecomeEscapes() {
        assertThat(Visible.escape("ls \u202Egnp.exe\u200B \u0007\u00A0é日本\n"))
                .isEqualTo("ls \\u{202E}gnp.exe\\u{200B} \\u{7}\\u{A0}é日本\n");
    }

    @Test
    void identitiesAreAsciiOfASmallAlphabet() {
        assertThat(Identity.isValid("web:alice")).isTrue();
        assertThat(Identity.isValid("slack:T123/U456")).isTrue();
        assertThat(Identity.isValid("web:аlice")).isFalse();
        assertThat(Identity.isValid("alice")).isFalse();
        assertThat(Identity.isValid("web:" + "a".repeat(200))).isFalse();
    }

    private static Preview preview(String line, String nonce) {
        return new Preview(
                1,
                "default",
                "web:alice",
                "alice",
                nonce,
                NOW,
                NOW.plusSeconds(900),
                "sha256:p",
                Effect.READ,
                List.of(new Preview.RenderedStep(
                        "check_disk_space",
                        "sha256:t",
                        Effect.READ,
                        true,
                        "ssh",
                        30,
                        Map.of("path", "/", "lines", 5),
                        List.of(new Preview.RenderedTarget(
                                "web-01",
                                "production",
                                "deploy",
                                "key",
                                "sha256:b",
                                new RenderedCommand.Shell(line),
                                line)))),
                new Preview.BlastRadius(1, Map.of("production", 1)),
                new Preview.ApprovalRule(Preview.ApprovalKind.REQUESTER, 1, List.of("alice"), Map.of(), "reading"));
    }
}
