package io.opsconductor.runner.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** The public key of a private one, for a start that was cut short between the two files. */
final class PublicHalf {
    private PublicHalf() {}

    /**
     * @param key EC or Ed25519
     * @throws KeysException for any other key
     */
    static PublicKey of(PrivateKey key) {
        try {
            AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(key.getEncoded());
            AsymmetricKeyParameter half;
            String algorithm;
            if (secret instanceof ECPrivateKeyParameters ec) {
                half = new ECPublicKeyParameters(ec.getParameters().getG().multiply(ec.getD()), ec.getParameters());
                algorithm = "EC";
            } else if (secret instanceof Ed25519PrivateKeyParameters edwards) {
                half = edwards.generatePublicKey();
                algorithm = "Ed25519";
            } else {
                throw new KeysException("A private key is neither EC nor Ed25519, but " + key.getAlgorithm() + ".");
            }
            byte[] encoded =
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(half).getEncoded();
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new KeysException("A private key has no readable public half: " + e.getMessage(), e);
        }
    }
}
