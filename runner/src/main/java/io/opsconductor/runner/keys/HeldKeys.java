package io.opsconductor.runner.keys;

import io.opsconductor.kit.keys.CertificateTerm;
import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.runner.keys.HeldKey.Kind;
import io.opsconductor.runner.keys.HeldKey.State;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that a home holds of keys and certificates. Nothing secret is read. */
public final class HeldKeys {
    private final Path home;
    private final Instant now;
    private final List<HeldKey> keys = new ArrayList<>();

    private HeldKeys(Path home, Instant now) {
        this.home = home.toAbsolutePath();
        this.now = now;
    }

    /** @throws KeysException when one of the files cannot be used */
    public static List<HeldKey> of(Path home, Instant now) {
        HeldKeys held = new HeldKeys(home, now);
        try {
            held.authorities();
            held.certificates();
            held.signing(Kind.SIGNING, held.home.resolve("keys"), "chatbot", "the approval key");
            for (String process : DevelopmentKeys.PROCESSES) {
                held.signing(Kind.AUDIT, held.home.resolve("keys/audit"), process, "the " + process + "'s audit key");
            }
        } catch (KeyFileException | IOException e) {
            throw new KeysException(String.valueOf(e.getMessage()), e);
        }
        return List.copyOf(held.keys);
    }

    private void authorities() {
        Path file = home.resolve("tls/ca.crt");
        if (!Files.exists(file)) {
            return;
        }
        List<X509Certificate> all = Pem.certificates(file);
        for (int i = 0; i < all.size(); i++) {
            certificate(Kind.AUTHORITY, "the authority", all.get(i), file, i == 0 ? State.IN_USE : State.OVERLAPS);
        }
    }

    private void certificates() throws IOException {
        String revoked = revoked();
        for (LeafProfile profile : LeafProfile.of(home)) {
            Path file = home.resolve("tls/" + profile.file() + ".crt");
            String what = "the " + profile.name() + "'s certificate";
            List<String> present = new ArrayList<>();
            if (Files.exists(file)) {
                X509Certificate leaf = Pem.certificates(file).getFirst();
                present.add(Fingerprint.of(leaf));
                certificate(Kind.CERTIFICATE, what, leaf, file, state(leaf, revoked, State.IN_USE));
            }
            for (Path former : former(profile.name())) {
                X509Certificate leaf = Pem.certificates(former).getFirst();
                if (!present.contains(Fingerprint.of(leaf))) {
                    certificate(Kind.CERTIFICATE, what, leaf, former, state(leaf, revoked, State.OVERLAPS));
                }
            }
        }
    }

    private List<Path> former(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        Path directory = home.resolve("tls/former");
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(directory, name + "-" + "?".repeat(HeldKey.ID_LENGTH) + ".crt")) {
                files.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }

    private String revoked() throws IOException {
        Path file = home.resolve("tls/revoked.txt");
        return Files.exists(file)
                ? Files.readString(file).toLowerCase(Locale.ROOT).replace(":", "")
                : "";
    }

    private static State state(X509Certificate leaf, String revoked, State otherwise) {
        return revoked.contains(Fingerprint.of(leaf)) ? State.REVOKED : otherwise;
    }

    private void certificate(Kind kind, String what, X509Certificate certificate, Path file, State state) {
        Instant end = certificate.getNotAfter().toInstant();
        State its = state == State.REVOKED
                ? state
                : end.isBefore(now)
                        ? State.ENDED
                        : state == State.IN_USE && end.isBefore(now.plus(CertificateTerm.WARNED_BEFORE))
                                ? State.ENDS_SOON
                                : state;
        keys.add(new HeldKey(
                kind,
                what,
                Fingerprint.of(certificate),
                Optional.of(certificate.getNotBefore().toInstant()),
                Optional.of(end),
                its,
                file));
    }

    private void signing(Kind kind, Path directory, String name, String what) throws IOException {
        List<String> present = new ArrayList<>();
        for (Path file : PublicKeyFile.paths(directory)) {
            String fileName = String.valueOf(file.getFileName());
            boolean isPresent = fileName.equals(name + ".pub");
            // Whoever brings keys of their own names them as they like.
            if (!isPresent && !fileName.startsWith(name + "-") && kind == Kind.AUDIT) {
                continue;
            }
            PublicKeyFile key = PublicKeyFile.read(file);
            if (isPresent) {
                present.add(key.id());
            }
            keys.add(new HeldKey(kind, what, key.id(), key.from(), key.until(), state(kind, key, isPresent), file));
        }
        // While a key is being replaced it is there twice.
        keys.removeIf(key -> key.kind() == kind && !key.isInUse() && present.contains(key.fullId()));
    }

    private State state(Kind kind, PublicKeyFile key, boolean isPresent) {
        if (key.revoked().isPresent()) {
            return State.REVOKED;
        }
        if (isPresent) {
            return State.IN_USE;
        }
        if (kind == Kind.AUDIT) {
            return State.FORMER;
        }
        return key.until().filter(end -> !now.isBefore(end)).isPresent() ? State.FORMER : State.OVERLAPS;
    }
}
