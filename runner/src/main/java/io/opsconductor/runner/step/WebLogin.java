package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.Secret;
import io.opsconductor.runner.credential.SecretReading;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.mask.Masker;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a credential adds to a request: a header, or a certificate for TLS. */
final class WebLogin {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern HEADER_TEXT = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

    private static final Logger LOG = LoggerFactory.getLogger(WebLogin.class);

    private final CredentialSource secrets;
    private final Masker masker;

    WebLogin(CredentialSource secrets, Masker masker) {
        this.secrets = secrets;
        this.masker = masker;
    }

    /** The credential cannot be used; the message is the end of a sentence. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** A key with its certificates, its own first. */
    record Certificate(PrivateKey key, List<X509Certificate> chain) {
        Certificate {
            chain = List.copyOf(chain);
        }
    }

    /** The header that logs in; null when the credential is none or logs in within TLS. */
    @Nullable
    Header header(@Nullable Credential credential) throws Unusable {
        return switch (credential) {
            case null -> null;
            case Credential.Bearer(String _, SecretSource token) ->
                header("Authorization", "Bearer " + text(token), token);
            case Credential.SecretHeader(String _, String name, SecretSource value) -> header(name, text(value), value);
            case Credential.Password(String _, String account, SecretSource password) -> {
                String encoded = Base64.getEncoder()
                        .encodeToString((account + ":" + text(password)).getBytes(StandardCharsets.UTF_8));
                masker.register(encoded.getBytes(StandardCharsets.US_ASCII));
                yield new Header("Authorization", "Basic " + encoded);
            }
            case Credential.ClientCertificate _ -> null;
            case Credential.SshKey _ -> throw new Unusable("it is a key for SSH", null);
        };
    }

    /** The certificate to show; null when the credential is none or logs in with a header. */
    @Nullable
    Certificate certificate(@Nullable Credential credential) throws Unusable {
        if (!(credential
                instanceof Credential.ClientCertificate(String _, SecretSource certificate, SecretSource key))) {
            return null;
        }
        return new Certificate(privateKey(key), certificates(text(certificate), certificate));
    }

    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static List<X509Certificate> certificates(String pem, SecretSource source) throws Unusable {
        try {
            List<X509Certificate> chain = certificates(pem);
            if (!chain.isEmpty()) {
                return chain;
            }
            throw new Unusable("the " + source.description() + " holds no certificate", null);
        } catch (GeneralSecurityException e) {
            throw new Unusable("the " + source.description() + " holds no certificate in PEM form", e);
        }
    }

    private PrivateKey privateKey(SecretSource source) throws Unusable {
        Matcher pem = PKCS8.matcher(text(source));
        if (!pem.find()) {
            throw new Unusable(
                    "the " + source.description() + " holds no key that begins with BEGIN PRIVATE KEY (PKCS#8);"
                            + " openssl pkcs8 -topk8 -nocrypt converts others",
                    null);
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                LOG.debug("a key of a client certificate is not {}: {}", algorithm, e.toString());
            }
        }
        throw new Unusable("the " + source.description() + " holds a key of a kind that is not known", null);
    }

    private static Header header(String name, String value, SecretSource source) throws Unusable {
        if (!HEADER_TEXT.matcher(value).matches()) {
            throw new Unusable(
                    "the " + source.description() + " holds more than one line or characters that no header takes",
                    null);
        }
        return new Header(name, value);
    }

    private String text(SecretSource source) throws Unusable {
        return switch (secrets.read(source)) {
            case SecretReading.Read(Secret secret) -> {
                try (secret) {
                    yield new String(secret.bytes(), StandardCharsets.UTF_8);
                }
            }
            case SecretReading.Unavailable(String reason) -> throw new Unusable(reason, null);
        };
    }
}
