package io.opsconductor.counterpart.teams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * A token that comes with an activity. It begins as the connector makes it, and a test may change whatever it likes before it
 * is signed, or sign it otherwise.
 */
public final class ActivityToken {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ObjectNode header;
    private final ObjectNode claims;
    private PrivateKey key;

    ActivityToken(SigningKeys.SigningKey key, String issuer, String audience, String serviceUrl, long now) {
        this.key = key.pair().getPrivate();
        this.header = Wire.object()
                .put("alg", "RS256")
                .put("kid", key.id())
                .put("typ", "JWT")
                .put("x5t", key.id());
        this.claims = Wire.object()
                .put("serviceurl", serviceUrl)
                .put("nbf", now)
                .put("exp", now + 3_600)
                .put("iss", issuer)
                .put("aud", audience);
    }

    public ActivityToken header(Consumer<ObjectNode> change) {
        change.accept(header);
        return this;
    }

    public ActivityToken claims(Consumer<ObjectNode> change) {
        change.accept(claims);
        return this;
    }

    /** Names another key, and signs with it. */
    public ActivityToken by(SigningKeys.SigningKey other) {
        header.put("kid", other.id());
        key = other.pair().getPrivate();
        return this;
    }

    /** Signs with another key under the same name. */
    public ActivityToken forgedBy(SigningKeys.SigningKey other) {
        key = other.pair().getPrivate();
        return this;
    }

    /** Signed as the header should say. */
    public String signed() {
        return signed("SHA256withRSA");
    }

    /** @param algorithm Java's name of how to sign */
    public String signed(String algorithm) {
        String content = content();
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content.getBytes(UTF_8));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with " + algorithm, e);
        }
    }

    /** With these bytes in the place of a signature. */
    public String with(byte[] signature) {
        return content() + "." + BASE64.encodeToString(signature);
    }

    /** Header and claims, as they are signed. */
    public String content() {
        return BASE64.encodeToString(header.toString().getBytes(UTF_8)) + "."
                + BASE64.encodeToString(claims.toString().getBytes(UTF_8));
    }
}
