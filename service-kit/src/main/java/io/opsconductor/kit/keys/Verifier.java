package io.opsconductor.kit.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** Checks signatures of one Ed25519 key. */
public final class Verifier {
    private final PublicKey key;

    public Verifier(PublicKey key) {
        this.key = key;
    }

    public String keyId() {
        return KeyId.of(key);
    }

    /** Whether {@code signature} (base64) is this key's signature of the bytes; false for anything malformed. */
    public boolean verify(byte[] bytes, String signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(bytes);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
