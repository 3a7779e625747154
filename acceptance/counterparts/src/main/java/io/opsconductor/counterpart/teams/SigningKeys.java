package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The keys of the connector: those that are published, and the one that signs. */
public final class SigningKeys {
    private static final List<String> CHANNELS = List.of("msteams", "webchat", "directline");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<SigningKey> published = new ArrayList<>();
    private SigningKey current;
    private int reads;

    SigningKeys() {
        this.current = fresh(CHANNELS);
        published.add(current);
    }

    /**
     * A pair of keys and what it may sign for.
     *
     * @param id its {@code kid}
     */
    public record SigningKey(String id, KeyPair pair, List<String> endorsements) {
        public SigningKey {
            endorsements = List.copyOf(endorsements);
        }
    }

    /** A key that is not published. */
    public static SigningKey fresh(List<String> endorsements) {
        return new SigningKey("key-" + NUMBER.incrementAndGet(), pair(2_048), endorsements);
    }

    static KeyPair pair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** The one that signs. */
    public synchronized SigningKey current() {
        return current;
    }

    /** Signs with a new key from now on, and publishes it in the place of all others. */
    public synchronized SigningKey rotate() {
        current = fresh(CHANNELS);
        published.clear();
        published.add(current);
        return current;
    }

    /** Publishes a key beside the others; it signs nothing by itself. */
    public synchronized void publish(SigningKey key) {
        published.add(key);
    }

    /** How often the keys were read. */
    public synchronized int reads() {
        return reads;
    }

    synchronized ObjectNode document() {
        reads++;
        ObjectNode document = Wire.object();
        ArrayNode keys = document.putArray("keys");
        for (SigningKey key : published) {
            RSAPublicKey rsa = (RSAPublicKey) key.pair().getPublic();
            ObjectNode one = keys.addObject()
                    .put("kty", "RSA")
                    .put("use", "sig")
                    .put("kid", key.id())
                    .put("x5t", key.id())
                    .put("n", number(rsa.getModulus()))
                    .put("e", number(rsa.getPublicExponent()));
            key.endorsements().forEach(one.withArray("endorsements")::add);
        }
        return document;
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
