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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * compose.yaml, against the schema that the Compose Specification publishes (Apache-2.0). That the parts know each variable is tested where
 * their settings are, in {@code ComposeSettingsTest} of both.
 */
class ComposeTest {
    private static final URI SCHEMA = URI.create("urn:compose");
    private static final Path GUIDE = Path.of("../docs/install-compose.md");

    private Compose compose;

    @BeforeEach
    void read() throws IOException {
        compose = Compose.read();
    }

    @Test
    void itIsWhatTheSpecificationAllows() throws IOException {
        assertThat(mistakes(Files.readString(Compose.FILE))).isEmpty();
        assertThat(mistakes(Files.readString(Compose.FILE).replace("cap_drop:", "cap_dropp:")))
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
    void theWayToStoresIsEncryptedAndTheServersAreChecked() {
        for (String service : List.of("chatbot", "standby", "runner")) {
            assertThat(compose.environment(service).keySet()).as(service).noneMatch(name -> name.endsWith("STORE_TLS"));
            assertThat(compose.environment(service).values()).as(service).contains("/var/lib/opsconductor/tls/ca.crt");
        }
        assertThat(compose.words("postgres", "command")).contains("-cssl=on");
        assertThat(compose.environment("runner")).containsEntry("OPSCONDUCTOR_RUNNER_REDIS_ADDRESS", "rediss://valkey");
        List<String> valkey = compose.words("valkey", "command");
        assertThat(valkey.get(valkey.indexOf("--port") + 1))
                .as("the port without TLS")
                .isEqualTo("0");
    }

    @Test
    void theServicesAreAsConfinedAsInACluster() {
        for (String name : List.of("chatbot", "standby", "runner", "demo", "postgres", "valkey")) {
            assertThat(compose.service(name))
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKeys("healthcheck", "mem_limit")
                    .doesNotContainKey("cap_add");
            assertThat(String.valueOf(compose.service(name).getOrDefault("user", "10001:0")))
                    .as(name)
                    .doesNotStartWith("0")
                    .doesNotStartWith("root");
        }
        assertThat(compose.service("setup"))
                .containsEntry("network_mode", "none")
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("cap_add", List.of("CHOWN", "DAC_OVERRIDE", "FOWNER"));
    }

    @Test
    void noServiceReachesIntoTheMachineItRunsOn() {
        Set<String> declared = KubeObject.map(compose.content().get("volumes")).keySet();
        Set<String> mounted = new TreeSet<>();
        for (String name : compose.services()) {
            assertThat(compose.service(name))
                    .as(name)
                    .doesNotContainKeys(
                            "privileged", "pid", "ipc", "userns_mode", "devices", "cgroup", "extends", "volumes_from");
            assertThat(compose.service(name).getOrDefault("network_mode", "none"))
                    .as(name)
                    .isEqualTo("none");
            assertThat(compose.words(name, "ports")).as(name).allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(compose.mounts(name).values())
                    .as(name + " mounts volumes alone")
                    .isSubsetOf(declared);
            mounted.addAll(compose.mounts(name).values());
        }
        assertThat(mounted).as("volumes that nobody mounts are left over").isEqualTo(declared);
    }

    @Test
    void thePagesAreForPeopleAtThisMachineAndNothingElseIsPublished() {
        assertThat(compose.words("chatbot", "ports"))
                .containsExactly("127.0.0.1:${OPSCONDUCTOR_CHATBOT_PORT:-3005}:3005");
        assertThat(compose.words("standby", "ports"))
                .containsExactly("127.0.0.1:${OPSCONDUCTOR_STANDBY_PORT:-3006}:3005");
        assertThat(compose.services().stream()
                        .filter(name -> compose.service(name).containsKey("ports")))
                .containsExactly("chatbot", "standby");
    }

    @Test
    void theChatbotIsOnNoNetworkWithTargetsOrValkeyAndSeesNoVolumeOfTheRunner() {
        for (String chatbot : List.of("chatbot", "standby")) {
            assertThat(compose.words(chatbot, "networks")).containsExactly("control", "chatbot-store", "outside");
            assertThat(compose.mounts(chatbot)).containsOnly(Map.entry("/var/lib/opsconductor", chatbot));
        }
        assertThat(compose.words("runner", "networks")).containsExactly("control", "runner-store", "targets");
        assertThat(compose.words("postgres", "networks")).containsExactly("chatbot-store", "runner-store");
        assertThat(compose.words("valkey", "networks")).containsExactly("runner-store");
        assertThat(compose.words("demo", "networks")).containsExactly("targets");
        for (String network : List.of("control", "chatbot-store", "runner-store")) {
            assertThat(KubeObject.map(
                            KubeObject.map(compose.content().get("networks")).get(network)))
                    .as(network)
                    .containsEntry("internal", true);
        }
    }

    @Test
    void whatOnlySetupKnowsIsInAVolumeThatNobodyElseMounts() {
        for (String name : compose.services()) {
            if (!name.equals("setup")) {
                assertThat(compose.mounts(name).values()).as(name).doesNotContain("setup");
            }
        }
    }

    @Test
    void whoWaitsForAnotherServiceWaitsForOneThatCanSayThatItIsReady() {
        for (String name : compose.services()) {
            KubeObject.map(compose.service(name).getOrDefault("depends_on", Map.of()))
                    .forEach((other, how) -> {
                        assertThat(compose.services()).as(name).contains(other);
                        assertThat(compose.service(other)).as(other).doesNotContainKey("profiles");
                        String condition = String.valueOf(KubeObject.map(how).get("condition"));
                        if (other.equals("setup")) {
                            assertThat(condition).as(name).isEqualTo("service_completed_successfully");
                        } else {
                            assertThat(condition).as(name).isEqualTo("service_healthy");
                            assertThat(compose.service(other)).as(other).containsKey("healthcheck");
                        }
                    });
        }
    }

    @Test
    void theGuideNamesEveryVariableAndEveryProfileAndNoOther() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(Compose.variables()).allSatisfy(variable -> assertThat(guide).contains("`" + variable + "`"));

        Set<String> profiles = new TreeSet<>();
        compose.services().forEach(name -> profiles.addAll(compose.words(name, "profiles")));
        List<String> told = new ArrayList<>();
        Pattern.compile("--profile (\\w+)").matcher(guide).results().forEach(found -> told.add(found.group(1)));
        assertThat(new TreeSet<>(told)).isEqualTo(profiles);
    }
}
