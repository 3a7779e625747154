package io.opsconductor.chat.teams.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.token.Verdict.Reason;
import io.opsconductor.counterpart.teams.ActivityToken;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.SigningKeys;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.json.Json;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged and misdirected tokens are refused, each for its own reason, and a good one is not. */
final class TokenCheckTest {
    private static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";
    private static final SigningKeys.SigningKey STRANGER = SigningKeys.fresh(List.of("msteams"));
    private static final SigningKeys.SigningKey WEBCHAT = SigningKeys.fresh(List.of("webchat"));
    private static final SigningKeys.SigningKey UNENDORSED = SigningKeys.fresh(List.of());

    private static TeamsCounterpart teams;
    private static HttpCalls http;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private TokenCheck check;

    @BeforeAll
    static void start() {
        teams = TeamsCounterpart.start(Registration.withSecret(APPLICATION, "botframework.com", "s3cret"));
        teams.keys().publish(WEBCHAT);
        teams.keys().publish(UNENDORSED);
        http = new HttpCalls();
    }

    @AfterAll
    static void stop() {
        http.close();
        teams.close();
    }

    @BeforeEach
    void fresh() {
        check = check(true, Set.of(TENANT));
    }

    private TokenCheck check(boolean loopback, Set<String> tenants) {
        return new TokenCheck(
                APPLICATION,
                new ChannelKeys(teams.metadataUrl(), TokenCheck.ISSUER, http, now::get),
                new ServiceHosts(ServiceHosts.MICROSOFT, loopback),
                new Tenants(tenants),
                now::get);
    }

    private static ObjectNode activity() {
        ObjectNode activity = Json.mapper()
                .createObjectNode()
                .put("type", "message")
                .put("channelId", "msteams")
                .put("serviceUrl", teams.serviceUrl());
        activity.putObject("conversation").put("id", "a:1").put("tenantId", TENANT);
        activity.putObject("channelData").putObject("tenant").put("id", TENANT);
        return activity;
    }

