package io.opsconductor.runner.attestation;

import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.kit.keys.Verifier;
import io.opsconductor.runner.file.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys whose signatures count: every {@code *.pub} file of a directory, which is looked at for each approval, so
 * that a new key needs no restart and one that was taken away, has ended or was revoked counts no more. The files are read
 * when they changed.
 */
public final class ApprovalKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalKeys.class);

    private final Path directory;
    private volatile Known known;

    private record Known(Map<Path, FileStamp> stamps, Map<String, ApprovalKey> keys) {}

    /**
     * A key, as all files that hold it say together: the earliest end counts.
     *
     * @param until from then on it counts no more
     * @param revoked since then it counts no more
     */
    public record ApprovalKey(Verifier verifier, Optional<Instant> until, Optional<Instant> revoked) {
        boolean counts(Instant now) {
            return revoked.isEmpty() && until.filter(end -> !now.isBefore(end)).isEmpty();
        }

        private ApprovalKey and(ApprovalKey other) {
            return new ApprovalKey(verifier, earlier(until, other.until), earlier(revoked, other.revoked));
        }

        private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
            return Stream.concat(one.stream(), other.stream()).min(Instant::compareTo);
        }
    }

    public ApprovalKeys(Path directory) {
        this.directory = directory;
        this.known = new Known(Map.of(), read());
    }

    /** A key, whether or not it still counts. */
    public Optional<ApprovalKey> find(String keyId) {
        return Optional.ofNullable(keys().get(keyId));
    }

    private Map<String, ApprovalKey> keys() {
        Map<Path, FileStamp> stamps = FileStamp.of(List.of(directory));
        if (!stamps.equals(known.stamps())) {
            // The stamps are older than the reading, so a change between the two is seen the next time.
            known = new Known(stamps, read());
        }
        return known.keys();
    }

    /** How many keys count at a time. */
    public int count(Instant now) {
        return (int) keys().values().stream().filter(key -> key.counts(now)).count();
    }

    public Path directory() {
        return directory;
    }

    private Map<String, ApprovalKey> read() {
        Map<String, ApprovalKey> found = new HashMap<>();
        try {
            for (Path file : PublicKeyFile.paths(directory)) {
                read(file, found);
            }
        } catch (IOException e) {
            LOG.warn("the directory of approval keys {} cannot be read: {}", directory, e.getMessage());
        }
        return Map.copyOf(found);
    }

    private static void read(Path file, Map<String, ApprovalKey> found) {
        try {
            PublicKeyFile key = PublicKeyFile.read(file);
            found.merge(
                    key.id(), new ApprovalKey(new Verifier(key.key()), key.until(), key.revoked()), ApprovalKey::and);
        } catch (KeyFileException e) {
            LOG.warn("an approval key does not count: {}", e.getMessage());
        }
    }
}
