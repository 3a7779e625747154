package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.HostKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Accepts exactly the keys that were pinned for a target, and remembers one that it refused. */
final class PinnedHostKeys implements HostKeyVerifier {
    private final List<HostKey> pinned;
    private volatile @Nullable HostKey refused;

    PinnedHostKeys(List<HostKey> pinned) {
        this.pinned = pinned;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        HostKey presented = new HostKey(
                KeyType.fromKey(key).toString(),
                Base64.getEncoder()
                        .encodeToString(
                                new Buffer.PlainBuffer().putPublicKey(key).getCompactData()));
        if (pinned.contains(presented)) {
            return true;
        }
        refused = presented;
        return false;
    }

    /** Makes the server prove itself with a key that can be checked, when it has several. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return pinned.stream()
                .map(HostKey::type)
                .flatMap(type -> type.equals("ssh-rsa")
                        ? List.of("rsa-sha2-512", "rsa-sha2-256").stream()
                        : List.of(type).stream())
                .distinct()
                .toList();
    }

    @Nullable
    HostKey refused() {
        return refused;
    }

    /** As {@code ssh-keygen -l} prints it. */
    static String fingerprint(HostKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(key.base64()));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
