package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads published keys. What is no RSA key for signatures of 2,048 bits or more is left out, as if it were not there. */
final class KeySet {
    private static final int MOST = 200;
    private static final int FEWEST_BITS = 2_048;

    private KeySet() {}

    /** By id; of two with one id, neither. */
    static Map<String, ChannelKey> read(JsonNode document) {
        Map<String, ChannelKey> keys = new HashMap<>();
        Set<String> twice = new HashSet<>();
        int read = 0;
        for (JsonNode one : document.path("keys")) {
            if (read++ >= MOST) {
                break;
            }
            key(one).ifPresent(key -> {
                if (keys.put(key.id(), key) != null) {
                    twice.add(key.id());
                }
            });
        }
        keys.keySet().removeAll(twice);
        return keys;
    }

    private static Optional<ChannelKey> key(JsonNode one) {
        String id = one.path("kid").asText("");
        String use = one.path("use").asText("sig");
        if (id.isEmpty() || !use.equals("sig")) {
            return Optional.empty();
        }
        try {
            if (!(JWK.parse(one.toString()) instanceof RSAKey rsa)) {
                return Optional.empty();
            }
            RSAPublicKey key = rsa.toRSAPublicKey();
            // The library reads keys and drops what it does not know, and endorsements are Microsoft's own.
            Set<String> endorsements = new HashSet<>();
            one.path("endorsements").forEach(channel -> endorsements.add(channel.asText("")));
            return key.getModulus().bitLength() >= FEWEST_BITS
                    ? Optional.of(new ChannelKey(id, key, endorsements))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
