package io.opsconductor.runner.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The computations of NTLMv2 (MS-NLMP 3.3.2 and 3.4), each as the specification names it. */
final class NtlmCrypto {
    private NtlmCrypto() {}

    static byte[] md4(byte[] bytes) {
        MD4Digest digest = new MD4Digest();
        digest.update(bytes, 0, bytes.length);
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }

    static byte[] md5(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    static byte[] hmacMd5(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacMD5", e);
        }
    }

    /** RC4 that goes on where it stopped, as sealing needs it. */
    static Cipher rc4(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("ARCFOUR");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RC4", e);
        }
    }

    static byte[] update(Cipher cipher, byte[] bytes) {
        byte[] out = cipher.update(bytes);
        return out == null ? new byte[0] : out;
    }

    /** The key that stands for account and password. */
    static byte[] ntowfv2(String user, String domain, String password) {
        return hmacMd5(md4(utf16(password)), utf16(user.toUpperCase(Locale.ROOT) + domain));
    }

    /** What the response proves itself over, after the server's challenge. */
    static byte[] temp(byte[] time, byte[] clientChallenge, byte[] targetInfo) {
        return ByteBuffer.allocate(28 + targetInfo.length + 4)
                .put(new byte[] {1, 1, 0, 0, 0, 0, 0, 0})
                .put(time)
                .put(clientChallenge)
                .put(new byte[4])
                .put(targetInfo)
                .put(new byte[4])
                .array();
    }

    static byte[] ntProof(byte[] ntowfv2, byte[] serverChallenge, byte[] temp) {
        return hmacMd5(ntowfv2, serverChallenge, temp);
    }

    static byte[] key(byte[] exported, String direction, String purpose) {
        return md5(
                exported,
                ("session key to " + direction + " " + purpose + " key magic constant\0")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** The signature of a message (MS-NLMP 3.4.4.2, with key exchange). */
    static byte[] signature(byte[] signingKey, Cipher sealing, int sequence, byte[] message) {
        byte[] number = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sequence)
                .array();
        byte[] checksum = update(sealing, Arrays.copyOf(hmacMd5(signingKey, number, message), 8));
        return ByteBuffer.allocate(16)
                .put(new byte[] {1, 0, 0, 0})
                .put(checksum)
                .put(number)
                .array();
    }

    static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
