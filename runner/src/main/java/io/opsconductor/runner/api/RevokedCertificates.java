package io.opsconductor.runner.api;

import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.runner.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that count no more, by a file that is looked at for each call and read when it changed: a line each, that
 * begins with the SHA-256 fingerprint or with {@code serial:} and the serial number in hexadecimal digits; what follows a blank
 * is for people. While the file cannot be read, what it said last counts.
 */
public final class RevokedCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(RevokedCertificates.class);
    private static final String SERIAL = "serial:";

    private final Path file;
    private volatile Known known = new Known(Map.of(), Set.of());
    private volatile @Nullable String problem;
    private volatile boolean unreadable;

    private record Known(Map<Path, FileStamp> stamps, Set<String> names) {}

    /**
     * Those of a file.
     *
     * @param file need not be there
     * @throws KeyFileException when it is there and cannot be read: what it revokes would count
     */
    public RevokedCertificates(Path file) {
        this.file = file;
        names();
        if (unreadable) {
            throw new KeyFileException(file, "cannot be read, and the certificates that it revokes would count");
        }
    }

    boolean contains(X509Certificate certificate) {
        Set<String> names = names();
        return !names.isEmpty()
                && (names.contains(Fingerprint.of(certificate))
                        || names.contains(SERIAL + certificate.getSerialNumber().toString(16)));
    }

    /** Why not all of the file counts; null while all is well. */
    public @Nullable String problem() {
        names();
        return problem;
    }

    private Set<String> names() {
        Map<Path, FileStamp> stamps = FileStamp.of(List.of(file));
        if (!stamps.equals(known.stamps())) {
            known = new Known(stamps, read());
        }
        return known.names();
    }

    private Set<String> read() {
        Set<String> names = new TreeSet<>();
        String trouble = null;
        unreadable = false;
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                Optional<String> name = name(line.split("\\s", 2)[0]);
                if (name.isPresent()) {
                    names.add(name.get());
                } else {
                    trouble =
                            file + ":" + (i + 1) + " begins neither with a SHA-256 fingerprint (64 hexadecimal digits)"
                                    + " nor with serial: and a serial number";
                }
            }
        } catch (NoSuchFileException e) {
            trouble = null;
        } catch (IOException e) {
            unreadable = true;
            trouble = file + " cannot be read, what it said last counts: " + e.getMessage();
            names.addAll(known.names());
        }
        if (trouble != null) {
            LOG.error("revoked certificates: {}", trouble);
        }
        problem = trouble;
        return Set.copyOf(names);
    }

    private static Optional<String> name(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String hex = (lower.startsWith(SERIAL) ? lower.substring(SERIAL.length()) : lower).replace(":", "");
        if (lower.startsWith(SERIAL)) {
            return hex.matches("[0-9a-f]{1,64}")
                    ? Optional.of(SERIAL + hex.replaceFirst("^0+(?=.)", ""))
                    : Optional.empty();
        }
        return hex.matches("[0-9a-f]{64}") ? Optional.of(hex) : Optional.empty();
    }
}
