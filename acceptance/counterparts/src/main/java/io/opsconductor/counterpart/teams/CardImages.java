package io.opsconductor.counterpart.teams;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** The images of a card: behind an https address, or in the card itself, of at most 1 MB and 1,024 points each way. */
final class CardImages {
    private static final Pattern OWN = Pattern.compile("data:image/(?:png|jpeg|gif);base64,([A-Za-z0-9+/]+={0,2})");
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_POINTS = 1_024;

    private CardImages() {}

    /** @throws Refusal naming why Teams would show nothing there */
    static void check(String url) {
        if (url.startsWith("https://")) {
            return;
        }
        Matcher own = OWN.matcher(url);
        if (!own.matches()) {
            throw CardRules.wrong("an image is neither at an https address nor one of the card's own");
        }
        BufferedImage image = read(Base64.getDecoder().decode(own.group(1)));
        if (image.getWidth() > MOST_POINTS || image.getHeight() > MOST_POINTS) {
            throw CardRules.wrong("an image has more than " + MOST_POINTS + " points of a direction");
        }
    }

    private static BufferedImage read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw CardRules.wrong("an image is larger than 1 MB");
        }
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image != null) {
                return image;
            }
        } catch (IOException e) {
            // Told below.
        }
        throw CardRules.wrong("an image cannot be read");
    }
}
