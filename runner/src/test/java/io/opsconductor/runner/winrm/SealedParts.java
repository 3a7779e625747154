package io.opsconductor.runner.winrm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The server's side of a sealed message's form, with tabs, as Windows writes it. */
final class SealedParts {
    static final String TYPE = "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
            + "boundary=\"Encrypted Boundary\"";

    private static final String STREAM = "Content-Type: application/octet-stream\r\n";
    private static final String END = "--Encrypted Boundary--";

    private SealedParts() {}

    /** Token and sealed bytes. */
    static byte[][] of(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(STREAM) + STREAM.length();
        int end = text.lastIndexOf(END);
        int token = ByteBuffer.wrap(body, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return new byte[][] {
            Arrays.copyOfRange(body, at + 4, at + 4 + token), Arrays.copyOfRange(body, at + 4 + token, end)
        };
    }

    static byte[] message(int length, byte[][] parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
                        + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + length
                        + "\r\n--Encrypted Boundary\r\n\t" + STREAM)
                .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(parts[0].length)
                .array());
        out.writeBytes(parts[0]);
        out.writeBytes(parts[1]);
        out.writeBytes((END + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }
}
