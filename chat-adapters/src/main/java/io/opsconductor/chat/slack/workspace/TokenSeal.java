package io.opsconductor.chat.slack.workspace;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals tokens for the store: AES-256-GCM with a nonce of its own each, bound to the workspace, so that a sealed token opens
 * with the right key for the right workspace alone.
 */
final class TokenSeal {
    private static final String PREFIX = "v1:";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    TokenSeal(SecretKey key) {
        this.key = key;
    }

    String sealed(String team, String token) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, nonce, 0, team).doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] all = new byte[nonce.length + secret.length];
            System.arraycopy(nonce, 0, all, 0, nonce.length);
            System.arraycopy(secret, 0, all, nonce.length, secret.length);
            return PREFIX + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token could not be sealed", e);
        }
    }

    /** Empty when it was sealed with another key or for another workspace, or was changed. */
    Optional<String> opened(String team, String sealed) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed.substring(Math.min(PREFIX.length(), sealed.length())));
            if (!sealed.startsWith(PREFIX) || all.length < NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] token =
                    cipher(Cipher.DECRYPT_MODE, all, 0, team).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(token, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int offset, String team) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(("opsconductor slack token " + team).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
