package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** What the chart renders. */
class ChartTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/opsconductor/acceptance/ship/chart");

    @Test
    void lintingFindsNothing() {
        LintResult result = Chart.lint();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
    }

    @Test
    void everyObjectOfEveryExampleIsOneThatItsApiKnows() {
        for (String kubernetes : List.of("1.20.0", "1.34.0")) {
            for (String example : Chart.examples()) {
                assertThat(Chart.render(example, Map.of(), kubernetes))
                        .hasSizeGreaterThan(15)
                        .allSatisfy(object -> assertThat(StrictObjects.read(object))
                                .as(object.kind() + " " + object.name())
                                .isNotNull());
            }
        }
    }

    @Test
    void aFieldThatItsApiDoesNotHaveIsNoticed() {
        KubeObject object = new KubeObject(Map.of(
                "apiVersion", "v1", "kind", "Service", "metadata", Map.of("name", "x"), "spec", Map.of("portss", 1)));

        assertThatThrownBy(() -> StrictObjects.read(object)).hasMessageContaining("portss");
    }

    /** New files are written with {@code -Dgoldens=write}, and read before they are committed. */
    @Test
    void theExamplesRenderWhatWasReadAndAgreedTo() throws IOException {
        for (String example : Chart.examples()) {
            Path file = GOLDEN.resolve(example + ".yaml");
            String rendered = text(Chart.render(example, Map.of()));
            if ("write".equals(System.getProperty("goldens"))) {
                Files.createDirectories(GOLDEN);
                Files.writeString(file, rendered);
            }
            assertThat(rendered).isEqualTo(Files.readString(file));
        }
    }

    /** What is random or of today is replaced, and objects are in one order. */
    private static String text(List<KubeObject> objects) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        for (KubeObject object : objects) {
            Map<String, Object> content = new LinkedHashMap<>(object.content());
            if (object.kind().equals("v1/Secret")) {
                TreeMap<String, Object> data = new TreeMap<>(KubeObject.map(content.get("data")));
                data.replaceAll((name, value) -> "(made)");
                content.put("data", data);
                Map<String, Object> metadata = new LinkedHashMap<>(KubeObject.map(content.get("metadata")));
                if (metadata.get("annotations") != null) {
                    Map<String, Object> annotations = new LinkedHashMap<>(KubeObject.map(metadata.get("annotations")));
                    annotations.replace("opsconductor.io/expires", "(a date)");
                    metadata.put("annotations", annotations);
                }
                content.put("metadata", metadata);
            }
            sorted.put(object.kind() + " " + object.name(), content);
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(200);
        return new Yaml(options).dumpAll(new ArrayList<>(sorted.values()).iterator());
    }

    /** Applied at the server, lists are merged by these keys: one given twice, or left out, is refused there. */
    @Test
    void whatListsAreMergedByIsThereAndThereOnce() {
        for (String example : Chart.examples()) {
            for (KubeObject object : Chart.render(example, Map.of())) {
                assertUnique(object, object.at("spec", "ports"), "port", "protocol");
                if (object.hasPod()) {
                    assertUnique(object, object.podSpec().get("volumes"), "name");
                    assertUnique(object, object.containers(), "name");
                    for (Map<String, Object> container : object.containers()) {
                        assertUnique(object, container.get("env"), "name");
                        assertUnique(object, container.get("ports"), "containerPort", "protocol");
                        assertUnique(object, container.get("volumeMounts"), "mountPath");
                    }
                }
            }
        }
    }

    private static void assertUnique(KubeObject object, @Nullable Object list, String... keys) {
        List<List<Object>> seen = KubeObject.maps(list)
                .map(item -> Stream.of(keys).map(item::get).toList())
                .toList();
        assertThat(seen)
                .as(object.name() + " by " + List.of(keys))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).doesNotContainNull());
    }

    @Test
    void everyPodKeepsToTheRestrictedStandard() {
        for (String example : Chart.examples()) {
            List<KubeObject> withPods = Chart.render(example, Map.of()).stream()
                    .filter(KubeObject::hasPod)
                    .toList();
            assertThat(withPods).hasSize(example.equals("trial") ? 5 : 3);
            for (KubeObject object : withPods) {
                Map<String, Object> spec = object.podSpec();
                assertThat(KubeObject.map(spec.get("securityContext")))
                        .containsEntry("runAsNonRoot", true)
                        .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
                assertThat(spec).doesNotContainKeys("hostNetwork", "hostPID", "hostIPC");
                assertThat(KubeObject.maps(spec.get("volumes")))
                        .allSatisfy(volume -> assertThat(volume)
                                .containsAnyOf(Map.entry("name", volume.get("name")))
                                .doesNotContainKey("hostPath"));
                assertThat(object.containers())
                        .isNotEmpty()
                        .allSatisfy(container -> assertThat(container.get("securityContext"))
                                .isEqualTo(Map.of(
                                        "allowPrivilegeEscalation", false,
                                        "readOnlyRootFilesystem", true,
                                        "capabilities", Map.of("drop", List.of("ALL")))));
            }
        }
    }

    @Test
    void thePartsHaveNoAccountInTheCluster() {
        assertThat(Chart.render("trial", Map.of()).stream()
                        .filter(KubeObject::hasPod)
                        .filter(object -> !object.name().endsWith("-test")))
                .hasSize(4)
                .allSatisfy(
                        object -> assertThat(object.podSpec()).containsEntry("automountServiceAccountToken", false));
    }

    @Test
    void neitherPartHoldsWhatBelongsToTheOther() {
        List<KubeObject> objects = Chart.render("production", Map.of());
        String chatbot = Chart.only(objects, "StatefulSet", "ops-opsconductor-chatbot")
                .podSpec()
                .toString();
        String runner = Chart.only(objects, "StatefulSet", "ops-opsconductor-runner")
                .podSpec()
                .toString();

        assertThat(chatbot)
                .contains("opsconductor-slack", "opsconductor-chatbot-keys", "ops-opsconductor-chatbot-tls")
                .contains("opsconductor-chatbot-store")
                .doesNotContain("opsconductor-runner-store", "redis")
                .doesNotContain("deploy-key", "runner-environment", "runner-age", "opsconductor-git", "-runner-tls")
                .doesNotContain("opsconductor-runner-keys", "inventory", "OPSCONDUCTOR_RUNNER_");
        assertThat(runner)
                .contains("deploy-key", "runner-environment", "runner-age", "opsconductor-git", "-runner-tls")
                .contains("opsconductor-runner-keys", "opsconductor-runner-store", "opsconductor-redis")
                .doesNotContain("opsconductor-chatbot-store")
                .doesNotContain(
                        "opsconductor-slack", "opsconductor-chatbot-keys", "chatbot-tls", "OPSCONDUCTOR_CHATBOT_")
                .doesNotContain("chatbot.key");
    }

    @Test
    void onlyTheChatbotReachesTheRunnerAndNeitherReachesWhatIsTheOthers() {
        List<KubeObject> objects = Chart.render("minimal", Map.of());
        KubeObject runner = Chart.only(objects, "NetworkPolicy", "ops-opsconductor-runner");
        KubeObject chatbot = Chart.only(objects, "NetworkPolicy", "ops-opsconductor-chatbot");

        assertThat(runner.at("spec", "policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
        assertThat(runner.at("spec", "ingress"))
                .isEqualTo(List.of(Map.of(
                        "from",
                        List.of(Map.of("podSelector", Map.of("matchLabels", selector("chatbot")))),
                        "ports",
                        List.of(Map.of("protocol", "TCP", "port", 3003)))));
        assertThat(String.valueOf(runner.at("spec", "egress")))
                .contains("10.0.0.0/8")
                .doesNotContain("0.0.0.0/0");
        assertThat(chatbot.at("spec", "policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
        assertThat(chatbot.at("spec", "ingress")).isEqualTo(List.of());
        assertThat(String.valueOf(chatbot.at("spec", "egress"))).doesNotContain("ipBlock");
        assertThat(KubeObject.map(chatbot.at("spec", "podSelector", "matchLabels")))
                .isEqualTo(selector("chatbot"))
                .isEqualTo(Chart.only(objects, "StatefulSet", "ops-opsconductor-chatbot")
                        .at("spec", "template", "metadata", "labels"));
    }

    @Test
    void withSlackTheChatbotReachesPublicAddressesAndStillNoPrivateOne() {
        String egress = String.valueOf(
                Chart.only(Chart.render("production", Map.of()), "NetworkPolicy", "ops-opsconductor-chatbot")
                        .at("spec", "egress"));

        assertThat(egress)
                .contains(
                        "cidr=0.0.0.0/0, except=[10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]");
    }

    private static Map<String, Object> selector(String part) {
        return Map.of(
                "app.kubernetes.io/name", "opsconductor",
                "app.kubernetes.io/instance", "ops",
                "app.kubernetes.io/component", part);
    }

    @Test
    void thePageIsNeverPublished() {
        assertThat(Chart.only(Chart.render("production", Map.of()), "Ingress", "ops-opsconductor")
                        .toString())
                .contains("path=/slack/")
                .doesNotContain("path=/,", "path=/}");
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("ingress.enabled", true, "ingress.host", "x")))
                .hasMessageContaining("nothing calls from outside: set slack.mode to http or teams.mode to on");
    }

    @Test
    void whatIsMisspeltOrMissingIsNamed() {
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("runnner.replicas", 1)))
                .hasMessageContaining("runnner");
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("slack.mode", "socket")))
                .hasMessageContaining("slack.existingSecret must name a Secret with bot-token and app-token");
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("tls.mode", "existing")))
                .hasMessageContaining("Secret must name a Secret with tls.crt, tls.key and ca.crt");
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("keys.runnerSecret", "mine")))
                .hasMessageContaining("Set both, or neither");
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("runner.git.enabled", true)))
                .hasMessageContaining("runner.git.repository must say where");
        assertThatThrownBy(() -> Chart.render("minimal", Map.of("postgresql.host", "db.example.com")))
                .hasMessageMatching(
                        "(?s).*postgresql.(chatbot|runner).existingSecret must name a Secret with password.*");
        assertThatThrownBy(() -> Chart.render(
                        "minimal",
                        Map.of(
                                "postgresql.host", "db.example.com",
                                "postgresql.chatbot.existingSecret", "a",
                                "postgresql.runner.existingSecret", "b")))
                .hasMessageContaining("networkPolicy.postgresql must say where it is");
    }

    @Test
    void settingsReachThePartsByTheirKeys() {
        KubeObject file = Chart.only(
                Chart.render("minimal", Map.of("runner.settings.executions\\.max", 1_000_000)),
                "ConfigMap",
                "ops-opsconductor-runner");

        assertThat(file.at("data", "runner.yaml")).isEqualTo("""
                executions:
                  max: "1000000"
                shutdown:
                  grace: 60s
                """);
    }
}
