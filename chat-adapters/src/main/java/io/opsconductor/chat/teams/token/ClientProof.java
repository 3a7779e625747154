package io.opsconductor.chat.teams.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.UnreadableSecretException;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.Pem;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** The form fields by which a credential is proven. */
final class ClientProof {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private ClientProof() {}

    /** The credential cannot be used; the message says why, and never holds any of it. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    static Map<String, String> of(Credential credential, String application, URI login, Instant now)
            throws UnusableException {
        return switch (credential) {
            case Credential.Secret(SecretReference secret) -> Map.of("client_secret", read(secret));
            case Credential.Federated federated -> assertion(read(SecretReference.file(federated.token())));
            case Credential.Certificate certificate -> assertion(signed(certificate, application, login, now));
        };
    }

    private static Map<String, String> assertion(String token) {
        return Map.of("client_assertion_type", ASSERTION_TYPE, "client_assertion", token);
    }

    private static String read(SecretReference secret) throws UnusableException {
        try {
            return secret.read().orElseThrow(() -> new UnusableException("there is nothing in " + secret));
        } catch (UnreadableSecretException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }

    private static String signed(Credential.Certificate credential, String application, URI login, Instant now)
            throws UnusableException {
        try {
            PrivateKey key = Pem.privateKey(credential.key());
            X509Certificate certificate =
                    Pem.certificates(credential.certificate()).getFirst();
            byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.PS256)
                            .x509CertSHA256Thumbprint(Base64URL.encode(thumbprint))
                            .build(),
                    new JWTClaimsSet.Builder()
                            .audience(login.toString())
                            .issuer(application)
                            .subject(application)
                            .jwtID(UUID.randomUUID().toString())
                            .notBeforeTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(LIFE)))
                            .build());
            assertion.sign(new RSASSASigner(key));
            return assertion.serialize();
        } catch (KeyFileException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        } catch (JOSEException | CertificateEncodingException | IllegalArgumentException e) {
            throw new UnusableException("the key in " + credential.key() + " cannot sign: it must be RSA");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