    /** A request that is refused: what its header and its activity are, and why it is. */
    record Forgery(String what, String authorization, JsonNode activity, Reason reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Forgery token(String what, Reason reason, Function<ActivityToken, String> forged) {
        return new Forgery(what, "Bearer " + forged.apply(teams.token()), activity(), reason);
    }

    private static Forgery claims(String what, Reason reason, Consumer<ObjectNode> change) {
        return token(what, reason, good -> good.claims(change).signed());
    }

    private static Forgery activity(String what, Reason reason, Consumer<ObjectNode> change) {
        ObjectNode activity = activity();
        change.accept(activity);
        return new Forgery(what, "Bearer " + teams.token().signed(), activity, reason);
    }

    /** A good token for an address, and an activity that names the same. */
    private static Forgery at(String what, String serviceUrl, Reason reason) {
        String signed = teams.token()
                .claims(claims -> claims.put("serviceurl", serviceUrl))
                .signed();
        return new Forgery(what, "Bearer " + signed, activity().put("serviceUrl", serviceUrl), reason);
    }

    static Stream<Forgery> forgeries() {
        String good = teams.token().signed();
        long now = System.currentTimeMillis() / 1_000;
        return Stream.of(
                new Forgery("no header", "", activity(), Reason.NO_TOKEN),
                new Forgery("basic credentials", "Basic dXNlcjpwYXNz", activity(), Reason.NO_TOKEN),
                new Forgery("a small bearer", "bearer " + good, activity(), Reason.NO_TOKEN),
                new Forgery("an empty token", "Bearer ", activity(), Reason.MALFORMED),
                new Forgery("a text that is no token", "Bearer hello", activity(), Reason.MALFORMED),
                new Forgery(
                        "two parts of a token",
                        "Bearer " + good.replaceFirst("\\.[^.]+$", ""),
                        activity(),
                        Reason.MALFORMED),
                new Forgery(
                        "five parts, as of an encrypted token",
                        "Bearer " + good + ".a.b",
                        activity(),
                        Reason.MALFORMED),
                new Forgery("two tokens", "Bearer " + good + " " + good, activity(), Reason.MALFORMED),
                new Forgery(
                        "a token of ten thousand characters",
                        "Bearer " + good + "a".repeat(10_000),
                        activity(),
                        Reason.MALFORMED),
                new Forgery("three parts that are no JSON", "Bearer YQ.YQ.YQ", activity(), Reason.MALFORMED),
                token("claims that are no object", Reason.MALFORMED, one -> {
                    String[] parts = one.signed().split("\\.", -1);
                    return parts[0] + ".WzFd." + parts[2];
                }),
                token(
                        "no algorithm",
                        Reason.MALFORMED,
                        one -> one.header(header -> header.put("alg", "none")).with(new byte[] {1})),
                token(
                        "a shared secret made of the public key",
                        Reason.ALGORITHM,
                        TokenCheckTest::signedWithThePublicKey),
                token(
                        "another algorithm of the same key",
                        Reason.ALGORITHM,
                        one -> one.header(header -> header.put("alg", "RS512")).signed("SHA512withRSA")),
                token(
                        "a condition that must be understood",
                        Reason.ALGORITHM,
                        one -> one.header(header ->
                                        header.put("exp", 1).putArray("crit").add("exp"))
                                .signed()),
                token(
                        "no key's name",
                        Reason.UNKNOWN_KEY,
                        one -> one.header(header -> header.remove("kid")).signed()),
                token(
                        "a key that is not published",
                        Reason.UNKNOWN_KEY,
                        one -> one.by(STRANGER).signed()),
                token(
                        "a key that the token itself brings",
                        Reason.UNKNOWN_KEY,
                        one -> one.by(STRANGER)
                                .header(header ->
                                        header.set("jwk", Json.tree("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")))
                                .signed()),
                token(
                        "a key's name with a path",
                        Reason.UNKNOWN_KEY,
                        one -> one.header(header -> header.put("kid", "../../etc/passwd"))
                                .signed()),
                token(
                        "a stranger's signature under a good name",
                        Reason.SIGNATURE,
                        one -> one.forgedBy(STRANGER).signed()),
                token("an empty signature", Reason.SIGNATURE, one -> one.with(new byte[256])),
                token("claims that were changed afterwards", Reason.SIGNATURE, one -> {
                    String signature = one.signed().replaceFirst(".*\\.", "");
                    return one.claims(claims -> claims.put("exp", now + 999_999))
                                    .content() + "." + signature;
                }),
                claims(
                        "another issuer",
                        Reason.ISSUER,
                        claims -> claims.put("iss", "https://sts.windows.net/" + TENANT + "/")),
                claims("no issuer", Reason.ISSUER, claims -> claims.remove("iss")),
                claims(
                        "the token of a foreign bot",
                        Reason.AUDIENCE,
                        claims -> claims.put("aud", "99999999-2222-3333-4444-555555555555")),
                claims(
                        "a token for two bots",
                        Reason.AUDIENCE,
                        claims -> claims.putArray("aud").add(APPLICATION).add("another")),
                claims("a token for nobody", Reason.AUDIENCE, claims -> claims.remove("aud")),
                claims(
                        "a token that ended six minutes ago",
                        Reason.EXPIRED,
                        claims -> claims.put("nbf", now - 3_600).put("exp", now - 360)),
                claims("a token that never ends", Reason.EXPIRED, claims -> claims.remove("exp")),
                claims("a token that begins in six minutes", Reason.NOT_YET, claims -> claims.put("nbf", now + 370)),
                claims("a token that never began", Reason.NOT_YET, claims -> claims.remove("nbf")),
                activity("an activity of another channel", Reason.CHANNEL, one -> one.put("channelId", "webchat")),
                activity("an activity of no channel", Reason.CHANNEL, one -> one.remove("channelId")),
                token(
                        "a key that is good for another channel",
                        Reason.ENDORSEMENT,
                        one -> one.by(WEBCHAT).signed()),
                token(
                        "a key that is good for no channel",
                        Reason.ENDORSEMENT,
                        one -> one.by(UNENDORSED).signed()),
                activity(
                        "an activity that is to be answered elsewhere",
                        Reason.SERVICE_URL,
                        one -> one.put("serviceUrl", "https://evil.example/")),
                activity(
                        "an activity that is to be answered nowhere",
                        Reason.SERVICE_URL,
                        one -> one.remove("serviceUrl")),
                claims("a token without an address", Reason.SERVICE_URL, claims -> claims.remove("serviceurl")),
                at("a host that is not on the list", "https://evil.example/teams/", Reason.SERVICE_HOST),
                at(
                        "a host that begins like one of the list",
                        "https://smba.trafficmanager.net.evil.example/",
                        Reason.SERVICE_HOST),
                at(
                        "a host that ends like one of the list",
                        "https://evilsmba.trafficmanager.net/",
                        Reason.SERVICE_HOST),
                at(
                        "a user's name in front of the host",
                        "https://smba.trafficmanager.net@evil.example/",
                        Reason.SERVICE_HOST),
                at("plain http", "http://smba.trafficmanager.net/emea/", Reason.SERVICE_HOST),
                at("another port", "https://smba.trafficmanager.net:8443/emea/", Reason.SERVICE_HOST),
                at("a path with dots", "https://smba.trafficmanager.net/emea/../x", Reason.SERVICE_HOST),
                at("a path with an escape", "https://smba.trafficmanager.net/%2e%2e/", Reason.SERVICE_HOST),
                at("a query", "https://smba.trafficmanager.net/emea/?to=evil", Reason.SERVICE_HOST),
                at("no address at all", "smba", Reason.SERVICE_HOST),
                activity("another tenant", Reason.TENANT, one -> {
                    ((ObjectNode) one.path("conversation")).put("tenantId", "other");
                    ((ObjectNode) one.path("channelData").path("tenant")).put("id", "other");
                }),
                activity(
                        "two tenants",
                        Reason.TENANT,
                        one -> ((ObjectNode) one.path("conversation")).put("tenantId", "other")),
                activity("no tenant", Reason.TENANT, one -> {
                    ((ObjectNode) one.path("conversation")).remove("tenantId");
                    one.remove("channelData");
                }));
    }

    private static String signedWithThePublicKey(ActivityToken token) {
        String content = token.header(header -> header.put("alg", "HS256")).content();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(teams.keys().current().pair().getPublic().getEncoded(), "HmacSHA256"));
            return token.with(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void whatIsForgedOrMisdirectedIsRefused(Forgery forgery) throws Exception {
        assertThat(check.check(forgery.authorization(), forgery.activity()))
                .isEqualTo(new Verdict.Refused(forgery.reason()));
    }

    @Test
    void theTableHasEveryReason() {
        assertThat(forgeries().map(Forgery::reason).distinct()).containsExactlyInAnyOrder(Reason.values());
    }

    @Test
    void aGoodTokenIsBelievedForItsAddressAndTenant() throws Exception {
        Verdict verdict = check.check("Bearer " + teams.token().signed(), activity());
        assertThat(verdict).isInstanceOf(Verdict.Genuine.class);
        Verdict.Genuine genuine = (Verdict.Genuine) verdict;
        assertThat(genuine.address()).hasToString(teams.serviceUrl());
        assertThat(genuine.tenant()).isEqualTo(TENANT);
    }

    @Test
    void microsoftsOwnHostsAreBelievedAndThisMachineIsNotUnlessAskedFor() throws Exception {
        TokenCheck strict = check(false, Set.of());
        Forgery real = at("real", "https://smba.trafficmanager.net/emea/" + TENANT + "/", Reason.SERVICE_HOST);
        assertThat(strict.check(real.authorization(), real.activity())).isInstanceOf(Verdict.Genuine.class);
        assertThat(strict.check("Bearer " + teams.token().signed(), activity()))
                .isEqualTo(new Verdict.Refused(Reason.SERVICE_HOST));
    }

    @Test
    void clocksMayDifferByFiveMinutesAndNotMore() throws Exception {
        String token = "Bearer " + teams.token().signed();
        Instant issued = Objects.requireNonNull(now.get());
        now.set(issued.plus(Duration.ofMinutes(64)));
        assertThat(check.check(token, activity())).isInstanceOf(Verdict.Genuine.class);
        now.set(issued.plus(Duration.ofMinutes(66)));
        assertThat(check.check(token, activity())).isEqualTo(new Verdict.Refused(Reason.EXPIRED));
        now.set(issued.minus(Duration.ofMinutes(4)));
        assertThat(check.check(token, activity())).isInstanceOf(Verdict.Genuine.class);
        now.set(issued.minus(Duration.ofMinutes(6)));
        assertThat(check.check(token, activity())).isEqualTo(new Verdict.Refused(Reason.NOT_YET));
    }

    @Test
    void keysAreReadOnceForManyTokensAndAgainWhenTheyWereReplaced() throws Exception {
        try (TeamsCounterpart own =
                TeamsCounterpart.start(Registration.withSecret(APPLICATION, "botframework.com", "s3cret"))) {
            ChannelKeys keys = new ChannelKeys(own.metadataUrl(), TokenCheck.ISSUER, http, now::get);
            String first = own.keys().current().id();
            for (int i = 0; i < 5; i++) {
                assertThat(keys.find(first)).isInstanceOf(ChannelKeys.Found.Key.class);
            }
            assertThat(own.keys().reads()).isEqualTo(1);
            String next = own.keys().rotate().id();
            for (int i = 0; i < 5; i++) {
                // So soon after the last reading nobody can have them read again.
                assertThat(keys.find(next)).isInstanceOf(ChannelKeys.Found.Unknown.class);
            }
            assertThat(own.keys().reads()).isEqualTo(1);
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
            assertThat(keys.find(next)).isInstanceOf(ChannelKeys.Found.Key.class);
            assertThat(keys.find(first)).isInstanceOf(ChannelKeys.Found.Unknown.class);
            assertThat(own.keys().reads()).isEqualTo(2);
        }
    }

    @Test
    void keysThatAreKnownOutliveAnOutageOfFiveDaysAndNoLonger() throws Exception {
        ChannelKeys keys;
        String id;
        try (TeamsCounterpart own =
                TeamsCounterpart.start(Registration.withSecret(APPLICATION, "botframework.com", "s3cret"))) {
            keys = new ChannelKeys(own.metadataUrl(), TokenCheck.ISSUER, http, now::get);
            id = own.keys().current().id();
            assertThat(keys.find(id)).isInstanceOf(ChannelKeys.Found.Key.class);
        }
        now.updateAndGet(before -> before.plus(Duration.ofDays(4)));
        assertThat(keys.find(id)).isInstanceOf(ChannelKeys.Found.Key.class);
        now.updateAndGet(before -> before.plus(Duration.ofDays(2)));
        assertThat(keys.find(id)).isInstanceOf(ChannelKeys.Found.NotNow.class);
        assertThat(keys.problem()).hasValueSatisfying(why -> assertThat(why).contains("cannot be connected to"));
    }

    @Test
    void whileTheKeysCannotBeReadNobodyIsBelievedAndNobodyIsCalledAForger() throws Exception {
        TokenCheck blind = new TokenCheck(
                APPLICATION,
                new ChannelKeys(teams.url().resolve("/nothing/there"), TokenCheck.ISSUER, http, now::get),
                new ServiceHosts(ServiceHosts.MICROSOFT, true),
                new Tenants(Set.of(TENANT)),
                now::get);
        assertThat(blind.check("Bearer " + teams.token().signed(), activity()))
                .isInstanceOfSatisfying(
                        Verdict.NotNow.class, notNow -> assertThat(notNow.why()).contains("HTTP status 404"));
    }

    @Test
    void metadataOfAnotherIssuerGivesNoKeys() throws Exception {
        ChannelKeys keys = new ChannelKeys(teams.metadataUrl(), "https://another.example", http, now::get);
        assertThat(keys.find(teams.keys().current().id()))
                .isInstanceOfSatisfying(
                        ChannelKeys.Found.NotNow.class,
                        notNow -> assertThat(notNow.why()).contains("is not that of https://another.example"));
    }

    @Test
    void weakDoubledAndForeignKeysAreLeftOut() {
        Map<String, ChannelKey> keys = KeySet.read(Json.tree("""
                {"keys": [
                  {"kty": "RSA", "use": "sig", "kid": "weak", "n": "sXch", "e": "AQAB", "endorsements": ["msteams"]},
                  {"kty": "EC", "use": "sig", "kid": "curve", "crv": "P-256", "x": "AA", "y": "AA"},
                  {"kty": "oct", "use": "sig", "kid": "shared", "k": "c2VjcmV0"},
                  {"use": "sig", "kid": "nothing"},
                  {"kty": "RSA", "use": "enc", "kid": "other-use", "n": "sXch", "e": "AQAB"}
                ]}
                """));
        assertThat(keys).isEmpty();
    }

    @Test
    void aRequestOfDevelopmentIsBelievedForThisMachineAlone() {
        PlaygroundCheck playground = new PlaygroundCheck();
        assertThat(playground.check("", activity())).isInstanceOf(Verdict.Genuine.class);
        assertThat(playground.check("", activity().put("serviceUrl", "https://smba.trafficmanager.net/emea/")))
                .isEqualTo(new Verdict.Refused(Reason.SERVICE_HOST));
    }
}
