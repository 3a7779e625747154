package io.opsconductor.runner.attestation;

import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.Verifier;
import io.opsconductor.runner.file.FileStamp;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys whose signatures count: every {@code *.pub} file of a directory, which is looked at for each approval, so
 * that a new key needs no restart and one that was taken away counts no more. The files are read when they changed.
 */
public final class ApprovalKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalKeys.class);

    private final Path directory;
    private volatile Known known;

    private record Known(Map<Path, FileStamp> stamps, Map<String, Verifier> verifiers) {}

    public ApprovalKeys(Path directory) {
        this.directory = directory;
        this.known = new Known(Map.of(), read());
    }

    public Optional<Verifier> find(String keyId) {
        Map<Path, FileStamp> stamps = FileStamp.of(List.of(directory));
        if (!stamps.equals(known.stamps())) {
            // The stamps are older than the reading, so a change between the two is seen the next time.
            known = new Known(stamps, read());
        }
        return Optional.ofNullable(known.verifiers().get(keyId));
    }

    /** How many keys count now. */
    public int count() {
        return known.verifiers().size();
    }

    public Path directory() {
        return directory;
    }

    private Map<String, Verifier> read() {
        Map<String, Verifier> found = new HashMap<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pub")) {
            for (Path file : files) {
                read(file, found);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("the directory of approval keys {} cannot be read: {}", directory, e.getMessage());
        }
        return Map.copyOf(found);
    }

    private static void read(Path file, Map<String, Verifier> found) {
        try {
            PublicKey key = Pem.publicKey(file);
            if (!key.getAlgorithm().equals("EdDSA") && !key.getAlgorithm().equals("Ed25519")) {
                LOG.warn("the approval key {} is not an Ed25519 key and does not count", file);
                return;
            }
            Verifier verifier = new Verifier(key);
            found.put(verifier.keyId(), verifier);
        } catch (KeyFileException e) {
            LOG.warn("an approval key does not count: {}", e.getMessage());
        }
    }
}
