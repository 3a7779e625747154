package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The form in which Windows wants a sealed token of RFC 4121: what stands at its end is rotated to its front, so that
 * everything but the message's own bytes comes first.
 */
final class KerberosToken {
    private static final int HEAD_BYTES = 16;
    private static final int CONFOUNDER_BYTES = 16;

    /** The encrypted copy of the head and the checksum of AES with SHA-1. */
    private static final int TAIL_BYTES = 16 + 12;

    private static final int ROTATION_AT = 6;

    private KerberosToken() {}

    /** Rotates a token as the JDK makes it, which is without rotation, and splits it there. */
    static SealedMessage.Parts split(byte[] token) throws WinRmException {
        if (token.length < HEAD_BYTES + TAIL_BYTES + CONFOUNDER_BYTES || token[0] != 5 || token[1] != 4) {
            throw new WinRmException(
                    Kind.LOGIN_NOT_MADE, "the ticket is not of AES, which alone can seal messages here");
        }
        byte[] body = Arrays.copyOfRange(token, HEAD_BYTES, token.length);
        byte[] rotated = ByteBuffer.allocate(token.length)
                .put(token, 0, ROTATION_AT)
                .putShort((short) TAIL_BYTES)
                .put(token, ROTATION_AT + 2, HEAD_BYTES - ROTATION_AT - 2)
                .put(body, body.length - TAIL_BYTES, TAIL_BYTES)
                .put(body, 0, body.length - TAIL_BYTES)
                .array();
        int front = HEAD_BYTES + TAIL_BYTES + CONFOUNDER_BYTES;
        return new SealedMessage.Parts(
                Arrays.copyOf(rotated, front), Arrays.copyOfRange(rotated, front, rotated.length));
    }
}
