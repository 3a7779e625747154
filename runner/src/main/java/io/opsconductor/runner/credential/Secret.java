package io.opsconductor.runner.credential;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A secret's bytes for as long as they are needed; closing wipes them. It prints as nothing. */
public final class Secret implements AutoCloseable {
    private final byte[] bytes;

    Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, which closing wipes. */
    public byte[] bytes() {
        return bytes;
    }

    /** A copy as UTF-8 characters, which the caller wipes. */
    public char[] characters() {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] characters = Arrays.copyOfRange(decoded.array(), decoded.position(), decoded.limit());
        if (decoded.hasArray()) {
            Arrays.fill(decoded.array(), '\0');
        }
        return characters;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[\u2022\u2022\u2022\u2022]";
    }
}
