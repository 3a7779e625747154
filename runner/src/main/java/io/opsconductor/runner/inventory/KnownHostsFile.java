package io.opsconductor.runner.inventory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Adds host keys to a known_hosts file. */
public final class KnownHostsFile {
    private static final int SALT_BYTES = 20;

    private KnownHostsFile() {}

    /**
     * What a file says about keys that a host presents.
     *
     * @param known those that are pinned for it
     * @param revoked those that must never be trusted
     * @param others pinned keys of the host that it did not present
     * @param authorities numbers of lines that name a certificate authority for it, which are not used
     */
    public record Standing(
            List<HostKey> known, List<HostKey> revoked, List<HostKey> others, List<Integer> authorities) {
        public Standing {
            known = List.copyOf(known);
            revoked = List.copyOf(revoked);
            others = List.copyOf(others);
            authorities = List.copyOf(authorities);
        }
    }

    /**
     * Compares what a host presents with the file; one that does not exist says nothing.
     *
     * @throws IOException when it exists and cannot be read
     */
    public static Standing standing(Path file, Target target, List<HostKey> presented) throws IOException {
        KnownHosts hosts = KnownHosts.parse(Files.exists(file) ? Files.readString(file) : "");
        List<HostKey> pinned = hosts.keysFor(target.address(), target.port());
        return new Standing(
                presented.stream().filter(pinned::contains).toList(),
                presented.stream().filter(hosts::isRevoked).toList(),
                pinned.stream().filter(key -> !presented.contains(key)).toList(),
                hosts.authoritiesFor(target.address(), target.port()));
    }

    /**
     * Adds a line for each key, and returns once they are on disk. The host's name is hashed when one in the file is already,
     * as OpenSSH does with HashKnownHosts.
     *
     * @throws IOException when the file cannot be written
     */
    public static void add(Path file, Target target, List<HostKey> keys, boolean hashed) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        boolean hash = hashed || before.lines().anyMatch(line -> line.startsWith("|1|"));
        StringBuilder lines = new StringBuilder(before.isEmpty() || before.endsWith("\n") ? "" : "\n");
        String name = name(target);
        for (HostKey key : keys) {
            lines.append(hash ? hashed(name) : name)
                    .append(' ')
                    .append(key.line())
                    .append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A target's name in the file: {@code host}, or {@code [host]:port} for ports other than 22. */
    public static String name(Target target) {
        String address = target.address().toLowerCase(Locale.ROOT);
        return target.port() == 22 ? address : "[" + address + "]:" + target.port();
    }

    private static String hashed(String name) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            // SHA-1 is what the file format has; it hides names and protects nothing.
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            Base64.Encoder base64 = Base64.getEncoder();
            return "|1|" + base64.encodeToString(salt) + "|"
                    + base64.encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", e);
        }
    }
}
