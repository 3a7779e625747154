package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Rights;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.tool.CatalogueEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policy grants somebody, target by target. */
class RightsTest {
    private static final String POLICY = """
            tenants: [default]
            actors:
              alice: { identities: ["web:alice", "slack:T1/U1"], roles: [operator] }
              dave:  { identities: ["web:dave"], roles: [viewer] }
              erin:  { identities: ["web:erin"], roles: [dba] }
              frank: { identities: ["web:frank"], roles: [] }
            rules:
              - name: operators
                roles: [operator]
                approval: requester
              - name: viewers look at staging
                roles: [viewer]
                effects: [read]
                environments: [staging]
                approval: requester
              - name: dbas restart databases
                roles: [dba]
                tools: [restart]
                target_groups: [databases]
                approval: requester
              - name: nobody touches the vault
                deny: true
                targets: [vault-01]
              - name: nobody restarts web-01
                deny: true
                tools: [restart]
                targets: [WEB-01]
            """;
    private static final List<CatalogueEntry> TOOLS = List.of(
            tool("disk", Effect.READ, true), tool("ping", Effect.READ, false), tool("restart", Effect.CHANGE, true));
    private static final List<TargetFacts> TARGETS = List.of(
            target("db-01", "production", "databases"),
            target("staging-01", "staging", "web"),
            target("vault-01", "production", "vaults"),
            target("web-01", "production", "web"),
            target("web-02", "production", "web"));

    @TempDir
    Path folder;

    private Policy policy;

    @BeforeEach
    void read() throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        policy = switch (PolicyReader.read(List.of(file))) {
            case Reading.Good<Policy> good -> good.value();
            case Reading.Bad<Policy> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private static CatalogueEntry tool(String name, Effect effect, boolean needsTarget) {
        return new CatalogueEntry(name, name, effect, false, List.of(), needsTarget, List.of(), List.of(), null);
    }

    private static TargetFacts target(String name, String environment, String group) {
        return new TargetFacts(name, environment, List.of(group), Map.of());
    }

    private Rights.Answer of(String identity) {
        return policy.rights("default", identity, TOOLS, TARGETS, Instant.EPOCH);
    }

    @Test
    void everyTargetIsListedWithTheToolsThatAreGrantedThereAndNotForbidden() {
        assertThat(of("web:alice").grants())
                .containsExactly(
                        new Rights.Grant(List.of("db-01", "staging-01", "web-02"), List.of("disk", "ping", "restart")),
                        new Rights.Grant(List.of("runner"), List.of("ping")),
                        new Rights.Grant(List.of("web-01"), List.of("disk", "ping")));
    }

    @Test
    void whatRunsOnTheRunnerMustBeGrantedThereToo() {
        assertThat(of("web:dave").grants()).containsExactly(new Rights.Grant(List.of("staging-01"), List.of("disk")));
    }

    @Test
    void aTargetWithoutAnyToolIsLeftOut() {
        assertThat(of("web:erin").grants()).containsExactly(new Rights.Grant(List.of("db-01"), List.of("restart")));
        assertThat(of("web:frank").grants()).isEmpty();
    }

    @Test
    void onePersonIsKnownByEachIdentity() {
        assertThat(of("slack:T1/U1").person()).isEqualTo("alice");
        assertThat(of("slack:T1/U1").identities()).containsExactly("web:alice", "slack:T1/U1");
        assertThat(of("slack:T1/U1").grants()).isEqualTo(of("web:alice").grants());
    }

    @Test
    void strangersAndForeignTenantsAreGrantedNothing() {
        assertThat(of("web:mallory")).isEqualTo(Rights.Answer.NOBODY);
        assertThat(policy.rights("acme", "web:alice", TOOLS, TARGETS, Instant.EPOCH))
                .isEqualTo(Rights.Answer.NOBODY);
    }
}
