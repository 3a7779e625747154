package io.opsconductor.runner.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.runner.keys.KeyFile.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentKeysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> NAMES = List.of(
            "tls/ca.crt",
            "tls/ca.key",
            "tls/runner.crt",
            "tls/runner.key",
            "tls/chatbot.crt",
            "tls/chatbot.key",
            "keys/chatbot.key",
            "keys/chatbot.pub",
            "keys/audit/chatbot.key",
            "keys/audit/chatbot.pub",
            "keys/audit/runner.key",
            "keys/audit/runner.pub");

    @TempDir
    private Path directory;

    @Test
    void aFreshHomeGetsEveryFileReadableByItsOwnerOnly() throws IOException {
        Path home = directory.resolve("new/home");

        List<KeyFile> files = DevelopmentKeys.ensure(home, at(NOW));

        assertThat(files).allSatisfy(file -> assertThat(file.outcome()).isEqualTo(Outcome.CREATED));
        assertThat(files.stream().map(file -> home.relativize(file.path()).toString()))
                .containsExactlyInAnyOrderElementsOf(NAMES);
        for (KeyFile file : files) {
            assertThat(permissions(file.path())).isEqualTo("rw-------");
        }
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("tls"))).isEqualTo("rwx------");
    }

    @Test
    void aSecondCallKeepsEveryByte() throws IOException {
        DevelopmentKeys.ensure(directory, at(NOW));
        Map<String, String> before = contents();

        List<KeyFile> files = DevelopmentKeys.ensure(directory, at(NOW.plus(Duration.ofDays(699))));

        assertThat(files).allSatisfy(file -> assertThat(file.outcome()).isEqualTo(Outcome.KEPT));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aLeafThatEndsWithinThirtyDaysIsRenewedOnItsOldKey() throws Exception {
        DevelopmentKeys.ensure(directory, at(NOW));
        X509Certificate old = certificate("runner");
        Instant later = NOW.plus(Duration.ofDays(701));

        List<KeyFile> files = DevelopmentKeys.ensure(directory, at(later));

        assertThat(files.stream()
                        .filter(file -> file.outcome() == Outcome.RENEWED)
                        .map(file -> file.path().getFileName().toString()))
                .containsExactly("runner.crt", "chatbot.crt");
        assertThat(certificate("runner").getPublicKey()).isEqualTo(old.getPublicKey());
        assertThat(certificate("runner").getNotAfter().toInstant()).isEqualTo(later.plus(Duration.ofDays(730)));
    }

    @Test
    void everyLeafIsTrustedThroughTheAuthorityForItsOwnPurposeOnly() throws Exception {
        DevelopmentKeys.ensure(directory, at(NOW));

        for (String name : List.of("runner", "chatbot")) {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate("ca"), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(NOW));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate(name))),
                            parameters);
            assertThat(certificate(name).getBasicConstraints()).isEqualTo(-1);
        }
        assertThat(certificate("runner").getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate("chatbot").getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(names("runner")).containsExactly("0:0:0:0:0:0:0:1", "127.0.0.1", "localhost", "runner");
        assertThat(names("chatbot")).containsExactly("chatbot");
        assertThat(certificate("chatbot").getSubjectX500Principal().getName()).isEqualTo("CN=chatbot");
    }

    @Test
    void aServerBesideThemGetsACertificateForItsNameThatIsRenewedAndReplacedLikeTheOthers() throws Exception {
        DevelopmentKeys.ensure(directory, List.of("postgres", "valkey"), at(NOW));

        assertThat(certificate("servers/postgres").getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(names("servers/postgres")).containsExactly("0:0:0:0:0:0:0:1", "127.0.0.1", "localhost", "postgres");
        assertThat(permissions(directory.resolve("tls/servers/valkey.key"))).isEqualTo("rw-------");
        assertThat(HeldKeys.of(directory, NOW).stream().map(HeldKey::what))
                .contains("the postgres's certificate", "the valkey's certificate");

        X509Certificate first = certificate("servers/postgres");
        Instant later = NOW.plus(Duration.ofDays(701));
        DevelopmentKeys.ensure(directory, List.of("postgres", "valkey"), at(later));
        assertThat(certificate("servers/postgres").getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(certificate("servers/postgres").getNotAfter()).isAfter(first.getNotAfter());

        KeyRotation rotation = new KeyRotation(directory, at(later));
        rotation.authority();
        rotation.certificates();
        assertThat(certificate("servers/postgres").getPublicKey()).isNotEqualTo(first.getPublicKey());
        certificate("servers/postgres").verify(certificate("ca").getPublicKey());
    }

    @Test
    void aServerWithANameOfOursOrNoneIsRefused() {
        for (String name : List.of("runner", "ca", "", "../ca", "Postgres", "a_b")) {
            assertThatThrownBy(() -> DevelopmentKeys.ensure(directory, List.of(name), at(NOW)))
                    .as(name)
                    .isInstanceOf(KeysException.class)
                    .hasMessageStartingWith("A certificate for a server called \"" + name + "\" cannot be made: ");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theAttestationPairSignsAndVerifies() throws Exception {
        DevelopmentKeys.ensure(directory, at(NOW));

        assertThat(signedAndVerified()).isTrue();
    }

    @Test
    void aStartCutShortAfterAPrivateKeyIsFinishedWithThatKey() throws Exception {
        DevelopmentKeys.ensure(directory, at(NOW));
        X509Certificate old = certificate("chatbot");
        byte[] publicKey = Files.readAllBytes(directory.resolve("keys/chatbot.pub"));
        Files.delete(directory.resolve("tls/chatbot.crt"));
        Files.delete(directory.resolve("keys/chatbot.pub"));

        DevelopmentKeys.ensure(directory, at(NOW));

        assertThat(certificate("chatbot").getPublicKey()).isEqualTo(old.getPublicKey());
        assertThat(Files.readAllBytes(directory.resolve("keys/chatbot.pub"))).isEqualTo(publicKey);
        assertThat(signedAndVerified()).isTrue();
    }

    @Test
    void anAuthorityBroughtWithoutItsKeyIsLeftAlone() throws IOException {
        DevelopmentKeys.ensure(directory, at(NOW));
        Files.delete(directory.resolve("tls/ca.key"));
        Map<String, String> before = contents();

        DevelopmentKeys.ensure(directory, at(NOW.plus(Duration.ofDays(720))));

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aMissingLeafThatNobodyCanIssueIsNamed() throws IOException {
        DevelopmentKeys.ensure(directory, at(NOW));
        Files.delete(directory.resolve("tls/ca.key"));
        Files.delete(directory.resolve("tls/runner.crt"));

        assertThatThrownBy(() -> DevelopmentKeys.ensure(directory, at(NOW)))
                .isInstanceOf(KeysException.class)
                .hasMessage(directory + "/tls/runner.crt is missing, and " + directory
                        + "/tls/ca.key is not there to issue it. Put the certificate and its key there.");
    }

    @Test
    void aDamagedCertificateIsNamedAndNotReplaced() throws IOException {
        DevelopmentKeys.ensure(directory, at(NOW));
        Path certificate = directory.resolve("tls/ca.crt");
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> DevelopmentKeys.ensure(directory, at(NOW)))
                .isInstanceOf(KeysException.class)
                .hasMessage(certificate + " is not an X.509 certificate. Restore it from a copy, or move the directory "
                        + directory + "/tls away and start again to get new ones.");
        assertThat(certificate).content().contains("AAAA");
    }

    @Test
    void twoStartsAtOnceMakeOneSet() throws Exception {
        // Two threads of one JVM would meet Java's own overlapping-lock check; two processes meet the file lock.
        List<Process> processes = List.of(start(), start(), start());
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(DevelopmentKeys.ensure(directory, InstantSource.system()))
                .allSatisfy(file -> assertThat(file.outcome()).isEqualTo(Outcome.KEPT));
        assertThat(signedAndVerified()).isTrue();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeysCommand.class.getName(),
                        "init",
                        "--home",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private boolean signedAndVerified() throws Exception {
        byte[] message = "restart nginx".getBytes(StandardCharsets.UTF_8);
        PrivateKey secret = new PemFile(directory.resolve("keys/chatbot.key")).privateKey("Ed25519");
        String pem = Files.readString(directory.resolve("keys/chatbot.pub"));
        String body = pem.lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce(String::concat)
                .orElseThrow();
        PublicKey half = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(secret);
        signer.update(message);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(half);
        verifier.update(message);
        return verifier.verify(signature);
    }

    private X509Certificate certificate(String name) {
        return new PemFile(directory.resolve("tls/" + name + ".crt")).certificate();
    }

    private Set<String> names(String name) throws Exception {
        Set<String> names = new TreeSet<>();
        for (List<?> entry : certificate(name).getSubjectAlternativeNames()) {
            names.add(String.valueOf(entry.get(1)));
        }
        return names;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static InstantSource at(Instant instant) {
        return InstantSource.fixed(instant);
    }
}
