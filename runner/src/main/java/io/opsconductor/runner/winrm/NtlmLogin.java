package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** NTLMv2: over plain HTTP every message is sealed; over TLS the login is tied to the server's certificate instead. */
final class NtlmLogin implements Login {
    private static final int RANDOM_BYTES = 24;

    private final Account account;
    private @Nullable Sealing sealing;

    NtlmLogin(Account account) {
        this.account = account;
    }

    /** Both directions' keys and counters. */
    private static final class Sealing {
        private final byte[] signing;
        private final Cipher cipher;
        private final byte[] theirSigning;
        private final Cipher theirCipher;
        private int sent;
        private int received;

        Sealing(byte[] exported) {
            signing = NtlmCrypto.key(exported, "client-to-server", "signing");
            cipher = NtlmCrypto.rc4(NtlmCrypto.key(exported, "client-to-server", "sealing"));
            theirSigning = NtlmCrypto.key(exported, "server-to-client", "signing");
            theirCipher = NtlmCrypto.rc4(NtlmCrypto.key(exported, "server-to-client", "sealing"));
        }

        SealedMessage.Parts seal(byte[] message) {
            byte[] sealed = NtlmCrypto.update(cipher, message);
            return new SealedMessage.Parts(NtlmCrypto.signature(signing, cipher, sent++, message), sealed);
        }

        byte[] open(SealedMessage.Parts parts) throws WinRmException {
            byte[] message = NtlmCrypto.update(theirCipher, parts.sealed());
            byte[] signature = NtlmCrypto.signature(theirSigning, theirCipher, received++, message);
            if (!MessageDigest.isEqual(signature, parts.token())) {
                throw new WinRmException(Kind.NOT_SEALED, "with a wrong signature");
            }
            return message;
        }
    }

    @Override
    public void greet(Wire wire) throws WinRmException, IOException {
        Wire.Answer first = wire.send(Wire.Request.soap(header(NtlmMessages.negotiate()), new byte[0]));
        if (first.status() != 401) {
            throw new WinRmException(Kind.STATUS, String.valueOf(first.status()));
        }
        byte[] token = Challenges.token(first.challenges());
        if (token.length == 0) {
            throw Challenges.refused(first.challenges(), "Negotiate");
        }
        NtlmMessages.Challenge challenge = NtlmMessages.challenge(token);
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        byte[] binding = wire.certificate()
                .map(ChannelBinding::of)
                .map(ChannelBinding::ntlm)
                .orElse(new byte[16]);
        NtlmMessages.Authenticate answer = NtlmMessages.authenticate(
                challenge, account, "HTTP/" + wire.destination().host(), binding, random, Instant.now());
        Wire.Answer second = wire.send(Wire.Request.soap(header(answer.bytes()), new byte[0]));
        switch (second.status()) {
            case 401 -> throw new WinRmException(Kind.LOGIN_REFUSED, "");
            case 403 -> throw new WinRmException(Kind.NOT_ALLOWED, "");
            case 404, 503 -> throw new WinRmException(Kind.STATUS, String.valueOf(second.status()));
            default -> {
                // An empty message is none that it could answer; that it did not refuse it is what counts.
            }
        }
        sealing = wire.isSecret() ? null : new Sealing(answer.exported());
    }

    private static String header(byte[] message) {
        return "Negotiate " + Base64.getEncoder().encodeToString(message);
    }

    @Override
    public Wire.Request guard(byte[] soap) {
        return sealing == null ? Wire.Request.soap("", soap) : SealedMessage.of(soap.length, sealing.seal(soap));
    }

    @Override
    public byte[] open(Wire.Answer answer) throws WinRmException {
        return sealing == null ? answer.body() : sealing.open(SealedMessage.parts(answer));
    }
}
