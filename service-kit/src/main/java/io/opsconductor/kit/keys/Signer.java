package io.opsconductor.kit.keys;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** Signs with an Ed25519 key (RFC 8032). */
public final class Signer {
    private final PrivateKey key;
    private final String keyId;

    private Signer(PrivateKey key, String keyId) {
        this.key = key;
        this.keyId = keyId;
    }

    /**
     * Opens a key pair and checks that its halves belong together.
     *
     * @throws KeyFileException when either file is unusable or they do not match
     */
    public static Signer open(Path privateKey, Path publicKey) {
        PublicKey publicHalf = Pem.publicKey(publicKey);
        Signer signer = new Signer(Pem.privateKey(privateKey), KeyId.of(publicHalf));
        byte[] probe = {1, 2, 3};
        if (!new Verifier(publicHalf).verify(probe, signer.sign(probe))) {
            throw new KeyFileException(privateKey, "does not belong to " + publicKey);
        }
        return signer;
    }

    public String keyId() {
        return keyId;
    }

    /** Base64 of the signature of these bytes. */
    public String sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + keyId + " is not a usable Ed25519 key", e);
        }
    }
}
