package io.opsconductor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Attestation.Decision;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanCodeTest {
    @Test
    void aCodeIsMadeOfTheDigestAlone() {
        assertThat(PlanCode.of("sha256:" + "0".repeat(64))).isEqualTo("000-000");
        assertThat(PlanCode.of("sha256:" + "f".repeat(64))).isEqualTo("ZZZ-ZZZ");
        assertThat(PlanCode.of("sha256:00000004" + "f".repeat(56))).isEqualTo("000-001");
        assertThat(IntStream.range(0, 2_000)
                        .mapToObj(i -> PlanCode.of(Digest.of("plan " + i)))
                        .collect(Collectors.toSet()))
                .hasSize(2_000)
                .allMatch(code -> code.matches("[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}"));
    }

    @Test
    void howItIsWrittenDoesNotMatterAndWhatItIsDoes() {
        String digest = "sha256:00000004" + "f".repeat(56);
        for (String typed : List.of("000-001", "000001", " 000 001 ", "ooo-ool", "OOO-OOI")) {
            assertThat(PlanCode.isTyped(typed, digest)).as(typed).isTrue();
        }
        for (String typed : List.of("", "000-00", "000-002", "0000-001", "000-001x", "０００-００１", "1".repeat(5_000))) {
            assertThat(PlanCode.isTyped(typed, digest)).as(typed).isFalse();
        }
    }

    @Test
    void whatIsNoDigestHasNoCode() {
        assertThatThrownBy(() -> PlanCode.of("sha256:x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStatementWithoutACodeIsSignedAsItAlwaysWas() {
        Attestation.Statement statement = new Attestation.Statement(
                "sha256:1", Decision.APPROVE, "web:bob", "web:alice", "c1", Instant.parse("2026-11-26T09:00:00Z"), "n");
        assertThat(new String(statement.signedBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"approver\":\"web:bob\",\"conversation\":\"c1\",\"decision\":\"approve\","
                        + "\"digest\":\"sha256:1\",\"nonce\":\"n\",\"requester\":\"web:alice\","
                        + "\"time\":\"2026-11-26T09:00:00Z\"}");
        assertThat(Json.read(Json.write(statement), Attestation.Statement.class))
                .isEqualTo(statement);
    }
}
