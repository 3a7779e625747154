package io.opsconductor.runner.winrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** The worked example of the specification: MS-NLMP 4.2.1 and 4.2.4. */
class NtlmTest {
    private static final byte[] CLIENT_CHALLENGE = hex("aaaaaaaaaaaaaaaa");
    private static final byte[] SERVER_CHALLENGE = hex("0123456789abcdef");
    private static final byte[] TARGET_INFO =
            hex("02000c0044006f006d00610069006e0001000c005300650072007600650072000000" + "0000");

    @Test
    void theKeyOfAccountAndPasswordIsTheSpecifications() {
        assertThat(NtlmCrypto.ntowfv2("User", "Domain", "Password")).isEqualTo(hex("0c868a403bfd7a93a3001ef22ef02e3f"));
    }

    @Test
    void theProofAndTheSessionKeyAreTheSpecifications() {
        byte[] owf = NtlmCrypto.ntowfv2("User", "Domain", "Password");
        byte[] temp = NtlmCrypto.temp(new byte[8], CLIENT_CHALLENGE, TARGET_INFO);

        byte[] proof = NtlmCrypto.ntProof(owf, SERVER_CHALLENGE, temp);

        assertThat(proof).isEqualTo(hex("68cd0ab851e51c96aabc927bebef6a1c"));
        assertThat(NtlmCrypto.hmacMd5(owf, proof)).isEqualTo(hex("8de40ccadbc14a82f15cb0ad0de95ca3"));
        byte[] exported = hex("55555555555555555555555555555555");
        assertThat(NtlmCrypto.update(NtlmCrypto.rc4(hex("8de40ccadbc14a82f15cb0ad0de95ca3")), exported))
                .isEqualTo(hex("c5dad2544fc9799094ce1ce90bc9d03e"));
    }

    @Test
    void aSealedMessageIsTheSpecifications() {
        byte[] exported = hex("55555555555555555555555555555555");
        byte[] plain = "Plaintext".getBytes(StandardCharsets.UTF_16LE);
        Cipher cipher = NtlmCrypto.rc4(NtlmCrypto.key(exported, "client-to-server", "sealing"));

        assertThat(NtlmCrypto.update(cipher, plain)).isEqualTo(hex("54e50165bf1936dc996020c1811b0f06fb5f"));
        assertThat(NtlmCrypto.signature(NtlmCrypto.key(exported, "client-to-server", "signing"), cipher, 0, plain))
                .isEqualTo(hex("010000007fb38ec5c55d497600000000"));
    }

    @Test
    void aLoginHoldsOnItsOwnTlsChannelOnlyAndCannotBeAltered() throws Exception {
        byte[] channel = NtlmCrypto.md5(new byte[] {1});
        assertThat(refusal(channel, channel, -1)).isEmpty();
        assertThat(refusal(channel, NtlmCrypto.md5(new byte[] {2}), -1))
                .isEqualTo("a login that belongs to another TLS channel");
        // Among the flags, where somebody on the way would switch protection off.
        assertThat(refusal(channel, channel, 60)).isEqualTo("a wrong message integrity code");
    }

    private static String refusal(byte[] sent, byte[] expected, int altered) throws WinRmException {
        NtlmServer server = new NtlmServer(Map.of("ops", "correct-horse"), expected);
        NtlmMessages.Challenge challenge = NtlmMessages.challenge(server.challenge(NtlmMessages.negotiate()));
        byte[] random = new byte[24];
        new Random(1).nextBytes(random);
        byte[] message = NtlmMessages.authenticate(
                        challenge, new Account("LAB\\ops", "correct-horse"), "HTTP/win-01", sent, random, Instant.now())
                .bytes();
        if (altered >= 0) {
            message[altered] ^= 0x10;
        }
        return server.accepts(message, true) ? "" : server.refusal();
    }

    @Test
    void aHostileChallengeIsRefusedAndDoesNoOtherHarm() throws Exception {
        byte[] good = new NtlmServer(Map.of(), new byte[0]).challenge(NtlmMessages.negotiate());
        assertThat(NtlmMessages.challenge(good).info()).containsKeys(1, 2, 7);
        Random random = new Random(20_261_126);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int i = 0; i < 4 && bytes.length > 0; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                NtlmMessages.challenge(bytes);
            } catch (WinRmException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
