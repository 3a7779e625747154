package io.opsconductor.runner.winrm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.provider.digest.MD4;
import org.jspecify.annotations.Nullable;

/** The server's side of an NTLM login, written from MS-NLMP by itself and not from the client's code. */
final class NtlmServer {
    private static final byte[] MARK = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, String> passwords;
    private final byte[] expectedBinding;
    private byte @Nullable [] negotiate;
    private byte @Nullable [] challenge;
    private byte @Nullable [] session;
    private @Nullable Cipher in;
    private @Nullable Cipher out;
    private int received;
    private int sent;
    private String refusal = "";

    /**
     * @param passwords by account name in small letters, without a domain
     * @param expectedBinding what a login over TLS must carry; empty when none is asked for
     */
    NtlmServer(Map<String, String> passwords, byte[] expectedBinding) {
        this.passwords = Map.copyOf(passwords);
        this.expectedBinding = expectedBinding.clone();
    }

    boolean isIn() {
        return session != null;
    }

    /** Why the last login was refused, for a test that asks. */
    String refusal() {
        return refusal;
    }

    /** The challenge to the first message. */
    byte[] challenge(byte[] first) {
        negotiate = first;
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        pair(info, 2, utf16("LAB"));
        pair(info, 1, utf16("WIN01"));
        pair(info, 4, utf16("lab.example"));
        pair(info, 3, utf16("win01.lab.example"));
        long time = (Instant.now().toEpochMilli() + 11_644_473_600_000L) * 10_000L;
        pair(info, 7, little(8).putLong(time).array());
        pair(info, 0, new byte[0]);
        byte[] name = utf16("LAB");
        byte[] message = little(56 + name.length + info.size())
                .put(MARK)
                .putInt(2)
                .putShort((short) name.length)
                .putShort((short) name.length)
                .putInt(56)
                .putInt(0xE28A8235)
                .put("12345678".getBytes(StandardCharsets.US_ASCII))
                .putLong(0)
                .putShort((short) info.size())
                .putShort((short) info.size())
                .putInt(56 + name.length)
                .put(new byte[] {10, 0, 0x63, 0x45, 0, 0, 0, 15})
                .put(name)
                .put(info.toByteArray())
                .array();
        challenge = message;
        return message;
    }

    /** Whether the third message proves the password, was not altered and belongs to this channel. */
    boolean accepts(byte[] third, boolean tls) {
        byte[] first = negotiate;
        byte[] second = challenge;
        if (first == null || second == null) {
            return refuse("no login is under way");
        }
        ByteBuffer message = ByteBuffer.wrap(third).order(ByteOrder.LITTLE_ENDIAN);
        byte[] response = field(third, message, 20);
        String domain = new String(field(third, message, 28), StandardCharsets.UTF_16LE);
        String user = new String(field(third, message, 36), StandardCharsets.UTF_16LE);
        byte[] encryptedKey = field(third, message, 52);
        String password = passwords.get(user.toLowerCase(Locale.ROOT));
        if (password == null || response.length < 48) {
            return refuse("an unknown account or an old response");
        }
        byte[] key = hmac(md4(utf16(password)), utf16(user.toUpperCase(Locale.ROOT) + domain));
        byte[] proof = Arrays.copyOf(response, 16);
        byte[] blob = Arrays.copyOfRange(response, 16, response.length);
        if (!MessageDigest.isEqual(proof, hmac(key, join("12345678".getBytes(StandardCharsets.US_ASCII), blob)))) {
            return refuse("a wrong password");
        }
        byte[] exported = rc4(hmac(key, proof)).update(encryptedKey);
        byte[] mic = Arrays.copyOfRange(third, 72, 88);
        byte[] cleared = third.clone();
        Arrays.fill(cleared, 72, 88, (byte) 0);
        if (!MessageDigest.isEqual(mic, hmac(exported, join(first, second, cleared)))) {
            return refuse("a wrong message integrity code");
        }
        Map<Integer, byte[]> pairs = pairs(Arrays.copyOfRange(blob, 28, blob.length));
        if (tls && expectedBinding.length > 0 && !Arrays.equals(expectedBinding, pairs.getOrDefault(10, new byte[0]))) {
            return refuse("a login that belongs to another TLS channel");
        }
        session = exported;
        in = rc4(key(exported, "client-to-server sealing"));
        out = rc4(key(exported, "server-to-client sealing"));
        return true;
    }

    private boolean refuse(String why) {
        refusal = why;
        return false;
    }

    /** The message in a sealed one; empty when its signature is wrong. */
    byte[] open(byte[] signature, byte[] sealed) {
        byte[] exported = session;
        Cipher cipher = in;
        if (exported == null || cipher == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        byte[] message = sealed.length == 0 ? sealed : cipher.update(sealed);
        byte[] expected = sign(key(exported, "client-to-server signing"), cipher, received++, message);
        return MessageDigest.isEqual(expected, signature) ? message : new byte[0];
    }

    /** Signature and sealed bytes. */
    byte[][] seal(byte[] message) {
        byte[] exported = session;
        Cipher cipher = out;
        if (exported == null || cipher == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        byte[] sealed = cipher.update(message);
        return new byte[][] {sign(key(exported, "server-to-client signing"), cipher, sent++, message), sealed};
    }

    private static byte[] sign(byte[] key, Cipher cipher, int number, byte[] message) {
        byte[] counted = little(4).putInt(number).array();
        byte[] checksum = cipher.update(Arrays.copyOf(hmac(key, join(counted, message)), 8));
        return join(new byte[] {1, 0, 0, 0}, checksum, counted);
    }

    private static byte[] key(byte[] exported, String purpose) {
        return digest(
                "MD5",
                join(
                        exported,
                        ("session key to " + purpose + " key magic constant\0").getBytes(StandardCharsets.US_ASCII)));
    }

    private static Map<Integer, byte[]> pairs(byte[] bytes) {
        Map<Integer, byte[]> pairs = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= 4) {
            int id = in.getShort();
            byte[] value = new byte[in.getShort()];
            if (id == 0) {
                break;
            }
            in.get(value);
            pairs.put(id, value);
        }
        return pairs;
    }

    private static void pair(ByteArrayOutputStream out, int id, byte[] value) {
        out.writeBytes(
                little(4).putShort((short) id).putShort((short) value.length).array());
        out.writeBytes(value);
    }

    private static byte[] field(byte[] bytes, ByteBuffer message, int at) {
        int length = message.getShort(at);
        int offset = message.getInt(at + 4);
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] md4(byte[] bytes) {
        return new MD4.Digest().digest(bytes);
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher rc4(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("RC4");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "RC4"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
