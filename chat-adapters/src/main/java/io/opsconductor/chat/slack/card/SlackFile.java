package io.opsconductor.chat.slack.card;

import okio.ByteString;

/**
 * What is no message: text that is too long, or a picture.
 *
 * @param name with its ending, such as {@code web-server-01-stdout.txt}
 * @param content as it is uploaded; text in UTF-8
 */
public record SlackFile(String name, String title, ByteString content) {
    /** A file of text. */
    public SlackFile(String name, String title, String text) {
        this(name, title, ByteString.encodeUtf8(text));
    }

    /** The content as text. */
    public String text() {
        return content.utf8();
    }
}
