package io.opsconductor.kit.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key and what is said about it: lines such as {@code until: 2026-12-01T00:00:00Z} above the PEM block, where RFC
 * 7468 lets anybody explain. A file without them holds a key that counts for ever.
 *
 * @param key Ed25519
 * @param words what is said, by name
 */
public record PublicKeyFile(Path path, PublicKey key, Map<String, String> words) {
    /** When it was made. */
    public static final String FROM = "from";

    /** From then on it counts no more. */
    public static final String UNTIL = "until";

    /** Since then it counts no more, whatever it was to count for. */
    public static final String REVOKED = "revoked";

    /** Why it was revoked. */
    public static final String REASON = "reason";

    /** The id of the key before, which signed this one. */
    public static final String ENDORSED_BY = "endorsed-by";

    /** That signature. */
    public static final String ENDORSEMENT = "endorsement";

    private static final Pattern WORD = Pattern.compile("([a-z-]+): (\\S.*)");

    public PublicKeyFile {
        words = Map.copyOf(words);
    }

    /**
     * Reads one.
     *
     * @throws KeyFileException when it holds no Ed25519 key, or says a time that is none
     */
    public static PublicKeyFile read(Path file) {
        PublicKey key = Pem.publicKey(file);
        if (!key.getAlgorithm().equals("EdDSA") && !key.getAlgorithm().equals("Ed25519")) {
            throw new KeyFileException(file, "holds no Ed25519 key");
        }
        PublicKeyFile read = new PublicKeyFile(file, key, words(file));
        read.until();
        read.revoked();
        return read;
    }

    /** The {@code *.pub} files of a directory, by name. */
    public static List<Path> paths(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pub")) {
                files.forEach(paths::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        paths.sort(null);
        return paths;
    }

    private static Map<String, String> words(Path file) {
        Map<String, String> words = new LinkedHashMap<>();
        try {
            for (String line :
                    Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("-----BEGIN")) {
                    return words;
                }
                Matcher word = WORD.matcher(line);
                if (word.matches()) {
                    words.put(word.group(1), word.group(2).strip());
                }
            }
            return words;
        } catch (IOException e) {
            throw new KeyFileException(file, "cannot be read: " + e.getMessage());
        }
    }

    public String id() {
        return KeyId.of(key);
    }

    public Optional<Instant> from() {
        return instant(FROM);
    }

    public Optional<Instant> until() {
        return instant(UNTIL);
    }

    public Optional<Instant> revoked() {
        return instant(REVOKED);
    }

    public String word(String name) {
        return words.getOrDefault(name, "");
    }

    /** Whether the key before, if this is it, signed this one. */
    public boolean isEndorsedBy(PublicKeyFile before) {
        return word(ENDORSED_BY).equals(before.id())
                && new Verifier(before.key()).verify(endorsedBytes(before.id(), key), word(ENDORSEMENT));
    }

    /** What a key signs to hand on to the next one. */
    public static byte[] endorsedBytes(String by, PublicKey next) {
        return ("opsconductor key " + by + " is followed by " + KeyId.of(next)).getBytes(StandardCharsets.US_ASCII);
    }

    private Optional<Instant> instant(String name) {
        try {
            return Optional.ofNullable(words.get(name)).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new KeyFileException(
                    path, "says \"" + name + "\", which is not followed by a time such as " + "2026-12-01T00:00:00Z");
        }
    }
}
