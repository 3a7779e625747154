package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys that the chart makes by itself: what they are, and that they stay. */
class ChartKeysTest {
    private static final String CHATBOT_TLS = "ops-opsconductor-chatbot-tls";
    private static final String RUNNER_TLS = "ops-opsconductor-runner-tls";
    private static final String CHATBOT_KEYS = "ops-opsconductor-chatbot-keys";
    private static final String RUNNER_KEYS = "ops-opsconductor-runner-keys";
    private static final List<String> SERVERS = List.of(
            "ops-opsconductor-postgresql-tls",
            "ops-opsconductor-valkey-tls",
            "ops-opsconductor-chatbot-store",
            "ops-opsconductor-runner-store",
            "ops-opsconductor-valkey");

    @Test
    void bothCertificatesAreOfOneAuthorityAndForTheNamesThatAreCalled() throws Exception {
        List<KubeObject> objects = Chart.render("minimal", Map.of());
        for (String secret : List.of(CHATBOT_TLS, RUNNER_TLS)) {
            X509Certificate authority = certificate(entry(objects, CHATBOT_TLS, "ca.crt"));
            X509Certificate leaf = certificate(entry(objects, secret, "tls.crt"));

            leaf.verify(authority.getPublicKey());
            assertThat(leaf.getNotAfter().toInstant())
                    .isBetween(
                            Instant.now().plus(Duration.ofDays(729)),
                            Instant.now().plus(Duration.ofDays(731)));
            assertThat(belongTogether(privateKey(entry(objects, secret, "tls.key")), leaf.getPublicKey()))
                    .isTrue();
        }
        assertThat(names(certificate(entry(objects, CHATBOT_TLS, "tls.crt")))).containsExactly("chatbot");
        assertThat(names(certificate(entry(objects, RUNNER_TLS, "tls.crt"))))
                .containsExactly(
                        "ops-opsconductor-runner",
                        "ops-opsconductor-runner.operations",
                        "ops-opsconductor-runner.operations.svc",
                        "localhost",
                        "127.0.0.1");
    }

    /** OpenSSL and channel binding know ECDSA; the parts' own certificates are Ed25519. */
    @Test
    void aBundledServerHasACertificateOfItsOwnAuthorityForItsName() throws Exception {
        List<KubeObject> objects = Chart.render("trial", Map.of());
        X509Certificate parts = certificate(entry(objects, CHATBOT_TLS, "ca.crt"));
        for (String server : List.of("postgresql", "valkey")) {
            String secret = "ops-opsconductor-" + server + "-tls";
            X509Certificate leaf = certificate(entry(objects, secret, "tls.crt"));

            leaf.verify(certificate(entry(objects, secret, "ca.crt")).getPublicKey());
            assertThat(leaf.getSigAlgName()).isEqualTo("SHA256withECDSA");
            assertThat(names(leaf)).startsWith("ops-opsconductor-" + server);
            assertThatThrownBy(() -> leaf.verify(parts.getPublicKey())).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void noAuthorityKeyIsKeptAnywhere() {
        assertThat(Chart.render("trial", Map.of()).stream()
                        .filter(object -> object.kind().equals("v1/Secret")))
                .hasSize(9)
                .allSatisfy(
                        secret -> assertThat(KubeObject.map(secret.at("data"))).doesNotContainKey("ca.key"));
    }

    @Test
    void whatSignsApprovalsIsAPairAndTheRunnerHasItsPublicHalfAlone() throws Exception {
        List<KubeObject> objects = Chart.render("minimal", Map.of());

        assertThat(belongTogether(
                        privateKey(entry(objects, CHATBOT_KEYS, "chatbot.key")),
                        publicKey(entry(objects, CHATBOT_KEYS, "chatbot.pub"))))
                .isTrue();
        assertThat(entry(objects, RUNNER_KEYS, "chatbot.pub")).isEqualTo(entry(objects, CHATBOT_KEYS, "chatbot.pub"));
        for (String secret : List.of(CHATBOT_KEYS, RUNNER_KEYS)) {
            assertThat(belongTogether(
                            privateKey(entry(objects, secret, "audit.key")),
                            publicKey(entry(objects, secret, "audit.pub"))))
                    .isTrue();
        }
        assertThat(entry(objects, RUNNER_KEYS, "audit.pub")).isNotEqualTo(entry(objects, CHATBOT_KEYS, "audit.pub"));
        assertThat(KubeObject.map(Chart.only(objects, "Secret", RUNNER_KEYS).at("data")))
                .containsOnlyKeys("chatbot.pub", "audit.key", "audit.pub");
    }

    @Test
    void anUpgradeKeepsThemAndAnotherRenewalNumberMakesNewCertificates(@TempDir Path directory) throws Exception {
        try (FakeCluster cluster = FakeCluster.start()) {
            Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), cluster.configuration());
            upgrade(kubeconfig).install().call();
            JsonNode tls = cluster.secret(RUNNER_TLS).deepCopy();
            JsonNode keys = cluster.secret(CHATBOT_KEYS).deepCopy();
            List<JsonNode> servers = SERVERS.stream()
                    .<JsonNode>map(name -> cluster.secret(name).deepCopy())
                    .toList();

            upgrade(kubeconfig).set("chatbot.timeZone", "Europe/Berlin").call();

            assertThat(cluster.secret(RUNNER_TLS)).isEqualTo(tls);
            assertThat(cluster.secret(CHATBOT_KEYS)).isEqualTo(keys);
            assertThat(SERVERS.stream().map(cluster::secret).toList()).isEqualTo(servers);

            upgrade(kubeconfig).set("tls.generated.renewal", 2).call();

            assertThat(cluster.secret(RUNNER_TLS).path("data")).isNotEqualTo(tls.path("data"));
            assertThat(cluster.secret(RUNNER_TLS).path("data").path("ca.crt"))
                    .isEqualTo(cluster.secret(CHATBOT_TLS).path("data").path("ca.crt"));
            assertThat(cluster.secret(CHATBOT_KEYS)).isEqualTo(keys);
            for (int i = 0; i < SERVERS.size(); i++) {
                boolean same = cluster.secret(SERVERS.get(i)).equals(servers.get(i));
                assertThat(same).as(SERVERS.get(i)).isEqualTo(!SERVERS.get(i).endsWith("-tls"));
            }
        }
    }

    private static UpgradeCommand upgrade(Path kubeconfig) {
        return new Helm(Chart.DIRECTORY)
                .upgrade()
                .withName("ops")
                .withNamespace("operations")
                .withKubeConfig(kubeconfig)
                .disableOpenApiValidation()
                .withValuesFile(Chart.values("trial"));
    }

    private static byte[] entry(List<KubeObject> objects, String secret, String name) {
        Object value = Chart.only(objects, "Secret", secret).at("data", name);
        return Base64.getDecoder().decode(String.valueOf(value));
    }

    private static X509Certificate certificate(byte[] pem) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static List<String> names(X509Certificate certificate) throws Exception {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private static byte[] block(byte[] pem, String type) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        assertThat(text).startsWith("-----BEGIN " + type + "-----\n").endsWith("-----END " + type + "-----\n");
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static PrivateKey privateKey(byte[] pem) throws Exception {
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(block(pem, "PRIVATE KEY")));
    }

    private static PublicKey publicKey(byte[] pem) throws Exception {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(block(pem, "PUBLIC KEY")));
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) throws Exception {
        byte[] bytes = {1, 2, 3};
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(privateKey);
        signature.update(bytes);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(bytes);
        return signature.verify(signed);
    }
}
