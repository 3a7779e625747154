package io.opsconductor.acceptance.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * An Ed25519 key pair in OpenSSH's own file format, made on first use and kept.
 *
 * @param file the private key; the public one lies beside it as {@code NAME.pub}
 */
record DemoKey(Path file, KeyPair pair) {
    static DemoKey at(Path file, String comment) throws IOException {
        try {
            if (!Files.exists(file)) {
                make(file, comment);
            }
            try (var in = Files.newInputStream(file)) {
                var pairs = SecurityUtils.loadKeyPairIdentities(null, () -> file.toString(), in, null);
                if (pairs == null || !pairs.iterator().hasNext()) {
                    throw new IOException(file + " holds no private key; remove it to get a new one");
                }
                return new DemoKey(file, pairs.iterator().next());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is not a readable private key; remove it to get a new one", e);
        }
    }

    /** As in {@code authorized_keys} and {@code known_hosts}: algorithm and Base64. */
    String publicLine() {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    private static void make(Path file, String comment) throws IOException, GeneralSecurityException {
        KeyPair pair = SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
        var text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, text);
        OwnFile.write(file, text.toByteArray(), "rw-------");
        String line = PublicKeyEntry.toString(pair.getPublic()) + " " + comment + "\n";
        OwnFile.write(Path.of(file + ".pub"), line, "rw-r--r--");
    }
}
