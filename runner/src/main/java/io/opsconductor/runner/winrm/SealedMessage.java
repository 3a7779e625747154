package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a sealed message on the wire (MS-WSMV 2.2.9.1): two MIME-like parts, the second with the bytes. */
final class SealedMessage {
    private static final String BOUNDARY = "Encrypted Boundary";
    private static final String PROTOCOL = "application/HTTP-SPNEGO-session-encrypted";

    // The service indents these lines with a tab or not at all, and no empty line follows them.
    private static final Pattern HEAD =
            Pattern.compile("\\s*--" + BOUNDARY + "\r\n[ \t]*Content-Type: [^\r\n]{1,200}\r\n"
                    + "[ \t]*OriginalContent: [^\r\n]{0,200}Length=([0-9]{1,9})\r\n--" + BOUNDARY
                    + "\r\n[ \t]*Content-Type: application/octet-stream\r\n");
    private static final byte[] END = ("--" + BOUNDARY + "--").getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_HEAD = 1_000;

    private SealedMessage() {}

    /**
     * What a security context made of a message.
     *
     * @param token the signature, or the first bytes of a token that holds both
     * @param sealed the rest
     */
    // It carries bytes from one call to the next, and nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    record Parts(byte[] token, byte[] sealed) {}

    static Wire.Request of(int length, Parts parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\n\tContent-Type: " + PROTOCOL
                        + "\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + length + "\r\n--"
                        + BOUNDARY + "\r\n\tContent-Type: application/octet-stream\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(parts.token().length)
                .array());
        body.writeBytes(parts.token());
        body.writeBytes(parts.sealed());
        body.writeBytes(END);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Wire.Request(
                "",
                "multipart/encrypted;protocol=\"" + PROTOCOL + "\";boundary=\"" + BOUNDARY + "\"",
                body.toByteArray());
    }

    /** Takes an answer apart; whether its signature is right is for the security context to say. */
    static Parts parts(Wire.Answer answer) throws WinRmException {
        if (!answer.contentType().startsWith("multipart/encrypted")) {
            throw new WinRmException(Kind.NOT_SEALED, "in the clear");
        }
        byte[] body = answer.body();
        String start = new String(body, 0, Math.min(MAX_HEAD, body.length), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(start);
        if (!head.lookingAt()) {
            throw new WinRmException(Kind.GARBAGE, "a sealed message in an unknown form");
        }
        int end = body.length;
        while (end > 0 && (body[end - 1] == '\r' || body[end - 1] == '\n')) {
            end--;
        }
        end -= END.length;
        int at = head.end();
        if (end < at + 4 || !Arrays.equals(body, end, end + END.length, END, 0, END.length)) {
            throw new WinRmException(Kind.GARBAGE, "a sealed message without its end");
        }
        int token = ByteBuffer.wrap(body, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        at += 4;
        if (token < 0 || token > end - at) {
            throw new WinRmException(Kind.GARBAGE, "a sealed message with a wrong length");
        }
        return new Parts(Arrays.copyOfRange(body, at, at + token), Arrays.copyOfRange(body, at + token, end));
    }
}
