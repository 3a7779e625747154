package io.opsconductor.counterpart.teams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Microsoft's login, as far as a bot asks it for its own token: client credentials with a secret or an assertion. */
public final class TokenDesk {
    static final String SCOPE = "https://api.botframework.com/.default";
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final long LONGEST_ASSERTION_SECONDS = 600;

    private final Registration registration;
    private final Set<String> valid = new HashSet<>();
    private final Set<String> usedAssertions = new HashSet<>();
    private final List<String> ways = new ArrayList<>();
    private int asked;
    private final AtomicInteger failures = new AtomicInteger();
    private long lifeSeconds = 3_600;

    TokenDesk(Registration registration) {
        this.registration = registration;
    }

    /** How each token was got: {@code secret}, {@code certificate} or {@code federated}. */
    public synchronized List<String> ways() {
        return List.copyOf(ways);
    }

    /** Tokens from now on live so long. */
    public synchronized void life(long seconds) {
        lifeSeconds = seconds;
    }

    /** Every token that was issued is good no more. */
    public synchronized void revokeAll() {
        valid.clear();
    }

    /** So many requests are answered with 503. */
    public void fail(int times) {
        failures.set(times);
    }

    /** How often a token was asked for. */
    public synchronized int asked() {
        return asked;
    }

    synchronized boolean isValid(String token) {
        return valid.contains(token);
    }

    record Answered(int status, ObjectNode body) {}

    synchronized Answered answer(String tenant, String tokenUrl, String form) {
        asked++;
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new Answered(503, error("temporarily_unavailable", 90_033));
        }
        Map<String, String> fields = fields(form);
        if (!tenant.equals(registration.tenant())) {
            return new Answered(400, error("invalid_request", 90_002));
        }
        if (!"client_credentials".equals(fields.get("grant_type"))) {
            return new Answered(400, error("unsupported_grant_type", 70_003));
        }
        if (!registration.application().equals(fields.get("client_id"))) {
            return new Answered(400, error("unauthorized_client", 700_016));
        }
        if (!SCOPE.equals(fields.get("scope"))) {
            return new Answered(400, error("invalid_scope", 70_011));
        }
        return proven(fields, tokenUrl);
    }

    private Answered proven(Map<String, String> fields, String tokenUrl) {
        String secret = fields.get("client_secret");
        if (secret != null) {
            return !registration.secret().isEmpty() && registration.secret().equals(secret)
                    ? issued("secret")
                    : new Answered(401, error("invalid_client", 7_000_215));
        }
        if (!ASSERTION.equals(fields.get("client_assertion_type"))) {
            return new Answered(401, error("invalid_client", 7_000_218));
        }
        String[] parts = fields.getOrDefault("client_assertion", "").split("\\.", -1);
        if (parts.length != 3) {
            return new Answered(401, error("invalid_client", 50_027));
        }
        JsonNode header = Wire.tree(decoded(parts[0]));
        JsonNode claims = Wire.tree(decoded(parts[1]));
        try {
            return header.has("x5t#S256")
                    ? certified(parts, header, claims, tokenUrl)
                    : federated(parts, header, claims);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new Answered(401, error("invalid_client", 700_027));
        }
    }

    private Answered certified(String[] parts, JsonNode header, JsonNode claims, String tokenUrl)
            throws GeneralSecurityException {
        X509Certificate certificate = registration.certificate();
        if (certificate == null) {
            return new Answered(401, error("invalid_client", 700_027));
        }
        String thumbprint = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        boolean good = header.path("x5t#S256").asText().equals(thumbprint)
                && isSigned(parts, header.path("alg").asText(), certificate.getPublicKey())
                && claims.path("aud").asText().equals(tokenUrl)
                && claims.path("iss").asText().equals(registration.application())
                && claims.path("sub").asText().equals(registration.application())
                && isCurrent(claims)
                && claims.path("exp").asLong() - claims.path("nbf").asLong() <= LONGEST_ASSERTION_SECONDS
                && usedAssertions.add(claims.path("jti").asText());
        return good ? issued("certificate") : new Answered(401, error("invalid_client", 700_027));
    }

    private Answered federated(String[] parts, JsonNode header, JsonNode claims) throws GeneralSecurityException {
        Registration.Federation federation = registration.federation();
        boolean good = federation != null
                && isSigned(parts, header.path("alg").asText(), federation.key())
                && claims.path("iss").asText().equals(federation.issuer())
                && claims.path("sub").asText().equals(federation.subject())
                && claims.path("aud").asText().equals(federation.audience())
                && isCurrent(claims);
        return good ? issued("federated") : new Answered(401, error("invalid_client", 70_021));
    }

    private static boolean isCurrent(JsonNode claims) {
        long now = System.currentTimeMillis() / 1_000;
        return claims.path("nbf").asLong(now) <= now + 300 && claims.path("exp").asLong(0) > now - 300;
    }

    private static boolean isSigned(String[] parts, String algorithm, PublicKey key) throws GeneralSecurityException {
        Signature signature;
        switch (algorithm) {
            case "RS256" -> signature = Signature.getInstance("SHA256withRSA");
            case "PS256" -> {
                signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            default -> {
                return false;
            }
        }
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private Answered issued(String way) {
        String token = "counterpart." + UUID.randomUUID();
        valid.add(token);
        ways.add(way);
        return new Answered(
                200,
                Wire.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", lifeSeconds)
                        .put("ext_expires_in", lifeSeconds)
                        .put("access_token", token));
    }

    private static ObjectNode error(String error, int code) {
        ObjectNode body = Wire.object()
                .put("error", error)
                .put("error_description", "AADSTS" + code + ": as the counterpart has it");
        body.putArray("error_codes").add(code);
        return body;
    }

    private static String decoded(String part) {
        try {
            return new String(Base64.getUrlDecoder().decode(part), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return fields;
    }
}
