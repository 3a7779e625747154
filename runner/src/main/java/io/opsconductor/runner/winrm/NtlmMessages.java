package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The three messages of an NTLM login (MS-NLMP 2.2), for NTLMv2 only. */
final class NtlmMessages {
    static final int UNICODE = 0x1;
    static final int REQUEST_TARGET = 0x4;
    static final int SIGN = 0x10;
    static final int SEAL = 0x20;
    static final int NTLM = 0x200;
    static final int ALWAYS_SIGN = 0x8000;
    static final int EXTENDED_SECURITY = 0x80000;
    static final int TARGET_INFO = 0x800000;
    static final int VERSION = 0x2000000;
    static final int BITS_128 = 0x20000000;
    static final int KEY_EXCHANGE = 0x40000000;
    static final int BITS_56 = 0x80000000;

    /** What is asked for. */
    private static final int WANTED = UNICODE
            | REQUEST_TARGET
            | SIGN
            | SEAL
            | NTLM
            | ALWAYS_SIGN
            | EXTENDED_SECURITY
            | TARGET_INFO
            | VERSION
            | BITS_128
            | KEY_EXCHANGE
            | BITS_56;

    /** What may not be missing: without it a message could be altered or read. */
    private static final int NEEDED = UNICODE | SIGN | SEAL | EXTENDED_SECURITY | TARGET_INFO | BITS_128 | KEY_EXCHANGE;

    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WINDOWS_10 = {10, 0, 0, 0, 0, 0, 0, 15};
    private static final int HEAD_BYTES = 88;
    private static final int MIC_AT = 72;
    private static final int MAX_CHALLENGE_BYTES = 16 * 1024;

    private static final int AV_END = 0;
    private static final int AV_FLAGS = 6;
    private static final int AV_TIME = 7;
    private static final int AV_TARGET_NAME = 9;
    private static final int AV_CHANNEL_BINDINGS = 10;
    private static final int AV_FLAG_MIC = 2;

    /** From 1601 to 1970, in the units of Windows, which are 100 ns. */
    private static final long EPOCH = 116_444_736_000_000_000L;

    private NtlmMessages() {}

    /** The first message. */
    static byte[] negotiate() {
        return little(40)
                .put(SIGNATURE)
                .putInt(1)
                .putInt(WANTED)
                .putLong(0)
                .putLong(0)
                .put(WINDOWS_10)
                .array();
    }

    /** The second message. */
    // It carries bytes from one call to the next, and nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    record Challenge(int flags, byte[] challenge, Map<Integer, byte[]> info, byte[] bytes) {}

    static Challenge challenge(byte[] bytes) throws WinRmException {
        if (bytes.length < 48
                || bytes.length > MAX_CHALLENGE_BYTES
                || !Arrays.equals(bytes, 0, 8, SIGNATURE, 0, 8)
                || in(bytes).getInt(8) != 2) {
            throw new WinRmException(Kind.GARBAGE, "an NTLM challenge in an unknown form");
        }
        ByteBuffer in = in(bytes);
        int flags = in.getInt(20);
        if ((flags & NEEDED) != NEEDED) {
            throw new WinRmException(Kind.LOGIN_NOT_OFFERED, "NTLM without message protection");
        }
        byte[] challenge = Arrays.copyOfRange(bytes, 24, 32);
        int length = Short.toUnsignedInt(in.getShort(40));
        int offset = in.getInt(44);
        if (offset < 0 || offset > bytes.length - length) {
            throw new WinRmException(Kind.GARBAGE, "an NTLM challenge with a wrong length");
        }
        return new Challenge(flags, challenge, pairs(Arrays.copyOfRange(bytes, offset, offset + length)), bytes);
    }

    private static Map<Integer, byte[]> pairs(byte[] bytes) throws WinRmException {
        Map<Integer, byte[]> pairs = new TreeMap<>();
        ByteBuffer in = in(bytes);
        while (in.remaining() >= 4) {
            int id = Short.toUnsignedInt(in.getShort());
            int length = Short.toUnsignedInt(in.getShort());
            if (id == AV_END) {
                return pairs;
            }
            if (length > in.remaining()) {
                break;
            }
            byte[] value = new byte[length];
            in.get(value);
            pairs.put(id, value);
        }
        throw new WinRmException(Kind.GARBAGE, "an NTLM challenge whose list has no end");
    }

