package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** compose.yaml, against the schema that the Compose Specification publishes (Apache-2.0). */
class ComposeTest {
    private static final Path FILE = Path.of("../compose.yaml");
    private static final URI SCHEMA = URI.create("urn:compose");

    @Test
    void itIsWhatTheSpecificationAllows() throws IOException {
        assertThat(mistakes(Files.readString(FILE))).isEmpty();
        assertThat(mistakes(Files.readString(FILE).replace("cap_drop:", "cap_dropp:")))
                .as("a misspelt key")
                .isNotEmpty();
    }

    private static List<String> mistakes(String compose) throws IOException {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .createValidator();
        ObjectMapper json = new ObjectMapper();
        try (InputStream schema =
                Objects.requireNonNull(ComposeTest.class.getResourceAsStream("compose-spec.json"), "the schema")) {
            // The published file names its dialect with an address that validators do not know it by.
            validator.registerSchema(
                    SCHEMA,
                    new String(schema.readAllBytes(), StandardCharsets.UTF_8)
                            .replace(
                                    "https://json-schema.org/draft-07/schema",
                                    "http://json-schema.org/draft-07/schema#"));
        }
        JsonNode content = json.valueToTree(new Yaml().load(compose));
        return validator.validate(SCHEMA, content).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }

    @Test
    void thePartsAreAsConfinedAsInACluster() throws IOException {
        for (String name : List.of("chatbot", "runner", "demo")) {
            assertThat(service(name))
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKey("healthcheck");
        }
    }

    @Test
    void theChatbotIsOnNoNetworkWithTargetsAndSeesNoVolumeOfTheRunner() throws IOException {
        assertThat(service("chatbot"))
                .containsEntry("networks", List.of("control", "outside"))
                .containsEntry("volumes", List.of("chatbot:/var/lib/opsconductor"));
        assertThat(service("runner"))
                .containsEntry("networks", List.of("control", "targets"))
                .doesNotContainKey("ports");
        assertThat(compose().toString()).contains("control={internal=true}");
    }

    @Test
    void thePageIsForPeopleAtThisMachine() throws IOException {
        assertThat(service("chatbot"))
                .containsEntry("ports", List.of("127.0.0.1:${OPSCONDUCTOR_CHATBOT_PORT:-3005}:3005"));
    }

    private static Map<String, Object> service(String name) throws IOException {
        return KubeObject.map(KubeObject.map(compose().get("services")).get(name));
    }

    private static Map<String, Object> compose() throws IOException {
        return KubeObject.map(new Yaml().load(Files.readString(FILE)));
    }
}
