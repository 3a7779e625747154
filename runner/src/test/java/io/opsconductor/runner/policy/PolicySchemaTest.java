package io.opsconductor.runner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.opsconductor.json.Json;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.yaml.SchemaCheck;
import io.opsconductor.yaml.YamlFile;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader judge a policy's shape alike. */
class PolicySchemaTest {
    private static final Path SCHEMA = Path.of("src/main/resources/io/opsconductor/runner/policy/policy.schema.json");
    private static final String PEOPLE = """
            actors:
              alice: { identities: ["web:alice"], roles: [operator] }
              bob: { identities: ["web:bob", "slack:T1/U2"] }
            groups:
              dbas: [alice, bob]
              leads: [bob]
            """;

    @TempDir
    private Path folder;

    @Test
    void thePublishedSchemaIsAValidSchema() throws IOException {
        String metaSchema = "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}";
        var result = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory(Json.mapper()))
                .validate((Object) Json.tree(metaSchema), (Object) Json.tree(Files.readString(SCHEMA)));
        assertThat(result.isValid()).isTrue();
    }

    @Test
    void everyKeyHasADescriptionForEditors() throws IOException {
        JsonNode schema = Json.tree(Files.readString(SCHEMA));
        for (String pointer : List.of("/properties", "/$defs/rule/properties", "/$defs/window/properties")) {
            schema.at(pointer)
                    .properties()
                    .forEach(
                            key -> assertThat(key.getValue().path("description").asText())
                                    .as(pointer + "/" + key.getKey())
                                    .isNotEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expiry: 24h",
                "tenants: [acme, other]",
                "rules: []",
                "rules: [{ name: a, roles: [operator], approval: none }]",
                "rules: [{ name: a, actors: [bob], approval: requester, expiry: 90s }]",
                "rules: [{ name: a, roles: [operator], approval: someone_else, break_glass: true }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: 2 }, break_glass: { roles: [operator] } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: 2, of: dbas } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: { dbas: 2, leads: 1 } } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: { dbas: 2, leads: 1 }, overlap: true } }]",
                "rules: [{ name: a, deny: true }]",
                "rules: [{ name: a, deny: true, effects: [READ, change], tools: [x], targets: [y], environments: [z] }]",
                "rules: [{ name: a, deny: true, target_labels: { tier: gold, team: [a, b], pci: \"*\" } }]",
                "rules: [{ name: a, deny: true, times: { zone: UTC } }]",
                "rules: [{ name: a, deny: true, times: { days: [mon-fri, Sun], from: \"08:00\", to: \"24:00\", zone: Europe/Zurich } }]",
                "rules: [{ name: a, deny: true, times: { from: 22:00, to: 06:00, zone: UTC } }]",
                "rules: [{ name: a, deny: true, times: [{ from: \"22:00\", zone: UTC }, { days: [sat], zone: UTC }] }]"
            })
    void bothAccept(String text) throws IOException {
        assertThat(bySchema(text)).as("the schema on " + text).isTrue();
        assertThat(byReader(text)).as("the reader on " + text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rulez: []",
                "rules: {}",
                "expiry: 15",
                "expiry: soon",
                "tenants: acme",
                "rules: [{ roles: [operator], approval: none }]",
                "rules: [{ name: a, roles: [operator] }]",
                "rules: [{ name: a, approval: none }]",
                "rules: [{ name: a, roles: [], approval: none }]",
                "rules: [{ name: a, roles: operator, approval: none }]",
                "rules: [{ name: a, roles: [operator], approval: sometimes }]",
                "rules: [{ name: a, roles: [operator], approval: { of: dbas } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: 0 } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: 11, of: dbas } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: {} } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: { dbas: 2 }, of: leads } }]",
                "rules: [{ name: a, roles: [operator], approval: { someone_else: 2, overlap: true } }]",
                "rules: [{ name: a, roles: [operator], approval: someone_else, break_glass: {} }]",
                "rules: [{ name: a, roles: [operator], approval: someone_else, break_glass: { tools: [x] } }]",
                "rules: [{ name: a, roles: [operator], approval: someone_else, expiry: 1d }]",
                "rules: [{ name: a, deny: true, approval: none }]",
                "rules: [{ name: a, deny: true, break_glass: true }]",
                "rules: [{ name: a, deny: true, expiry: 5m }]",
                "rules: [{ name: a, deny: maybe }]",
                "rules: [{ name: a, deny: true, effects: [reed] }]",
                "rules: [{ name: a, deny: true, target_labels: {} }]",
                "rules: [{ name: a, deny: true, target_labels: { tier: [] } }]",
                "rules: [{ name: a, deny: true, times: {} }]",
                "rules: [{ name: a, deny: true, times: [] }]",
                "rules: [{ name: a, deny: true, times: { days: [someday], zone: UTC } }]",
                "rules: [{ name: a, deny: true, times: { from: \"8:00\", zone: UTC } }]",
                "rules: [{ name: a, deny: true, times: { from: \"24:00\", zone: UTC } }]",
                "rules: [{ name: a, deny: true, times: { zone: CET } }]"
            })
    void bothRefuse(String text) throws IOException {
        assertThat(bySchema(text)).as("the schema on " + text).isFalse();
        assertThat(byReader(text)).as("the reader on " + text).isFalse();
    }

    private static boolean bySchema(String text) throws IOException {
        YamlFile file = new YamlReader(100_000, 20, 10_000)
                .read("policy.yaml", (PEOPLE + text + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(file.findings()).isEmpty();
        return new SchemaCheck(Files.readString(SCHEMA)).check(file).isEmpty();
    }

    private boolean byReader(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), PEOPLE + text + "\n");
        return PolicyReader.read(List.of(file)) instanceof Reading.Good<Policy>;
    }
}
