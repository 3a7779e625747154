package io.opsconductor.kit.keys;

import io.opsconductor.json.Digest;
import java.security.PublicKey;

/** The short name of a public key. */
public final class KeyId {
    private KeyId() {}

    /** The first 16 hexadecimal digits of the SHA-256 of the key's X.509 encoding. */
    public static String of(PublicKey key) {
        return Digest.of(key.getEncoded()).substring("sha256:".length(), "sha256:".length() + 16);
    }
}
