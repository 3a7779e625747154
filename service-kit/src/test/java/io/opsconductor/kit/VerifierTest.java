package io.opsconductor.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.kit.keys.Verifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final byte[] APPROVED = "restart nginx".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "restart nginy".getBytes(StandardCharsets.UTF_8);

    @Test
    void aGoodSignatureStaysGoodAndMakesNothingElseGood() throws GeneralSecurityException {
        KeyPair keys = newKeys();
        String signature = signed(keys, APPROVED);
        Verifier verifier = new Verifier(keys.getPublic());

        for (int time = 0; time < 3; time++) {
            assertThat(verifier.verify(APPROVED, signature)).isTrue();
            assertThat(verifier.verify(OTHER, signature)).isFalse();
            assertThat(verifier.verify(APPROVED, signed(keys, OTHER))).isFalse();
            assertThat(verifier.verify(APPROVED, "not base64!")).isFalse();
        }
    }

    @Test
    void manyGoodSignaturesAreEachTold() throws GeneralSecurityException {
        KeyPair keys = newKeys();
        Verifier verifier = new Verifier(keys.getPublic());

        for (int i = 0; i < 200; i++) {
            byte[] bytes = ("plan " + i).getBytes(StandardCharsets.UTF_8);
            assertThat(verifier.verify(bytes, signed(keys, bytes))).isTrue();
        }
        assertThat(verifier.verify(APPROVED, signed(keys, APPROVED))).isTrue();
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static String signed(KeyPair keys, byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(bytes);
        return Base64.getEncoder().encodeToString(signature.sign());
    }
}
