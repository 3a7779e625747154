package io.opsconductor.kit.keys;

import io.opsconductor.json.Digest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks signatures of one Ed25519 key. A signature that was good for some bytes is good for them for ever, so the last
 * {@value #REMEMBERED} good ones are not computed again.
 */
public final class Verifier {
    private static final int REMEMBERED = 64;

    private final PublicKey key;
    private final Set<Good> good = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Good, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Good(String bytesDigest, String signature) {}

    public Verifier(PublicKey key) {
        this.key = key;
    }

    public String keyId() {
        return KeyId.of(key);
    }

    /** Whether {@code signature} (base64) is this key's signature of the bytes; false for anything malformed. */
    public boolean verify(byte[] bytes, String signature) {
        Good wanted = new Good(Digest.of(bytes), signature);
        synchronized (good) {
            if (good.contains(wanted)) {
                return true;
            }
        }
        if (!isGood(bytes, signature)) {
            return false;
        }
        synchronized (good) {
            good.add(wanted);
        }
        return true;
    }

    private boolean isGood(byte[] bytes, String signature) {
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
