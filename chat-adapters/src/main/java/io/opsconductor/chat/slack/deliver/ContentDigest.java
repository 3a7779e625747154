package io.opsconductor.chat.slack.deliver;

import com.slack.api.util.json.GsonFactory;
import io.opsconductor.chat.slack.card.SlackMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two messages look the same. */
final class ContentDigest {
    private ContentDigest() {}

    static String of(SlackMessage message) {
        String shown = message.text() + "\n" + GsonFactory.createSnakeCase().toJson(message.blocks());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
