package io.opsconductor.runner.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One PEM file with one object in it. Writes are whole or not at all, also across a power cut. */
record PemFile(Path path) {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final int MAX_BYTES = 64 * 1024;

    boolean exists() {
        return Files.exists(path);
    }

    /** @throws KeysException when the file is already there */
    void create(PrivateKey key) {
        write(PRIVATE_KEY, key.getEncoded(), false);
    }

    /** @throws KeysException when the file is already there */
    void create(PublicKey key) {
        write(PUBLIC_KEY, key.getEncoded(), false);
    }

    /** A public key under lines that say something about it. */
    void write(PublicKey key, Map<String, String> words) {
        StringBuilder text = new StringBuilder();
        words.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        write(text + pem(PUBLIC_KEY, key.getEncoded()), true);
    }

    void replace(PrivateKey key) {
        write(PRIVATE_KEY, key.getEncoded(), true);
    }

    /** Several certificates, the one that counts first. */
    void replace(List<X509Certificate> certificates) {
        write(certificates.stream().map(each -> pem(CERTIFICATE, encoded(each))).collect(Collectors.joining()), true);
    }

    /** Text of any other kind, with the same care. */
    void replace(String text) {
        write(text, true);
    }

    /** @throws KeysException when the file is already there */
    void create(X509Certificate certificate) {
        write(CERTIFICATE, encoded(certificate), false);
    }

    void replace(X509Certificate certificate) {
        write(CERTIFICATE, encoded(certificate), true);
    }

    X509Certificate certificate() {
        byte[] der = read(CERTIFICATE);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw unreadable("an X.509 certificate", e);
        }
    }

    /** @param algorithm {@code EC} or {@code Ed25519} */
    PrivateKey privateKey(String algorithm) {
        byte[] der = read(PRIVATE_KEY);
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw unreadable("an " + algorithm + " private key", e);
        }
    }

    private byte[] read(String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw unreadable("a PEM file of at most " + MAX_BYTES + " bytes", null);
            }
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            int from = text.indexOf(begin);
            int to = text.indexOf(end);
            if (from < 0 || to < from) {
                throw unreadable("a PEM block '" + label + "'", null);
            }
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw unreadable("Base64 in the PEM block '" + label + "'", e);
        } catch (IOException e) {
            throw new KeysException(path + " cannot be read: " + e.getMessage() + ". Check its permissions.", e);
        }
    }

    private KeysException unreadable(String expected, @Nullable Exception cause) {
        String message = path + " is not " + expected + ". Restore it from a copy, or move the directory "
                + path.getParent() + " away and start again to get new ones.";
        return cause == null ? new KeysException(message) : new KeysException(message, cause);
    }

    private void write(String label, byte[] der, boolean replace) {
        write(pem(label, der), replace);
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private void write(String text, boolean replace) {
        Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
        Path temporary = directory.resolve("." + path.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                    PosixFilePermissions.asFileAttribute(permissions()))) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (replace) {
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                // A link, unlike a rename, refuses to replace what is there.
                Files.createLink(path, temporary);
                Files.delete(temporary);
            }
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            throw new KeysException(path + " is already there and is not overwritten.", e);
        } catch (IOException e) {
            throw new KeysException(
                    path + " cannot be written: " + e.getMessage() + ". Check the directory and the disk.", e);
        }
    }

    private static Set<PosixFilePermission> permissions() {
        return PosixFilePermissions.fromString("rw-------");
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException("a certificate just made has no encoding", e));
        }
    }
}
