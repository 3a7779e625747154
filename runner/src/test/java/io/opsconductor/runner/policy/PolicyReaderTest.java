package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.yaml.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReaderTest {
    @TempDir
    Path folder;

    @Test
    void everyMistakeIsReportedAtItsPlace() throws Exception {
        Path file = write("policy.yaml", """
                actors:
                  alice: { identities: ["web:alice"], roles: [operator] }
                  bob: { identities: ["web:alice", "Bob Smith"] }
                  carol: { role: [operator] }
                groups:
                  approvers: [alice, bobb]
                rules:
                  - name: one
                    roles: [operater]
                    effects: [reed]
                    approval: sometimes
                  - name: one
                    approval: { someone_else: 0, of: aprovers }
                  - deny: true
                    tools: []
                    approval: none
                  - name: three
                    actors: [dave]
                expiry: 2d
                rulez: []
                """);

        assertThat(problems(file))
                .containsExactly(
                        ":3:23: actors.bob.identities[0]: expected each identity once, found one that belongs to alice already. Remove one; an identity is one person.",
                        ":3:36: actors.bob.identities[1]: expected an identity, found something else. Write web:NAME, slack:TEAM/USER or teams:TENANT/OBJECTID.",
                        ":4:10: actors.carol: expected the key identities, found none. Add for example: identities: [\"web:carol\"]",
                        ":4:12: actors.carol: expected one of the keys identities, roles; found \"role\". Write roles.",
                        ":6:22: groups.approvers[1]: expected an actor of this policy, found an unknown one. Did you mean bob?",
                        ":10:15: rules[0].effects[0]: expected read, change or destroy, found something else",
                        ":11:15: rules[0].approval: expected an approval, found something else. Write none, requester, someone_else, { someone_else: 2, of: approvers } or { someone_else: { dbas: 2, leads: 1 } }.",
                        ":12:5: rules[1]: expected a name of its own, found \"one\" for a second rule. Rename one; reasons could not tell the rules apart.",
                        ":12:5: rules[1]: expected roles or actors in a rule that allows, found neither. Say for whom it allows, for example roles: [operator].",
                        ":13:31: rules[1].approval.someone_else: expected a whole number from 1 to 10, found something else",
                        ":13:38: rules[1].approval.of: expected a group of this policy, found an unknown one. Did you mean approvers?",
                        ":14:5: rules[2]: expected the key name, found none. Add for example: name: changes need a colleague",
                        ":15:12: rules[2].tools: expected at least one entry, found none. Give it one, or leave the key out.",
                        ":16:15: rules[2].approval: expected no approval in a rule that denies, found one. Remove one of the two.",
                        ":17:5: rules[3]: expected the key approval, found none. Add for example: approval: someone_else",
                        ":18:14: rules[3].actors[0]: expected an actor of this policy, found an unknown one",
                        ":19:9: expiry: expected a duration from 1m to 24h, found something else. Write for example 15m.",
                        ":20:1: expected one of the keys actors, groups, rules, expiry, tenants; found \"rulez\". Write rules.");
    }

    @Test
    void severalFilesAreOnePolicy() throws Exception {
        Path people = write("people.yaml", "actors:\n  alice: { identities: [\"web:alice\"], roles: [operator] }\n");
        Path rules = write("rules.yaml", """
                rules:
                  - { name: reading, roles: [operator], effects: [read], approval: requester }
                """);

        assertThat(good(rules, people).warnings()).isEmpty();
    }

    @Test
    void versionIsTheDigestOfTheFile() throws Exception {
        Path file = write("policy.yaml", "actors:\n  alice: { identities: [\"web:alice\"] }\n");

        assertThat(good(file).value().version()).isEqualTo(Digest.of(Files.readAllBytes(file)));
    }

    @Test
    void roleThatNobodyHasIsWorthANotice() throws Exception {
        Path file = write("policy.yaml", """
                actors:
                  alice: { identities: ["web:alice"], roles: [operator] }
                rules:
                  - { name: reading, roles: [operater], approval: none }
                """);

        assertThat(good(file).warnings().stream()
                        .map(Finding::text)
                        .map(text -> text.substring(file.toString().length())))
                .containsExactly(":4:5: notice: rules[0]: nobody has the role \"operater\". Did you mean operator?");
    }

    @Test
    void missingFileIsAProblem() {
        assertThat(problems(folder.resolve("absent.yaml")))
                .containsExactly(":1:1: expected a readable file, found none there. Check the path.");
    }

    private static Reading.Good<Policy> good(Path... files) {
        return switch (PolicyReader.read(List.of(files))) {
            case Reading.Good<Policy> good -> good;
            case Reading.Bad<Policy> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private List<String> problems(Path file) {
        return switch (PolicyReader.read(List.of(file))) {
            case Reading.Good<Policy> good -> List.of();
            case Reading.Bad<Policy> bad ->
                bad.problems().stream()
                        .map(p -> p.text().substring(file.toString().length()))
                        .toList();
        };
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
