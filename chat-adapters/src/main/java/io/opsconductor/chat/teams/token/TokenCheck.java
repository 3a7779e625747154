package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.opsconductor.chat.teams.token.Verdict.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the token that comes with an activity, as <a
 * href="https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication">Microsoft asks
 * for it</a>, and stricter where that costs nothing: one audience, one algorithm, no unknown conditions, a tenant.
 */
public final class TokenCheck implements SenderCheck {
    /** Who signs what the Bot Connector sends. */
    public static final String ISSUER = "https://api.botframework.com";

    static final Duration SKEW = Duration.ofMinutes(5);
    private static final String CHANNEL = "msteams";
    private static final int LONGEST = 8_192;
    private static final Pattern BEARER = Pattern.compile("Bearer ([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)");

    private final String application;
    private final ChannelKeys keys;
    private final ServiceHosts hosts;
    private final Tenants tenants;
    private final InstantSource clock;

    /** @param application our application's id, for which the token must be */
    public TokenCheck(String application, ChannelKeys keys, ServiceHosts hosts, Tenants tenants, InstantSource clock) {
        this.application = application;
        this.keys = keys;
        this.hosts = hosts;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public Verdict check(String authorization, JsonNode activity) throws InterruptedException {
        if (!authorization.startsWith("Bearer ")) {
            return new Verdict.Refused(Reason.NO_TOKEN);
        }
        var bearer = BEARER.matcher(authorization);
        if (authorization.length() > LONGEST || !bearer.matches()) {
            return new Verdict.Refused(Reason.MALFORMED);
        }
        SignedJWT token;
        JWTClaimsSet claims;
        try {
            token = SignedJWT.parse(bearer.group(1));
            claims = token.getJWTClaimsSet();
        } catch (ParseException | IllegalArgumentException e) {
            return new Verdict.Refused(Reason.MALFORMED);
        }
        if (claims == null) {
            return new Verdict.Refused(Reason.MALFORMED);
        }
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.RS256.equals(header.getAlgorithm()) || hasConditions(header)) {
            return new Verdict.Refused(Reason.ALGORITHM);
        }
        String key = header.getKeyID();
        if (key == null) {
            return new Verdict.Refused(Reason.UNKNOWN_KEY);
        }
        return switch (keys.find(key)) {
            case ChannelKeys.Found.Unknown() -> new Verdict.Refused(Reason.UNKNOWN_KEY);
            case ChannelKeys.Found.NotNow(String why) -> new Verdict.NotNow(why);
            case ChannelKeys.Found.Key(ChannelKey found) ->
                isSigned(token, found) ? signed(claims, found, activity) : new Verdict.Refused(Reason.SIGNATURE);
        };
    }

    private static boolean hasConditions(JWSHeader header) {
        return header.getCriticalParams() != null && !header.getCriticalParams().isEmpty();
    }

    private static boolean isSigned(SignedJWT token, ChannelKey key) {
        try {
            return token.verify(new RSASSAVerifier(key.key()));
        } catch (JOSEException e) {
            return false;
        }
    }

    /** What a token says of itself is looked at after its signature. */
    private Verdict signed(JWTClaimsSet claims, ChannelKey key, JsonNode activity) {
        Optional<Reason> reason = claimed(claims).or(() -> channel(key, activity));
        if (reason.isPresent()) {
            return new Verdict.Refused(reason.get());
        }
        String serviceUrl = text(activity, "serviceUrl");
        if (serviceUrl.isEmpty() || !serviceUrl.equals(serviceUrl(claims))) {
            return new Verdict.Refused(Reason.SERVICE_URL);
        }
        Optional<ServiceAddress> address = hosts.address(serviceUrl);
        if (address.isEmpty()) {
            return new Verdict.Refused(Reason.SERVICE_HOST);
        }
        return tenants.of(activity)
                .<Verdict>map(tenant -> new Verdict.Genuine(address.get(), tenant))
                .orElseGet(() -> new Verdict.Refused(Reason.TENANT));
    }

    private Optional<Reason> claimed(JWTClaimsSet claims) {
        if (!ISSUER.equals(claims.getIssuer())) {
            return Optional.of(Reason.ISSUER);
        }
        if (!List.of(application).equals(claims.getAudience())) {
            return Optional.of(Reason.AUDIENCE);
        }
        Instant now = clock.instant();
        Date ends = claims.getExpirationTime();
        if (ends == null || !now.isBefore(ends.toInstant().plus(SKEW))) {
            return Optional.of(Reason.EXPIRED);
        }
        Date begins = claims.getNotBeforeTime();
        return begins == null || now.isBefore(begins.toInstant().minus(SKEW))
                ? Optional.of(Reason.NOT_YET)
                : Optional.empty();
    }

    private static Optional<Reason> channel(ChannelKey key, JsonNode activity) {
        if (!text(activity, "channelId").equals(CHANNEL)) {
            return Optional.of(Reason.CHANNEL);
        }
        return key.endorsements().contains(CHANNEL) ? Optional.empty() : Optional.of(Reason.ENDORSEMENT);
    }

    private static @Nullable String serviceUrl(JWTClaimsSet claims) {
        try {
            String claim = claims.getStringClaim("serviceurl");
            return claim == null ? claims.getStringClaim("serviceUrl") : claim;
        } catch (ParseException e) {
            return null;
        }
    }

    private static String text(JsonNode activity, String field) {
        return activity.path(field).isTextual() ? activity.path(field).textValue() : "";
    }
}
