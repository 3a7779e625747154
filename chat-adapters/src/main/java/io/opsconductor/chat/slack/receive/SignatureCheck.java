package io.opsconductor.chat.slack.receive;

import io.opsconductor.chat.slack.receive.SlackMeasures.Reason;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request comes from Slack: HMAC-SHA256 over {@code v0:TIMESTAMP:BODY} with the app's signing secret, and a
 * timestamp within five minutes of our clock in both directions. Slack's SDK takes any timestamp of the future.
 */
public final class SignatureCheck {
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");

    private final SecretKeySpec key;
    private final InstantSource clock;

    public SignatureCheck(String signingSecret, InstantSource clock) {
        this.key = new SecretKeySpec(signingSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /**
     * What speaks against the request; empty when Slack signed these bytes, and did so just now.
     *
     * @param timestamp of {@code X-Slack-Request-Timestamp}; empty when missing
     * @param signature of {@code X-Slack-Signature}; empty when missing
     */
    public Optional<Reason> problem(String timestamp, String signature, byte[] body) {
        if (!TIMESTAMP.matcher(timestamp).matches()) {
            return Optional.of(Reason.TIMESTAMP);
        }
        long apart = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (apart > WINDOW.toSeconds()) {
            return Optional.of(Reason.TIMESTAMP);
        }
        byte[] expected = sign(timestamp, body).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
                ? Optional.empty()
                : Optional.of(Reason.SIGNATURE);
    }

    /** The signature of a request, such as {@code v0=6f4e…}. */
    public String sign(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