    /**
     * The third message, and what both sides know after it.
     *
     * @param exported the key that all others are made from
     */
    // It carries bytes from one call to the next, and nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    record Authenticate(byte[] bytes, byte[] exported) {}

    /**
     * Answers a challenge.
     *
     * @param service such as {@code HTTP/server}, which a relay could not change
     * @param channelBinding MD5 of the TLS channel's binding structure; all zero without TLS
     * @param random 8 bytes for the client's challenge and 16 for the key
     */
    static Authenticate authenticate(
            Challenge challenge, Account account, String service, byte[] channelBinding, byte[] random, Instant now) {
        TreeMap<Integer, byte[]> info = new TreeMap<>(challenge.info());
        byte[] time = info.computeIfAbsent(AV_TIME, none -> fileTime(now));
        byte[] flags = info.getOrDefault(AV_FLAGS, new byte[4]);
        info.put(
                AV_FLAGS,
                little(4)
                        .putInt(flags.length == 4 ? in(flags).getInt() | AV_FLAG_MIC : AV_FLAG_MIC)
                        .array());
        info.put(AV_CHANNEL_BINDINGS, channelBinding);
        info.put(AV_TARGET_NAME, NtlmCrypto.utf16(service));

        byte[] clientChallenge = Arrays.copyOf(random, 8);
        byte[] exported = Arrays.copyOfRange(random, 8, 24);
        byte[] owf = NtlmCrypto.ntowfv2(account.user(), account.domain(), account.password());
        byte[] temp = NtlmCrypto.temp(time, clientChallenge, bytes(info));
        byte[] proof = NtlmCrypto.ntProof(owf, challenge.challenge(), temp);
        byte[] response = ByteBuffer.allocate(proof.length + temp.length)
                .put(proof)
                .put(temp)
                .array();
        byte[] sessionKey = NtlmCrypto.update(NtlmCrypto.rc4(NtlmCrypto.hmacMd5(owf, proof)), exported);

        byte[] domain = NtlmCrypto.utf16(account.domain());
        byte[] user = NtlmCrypto.utf16(account.user());
        byte[] lmResponse = new byte[24];
        int size = HEAD_BYTES + domain.length + user.length + lmResponse.length + response.length + sessionKey.length;
        ByteBuffer message = ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SIGNATURE)
                .putInt(3);
        int at = HEAD_BYTES + domain.length + user.length;
        field(message, lmResponse.length, at);
        field(message, response.length, at + lmResponse.length);
        field(message, domain.length, HEAD_BYTES);
        field(message, user.length, HEAD_BYTES + domain.length);
        field(message, 0, HEAD_BYTES);
        field(message, sessionKey.length, at + lmResponse.length + response.length);
        message.putInt(challenge.flags() & WANTED)
                .put(WINDOWS_10)
                .put(new byte[16])
                .put(domain)
                .put(user)
                .put(lmResponse)
                .put(response)
                .put(sessionKey);
        byte[] bytes = message.array();
        byte[] mic = NtlmCrypto.hmacMd5(exported, negotiate(), challenge.bytes(), bytes);
        System.arraycopy(mic, 0, bytes, MIC_AT, mic.length);
        return new Authenticate(bytes, exported);
    }

    private static void field(ByteBuffer message, int length, int offset) {
        message.putShort((short) length).putShort((short) length).putInt(offset);
    }

    private static byte[] bytes(Map<Integer, byte[]> pairs) {
        int size = pairs.values().stream().mapToInt(value -> value.length + 4).sum() + 4;
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        pairs.forEach((id, value) ->
                out.putShort(id.shortValue()).putShort((short) value.length).put(value));
        return out.putInt(AV_END).array();
    }

    private static byte[] fileTime(Instant now) {
        long units = EPOCH + now.getEpochSecond() * 10_000_000L + now.getNano() / 100;
        return little(8).putLong(units).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer in(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
