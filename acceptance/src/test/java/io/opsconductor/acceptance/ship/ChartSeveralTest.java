package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several runners and chatbots, and the servers that they have in common. */
class ChartSeveralTest {
    private static final String RUNNER = "ops-opsconductor-runner";
    private static final String CHATBOT = "ops-opsconductor-chatbot";

    @Test
    void eachHasAHomeOfItsOwnAndTheDatabaseInCommon() {
        List<KubeObject> objects = Chart.render("trial", Map.of());
        for (String part : List.of(CHATBOT, RUNNER)) {
            KubeObject set = Chart.only(objects, "StatefulSet", part);

            assertThat(set.at("spec", "replicas")).isEqualTo(2);
            assertThat(KubeObject.maps(set.at("spec", "volumeClaimTemplates"))
                            .map(claim -> KubeObject.map(claim.get("metadata")).get("name")))
                    .containsExactly("home");
            assertThat(KubeObject.maps(set.podSpec().get("volumes")).map(volume -> volume.get("name")))
                    .doesNotContain("home");
            assertThat(Chart.only(objects, "Service", String.valueOf(set.at("spec", "serviceName")))
                            .at("spec", "clusterIP"))
                    .isEqualTo("None");
            assertThat(Chart.only(objects, "PodDisruptionBudget", part).at("spec", "maxUnavailable"))
                    .isEqualTo(1);
            assertThat(String.valueOf(set.podSpec().get("topologySpreadConstraints")))
                    .contains("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        }
        assertThat(settings(objects, RUNNER))
                .contains("shared: \"true\"", "jdbc:postgresql://ops-opsconductor-postgresql:5432/opsconductor_runner")
                .contains("address: rediss://ops-opsconductor-valkey:6379");
        assertThat(settings(objects, CHATBOT)).contains("standby: \"true\"").doesNotContain("redis");
        assertThat(Chart.only(objects, "StatefulSet", CHATBOT).containers().toString())
                .contains("{name=OPSCONDUCTOR_CHATBOT_STANDBY_ADDRESS, value=$(POD_IP):3005}");
    }

    /** An upgrade that changes a claim template is refused by the cluster. */
    @Test
    void claimTemplatesHaveNothingThatChangesWithAVersion() {
        for (KubeObject object : Chart.render("trial", Map.of())) {
            assertThat(String.valueOf(object.at("spec", "volumeClaimTemplates")))
                    .doesNotContain("helm.sh/chart", "app.kubernetes.io/version");
        }
    }

    @Test
    void oneWithADatabaseSharesItAlreadySoThatASecondCanCome() {
        List<KubeObject> objects = Chart.render("trial", Map.of("runner.replicas", 1, "chatbot.replicas", 1));

        assertThat(settings(objects, RUNNER)).contains("shared: \"true\"");
        assertThat(settings(objects, CHATBOT)).contains("standby: \"true\"");
        assertThat(objects.stream().map(KubeObject::kind)).doesNotContain("policy/v1/PodDisruptionBudget");
    }

    @Test
    void aHorizontalPodAutoscalerSetsTheNumberAndTheStatefulSetDoesNot() {
        for (String kubernetes : List.of("1.20.0", "1.34.0")) {
            List<KubeObject> objects = Chart.render("production", Map.of(), kubernetes);
            KubeObject autoscaler = Chart.only(objects, "HorizontalPodAutoscaler", RUNNER);

            assertThat(autoscaler.kind())
                    .isEqualTo((kubernetes.equals("1.20.0") ? "autoscaling/v2beta2" : "autoscaling/v2")
                            + "/HorizontalPodAutoscaler");
            assertThat(autoscaler.at("spec", "scaleTargetRef"))
                    .isEqualTo(Map.of("apiVersion", "apps/v1", "kind", "StatefulSet", "name", RUNNER));
            assertThat(KubeObject.map(Chart.only(objects, "StatefulSet", RUNNER).at("spec")))
                    .doesNotContainKey("replicas");
        }
    }

    @Test
    void claimsGoWithTheReleaseOnlyWhereThatIsSaidAndTheClusterCan() {
        Map<String, Object> changes = Map.of("runner.persistence.keep", false);

        assertThat(Chart.only(Chart.render("minimal", changes), "StatefulSet", RUNNER)
                        .at("spec", "persistentVolumeClaimRetentionPolicy"))
                .isEqualTo(Map.of("whenDeleted", "Delete", "whenScaled", "Retain"));
        assertThat(Chart.only(Chart.render("minimal", changes, "1.26.0"), "StatefulSet", RUNNER)
                        .at("spec", "persistentVolumeClaimRetentionPolicy"))
                .isNull();
        assertThat(Chart.only(Chart.render("minimal", Map.of()), "StatefulSet", RUNNER)
                        .at("spec", "persistentVolumeClaimRetentionPolicy"))
                .isNull();
    }

    @Test
    void chatbotsReachEachOtherAndNobodyButTheTwoPartsTheServers() {
        List<KubeObject> objects = Chart.render("trial", Map.of());

        assertThat(ways(objects, CHATBOT, "ingress")).containsExactly("chatbot 3005");
        assertThat(ways(objects, CHATBOT, "egress"))
                .containsExactlyInAnyOrder("chatbot 3005", "runner 3003", "postgresql 5432");
        assertThat(ways(objects, RUNNER, "ingress")).containsExactly("chatbot 3003");
        assertThat(ways(objects, RUNNER, "egress")).containsExactlyInAnyOrder("postgresql 5432", "valkey 6379");
        assertThat(ways(objects, "ops-opsconductor-postgresql", "ingress"))
                .containsExactlyInAnyOrder("chatbot 5432", "runner 5432");
        assertThat(ways(objects, "ops-opsconductor-valkey", "ingress")).containsExactly("runner 6379");
        for (String server : List.of("postgresql", "valkey")) {
            assertThat(Chart.only(objects, "NetworkPolicy", "ops-opsconductor-" + server)
                            .at("spec", "egress"))
                    .isEqualTo(List.of());
        }
    }

    /** Which parts of the release a rule names, with the port. */
    private static List<String> ways(List<KubeObject> objects, String policy, String direction) {
        return KubeObject.maps(Chart.only(objects, "NetworkPolicy", policy).at("spec", direction))
                .flatMap(rule -> KubeObject.maps(rule.get(direction.equals("ingress") ? "from" : "to"))
                        .filter(peer -> peer.containsKey("podSelector"))
                        .flatMap(peer ->
                                KubeObject.maps(rule.get("ports")).map(port -> part(peer) + " " + port.get("port"))))
                .toList();
    }

    private static Object part(Map<String, Object> peer) {
        Map<String, Object> labels =
                KubeObject.map(KubeObject.map(peer.get("podSelector")).get("matchLabels"));
        return String.valueOf(labels.get("app.kubernetes.io/component"));
    }

    @Test
    void metricsAreReadOnceAlsoWhereAStatefulSetHasAServiceOfItsOwn() {
        List<KubeObject> objects = Chart.render("production", Map.of());
        for (String part : List.of(CHATBOT, RUNNER)) {
            Object selected = Chart.only(objects, "ServiceMonitor", part).at("spec", "selector", "matchLabels");
            Stream<String> services = objects.stream()
                    .filter(object -> object.kind().equals("v1/Service"))
                    .filter(object -> KubeObject.map(object.at("metadata", "labels"))
                            .entrySet()
                            .containsAll(KubeObject.map(selected).entrySet()))
                    .map(KubeObject::name);

            assertThat(services).containsExactly(part);
        }
    }

    @Test
    void theTestAsksEachChatbotAndMayEnterThoseAlone() {
        List<KubeObject> objects = Chart.render("trial", Map.of());

        assertThat(Chart.only(objects, "Pod", "ops-opsconductor-test").containers())
                .extracting(container -> String.valueOf(container.get("command")))
                .satisfiesExactly(
                        first -> assertThat(first).contains(CHATBOT + "-0, --, java", "--unless-standby"),
                        second -> assertThat(second).contains(CHATBOT + "-1, --, java", "--unless-standby"));
        assertThat(KubeObject.maps(
                        Chart.only(objects, "Role", "ops-opsconductor-test").at("rules")))
                .allSatisfy(rule ->
                        assertThat(rule).containsEntry("resourceNames", List.of(CHATBOT + "-0", CHATBOT + "-1")));
    }

    @Test
    void whatCannotBeTogetherIsRefusedWithTheWayOut() {
        refused("minimal", Map.of("runner.replicas", 2), "runner.replicas is 2: several need a database");
        refused("minimal", Map.of("chatbot.replicas", 2), "Set postgresql.host, or postgresql.bundled.enabled");
        refused("minimal", Map.of("runner.autoscaling.enabled", true), "runner.autoscaling.maxReplicas is 5: several");
        refused("minimal", Map.of("redis.host", "x"), "Set postgresql.host or postgresql.bundled.enabled as well");
        refused(
                "minimal",
                Map.of("runner.shutdownGrace", "2m"),
                "terminationGracePeriodSeconds is 90, and runner.shutdownGrace is 2m: it must be longer");
        refused("trial", Map.of("postgresql.host", "x"), "are both set: use one of them");
        refused("trial", Map.of("redis.host", "x"), "are both set: use one of them");
        refused("trial", Map.of("demo.enabled", true), "the demo's servers are beside one runner");
        refused("trial", Map.of("runner.persistence.existingClaim", "x"), "each needs a volume of its own");
        refused(
                "trial",
                Map.of("postgresql.runner.user", "opsconductor_chatbot"),
                "have a user or a database in common");
        refused(
                "production",
                Map.of("redis.existingSecret", ""),
                "redis.existingSecret must name a Secret with password");
        refused(
                "minimal",
                Map.of("postgresql.bundled.enabled", true, "redis.host", "x", "redis.existingSecret", "y"),
                "networkPolicy.redis must say where it is");
    }

    private static void refused(String example, Map<String, Object> changes, String reason) {
        assertThatThrownBy(() -> Chart.render(example, changes)).hasMessageContaining(reason);
    }

    private static String settings(List<KubeObject> objects, String part) {
        return String.valueOf(Chart.only(objects, "ConfigMap", part).at("data"));
    }
}
